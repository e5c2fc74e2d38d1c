import assert from 'node:assert/strict';
import fc from 'fast-check';
import { movesTo, type CallSign } from '../../../../src/phone/calls/call-moves';
import type { Call } from '../../../../src/phone/calls/call';
import type { CallEvent, FinishedCall, PhoneEvent } from '../../../../src/phone/phone-event';
import { FleetReader } from '../../../../src/fleet/reader/fleet-reader';
import { RemotePhone } from '../../../../src/fleet/remote-phone';
import { FakeClock } from '../../../support/fake-clock';
import { answered, ended, HandAgent, missed, ringing } from '../../../support/hand-agent';
import { MemoryBroker } from '../../../support/memory-broker';

type Fate = 'lose' | 'double' | 'delay' | 'deliver';

/** What happens to the phone. */
type Step =
  | { do: 'ring' | 'answer' | 'hold' | 'resume' | 'end'; call: number }
  /** MicroSIP closes, with its calls, or is started. */
  | { do: 'quit' | 'run' }
  | { do: 'press' }
  /** How the next messages fare. */
  | { do: Fate; log: boolean }
  | { do: 'state' }
  | { do: 'die' | 'return' | 'restart' | 'takeover' }
  | { do: 'broker_lost' | 'broker_back'; forget: boolean }
  | { do: 'close' | 'open' }
  | { do: 'pass'; ms: number };

const words = <W extends string>(...those: W[]): fc.Arbitrary<W> => fc.constantFrom(...those);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ do: words('ring', 'answer', 'hold', 'resume', 'end'), call: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ do: words('lose', 'double', 'delay', 'deliver'), log: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ do: words('state') }) },
    { weight: 2, arbitrary: fc.record({ do: words('press') }) },
    { weight: 1, arbitrary: fc.record({ do: words('quit', 'run', 'die', 'return', 'restart', 'takeover') }) },
    { weight: 1, arbitrary: fc.record({ do: words('broker_lost', 'broker_back'), forget: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: words('close', 'open') }) },
    { weight: 2, arbitrary: fc.record({ do: words('pass'), ms: words('10', '700', '70000').map(Number) }) },
  ),
  { maxLength: 60, size: 'max' },
);

/** One phone, its agent and what lies between it and who listens. */
class Stage {
  readonly clock = new FakeClock();
  readonly broker = new MemoryBroker();
  readonly agent = new HandAgent(this.broker);
  readonly reader = new FleetReader(this.broker, { clock: this.clock });
  readonly phone = new RemotePhone(
    { open: () => this.reader, close: () => undefined },
    { id: 'desk-1', timeout: 2000, clock: this.clock, rules: { allow: [], deny: [] } },
  );
  readonly toldByReader: PhoneEvent[] = [];
  readonly toldByPhone: PhoneEvent[] = [];
  readonly finishedByReader: FinishedCall[] = [];
  readonly finishedByPhone: FinishedCall[] = [];
  private readonly names = new Map<number, string>();
  private calls = 0;
  private sessions = 1;
  private fate: Fate = 'deliver';
  /** Of what a call log is told, which is published on its own. */
  private logFate: Fate = 'deliver';
  private delayed: object[] = [];
  private delayedCalls: (() => void)[] = [];

  constructor() {
    this.reader.listen({
      event: (_, event) => this.toldByReader.push(event),
      finished: (_, finished) => this.finishedByReader.push(finished),
    });
    this.phone.on('finished', (finished) => this.finishedByPhone.push(finished));
    this.phone.on('event', (event) => this.toldByPhone.push(event));
  }

  async run(all: readonly Step[], isThere: boolean): Promise<void> {
    if (isThere) this.agent.connect();
    this.open();
    await this.clock.pass(2000);
    for (const step of all) await this.take(step);
    await this.settle();
  }

  /** It may be closed again before it is open. */
  private open(): void {
    this.phone.open().catch(() => undefined);
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'ring':
      case 'answer':
      case 'hold':
      case 'resume':
      case 'end':
        this.move(step.do, step.call);
        return;
      case 'quit':
        for (const { callId } of this.agent.calls) this.end(missed(callId));
        if (this.agent.running) this.tell(this.agent.presence(false));
        return;
      case 'press':
        if (this.agent.running) this.tell(this.agent.press());
        return;
      case 'run':
        if (!this.agent.running) this.tell(this.agent.presence(true));
        return;
      case 'lose':
      case 'double':
      case 'delay':
      case 'deliver':
        if (step.log) this.logFate = step.do;
        else this.fate = step.do;
        for (const event of this.delayed.splice(0)) this.agent.tellEvent(event);
        for (const tell of this.delayedCalls.splice(0)) tell();
        return;
      case 'state':
        this.agent.tellState();
        return;
      case 'die':
        this.agent.die();
        return;
      case 'return':
        this.agent.connect();
        return;
      case 'restart':
      case 'takeover':
        // Its successor finds the same calls, but has ids of its own for them.
        if (step.do === 'restart') this.agent.die();
        this.sessions += 1;
        this.agent.restart(`s${this.sessions}`);
        this.agent.calls = this.agent.calls.map((call) => ({ ...call, callId: `${call.callId}'` }));
        for (const [number, name] of this.names) this.names.set(number, `${name}'`);
        this.agent.connect();
        return;
      case 'broker_lost':
        if (this.broker.connected) this.broker.lose({ forget: step.forget });
        return;
      case 'broker_back':
        if (!this.broker.connected) this.broker.connect();
        return;
      case 'close':
        await this.phone.close();
        return;
      case 'open':
        this.open();
        return;
      case 'pass':
        await this.clock.pass(step.ms);
    }
  }

  private move(what: 'ring' | 'answer' | 'hold' | 'resume' | 'end', number: number): void {
    const { agent } = this;
    if (!agent.running) return;
    const name = this.names.get(number);
    const call = agent.calls.find(({ callId }) => callId === name);
    if (what === 'ring') {
      if (call) return;
      this.calls += 1;
      this.names.set(number, `c${this.calls}`);
      this.tell(agent.event('incoming', ringing(`c${this.calls}`)));
    } else if (call) {
      const { callId, callState } = call;
      if (what === 'answer' && callState === 'ringing') this.tell(agent.event('answered', answered(callId)));
      if (what === 'hold' && callState === 'connected')
        this.tell(agent.event('held', { ...answered(callId), callState: 'held', heldBy: 'local' }));
      if (what === 'resume' && callState === 'held') this.tell(agent.event('resumed', answered(callId)));
      if (what === 'end') this.end(callState === 'ringing' ? missed(callId) : ended(callId));
    }
  }

  private tell(event: object): void {
    if (this.fate === 'delay') this.delayed.push(event);
    if (this.fate === 'deliver' || this.fate === 'double') this.agent.tellEvent(event);
    if (this.fate === 'double') this.agent.tellEvent(event);
  }

  private end(call: Call): void {
    const { agent } = this;
    this.tell(agent.event('ended', call));
    const log = (): void => {
      agent.tellFinished(call);
    };
    if (this.logFate === 'delay') this.delayedCalls.push(log);
    if (this.logFate === 'deliver' || this.logFate === 'double') log();
    if (this.logFate === 'double') log();
  }

  /** All is well again, and somebody listens. */
  private async settle(): Promise<void> {
    if (!this.broker.connected) this.broker.connect();
    await this.clock.pass(1000);
    this.agent.connect();
    await this.clock.pass(2000);
    this.open();
    await this.clock.pass(2000);
    // Of some calls the call log is told by now what was known of them; what comes then is too late.
    await this.clock.pass(8000);
    for (const tell of this.delayedCalls.splice(0)) tell();
  }
}

const SIGNS: Partial<Record<PhoneEvent['event'], CallSign>> = {
  answered: 'connected',
  alerting: 'alerting',
  held: 'held',
  resumed: 'connected',
  ended: 'over',
};

/** One begin and one end at most, and in between only what the table of moves knows. */
function followsTheTable(told: readonly PhoneEvent[]): void {
  const places = new Map<string, Call['callState']>();
  for (const { event, call } of told) {
    if (!call) continue;
    const from = places.get(call.callId) ?? 'none';
    const sign = event === 'incoming' ? 'inbound' : SIGNS[event];
    assert.ok(sign, event);
    const moves = movesTo(sign, from);
    assert.equal(moves.length, 1, `${from} ${event} of ${call.callId}`);
    assert.equal(moves[0]?.event, event);
    places.set(call.callId, moves[0].to);
  }
}

function openIn(told: readonly PhoneEvent[]): string[] {
  const calls = told.filter((event): event is CallEvent => event.call !== undefined);
  const over = new Set(calls.filter(({ event }) => event === 'ended').map(({ call }) => call.callId));
  return [...new Set(calls.map(({ call }) => call.callId))].filter((id) => !over.has(id)).sort();
}

/** Each call that began is over once in the call log, or open. */
function isLogged(told: readonly PhoneEvent[], finished: readonly FinishedCall[]): void {
  const logged = finished.map(({ call }) => call.callId);
  assert.equal(new Set(logged).size, logged.length, 'logged twice');
  const open = new Set(openIn(told));
  for (const { call } of told)
    if (call) assert.equal(logged.includes(call.callId), !open.has(call.callId), `${call.callId} in the call log`);
}

function goesOn(told: readonly PhoneEvent[]): void {
  for (const [index, event] of told.entries()) {
    const before = told[index - 1];
    assert.ok(event.time >= (before?.time ?? 0), 'times run backwards');
    assert.equal(event.previousState, before?.state ?? 'offline');
    if (event.event === 'phone_online' || event.event === 'phone_offline')
      assert.notEqual(
        told.slice(0, index).findLast(({ event: name }) => name.startsWith('phone_'))?.event,
        event.event,
        'told twice',
      );
  }
}

/** No switch is told to be as it was told to be before, while MicroSIP is there. */
function switchesChange(told: readonly PhoneEvent[]): void {
  let known: boolean | undefined;
  for (const event of told) {
    if (event.event === 'phone_offline') known = undefined;
    if (event.event !== 'features') continue;
    assert.notEqual(event.features.dnd, known);
    known = event.features.dnd;
  }
}

describe('what a fleet tells of a phone', () => {
  it('keeps the promises whatever is lost, doubled, late or restarted on the way', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (all, isThere) => {
        const stage = new Stage();
        await stage.run(all, isThere);
        const { agent, reader, toldByReader, toldByPhone } = stage;
        isLogged(toldByReader, stage.finishedByReader);
        isLogged(toldByPhone, stage.finishedByPhone);
        for (const told of [toldByReader, toldByPhone]) {
          followsTheTable(told);
          goesOn(told);
          const real = new Set(agent.calls.map(({ callId }) => callId));
          // Calls that were given up, since the agent was away for long, are not open again.
          assert.deepEqual(
            openIn(told).filter((id) => !real.has(id)),
            [],
          );
        }
        assert.deepEqual(reader.phone('desk-1')?.snapshot?.features, agent.snapshot.features);
        assert.deepEqual(stage.phone.snapshot().features, agent.snapshot.features);
        switchesChange(toldByReader);
        switchesChange(toldByPhone);
        const shown = reader.phone('desk-1')?.snapshot?.calls.map(({ callId }) => callId) ?? [];
        assert.deepEqual(shown.sort(), agent.calls.map(({ callId }) => callId).sort());
        reader.close();
      }),
      { numRuns: 400 },
    );
  });
});
