import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HookCorrelator } from '../../../../src/observers/hooks/hook-correlator';
import { carriedCall } from '../../../../src/observers/hooks/carried-calls';
import type { HookName } from '../../../../src/microsip/hook-names';
import type { Source } from '../../../../src/phone/calls/call';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import type { TrackerMemory } from '../../../../src/phone/tracker/state/tracker-memory';
import { countingIds, newTracker, eventsOf } from '../../../support/new-tracker';
import { checkPromises } from './promises';

type Input = Observation | OwnAct;
type State = CallObservation['state'];

const NOTHING: TrackerMemory = { calls: [], dials: [], retired: [], online: false };

/** A phone whose flows are deployed while MicroSIP goes on; `deploy` makes a new tracker of what a program can keep. */
class Deployed {
  tracker: CallTracker;
  readonly events: PhoneEvent[] = [];
  private readonly nextId = countingIds();
  private time = 100;

  constructor() {
    this.tracker = newTracker(NOTHING, this.nextId);
    this.see({ type: 'presence', time: 0, source: 'window', presence: 'ready' }, { type: 'looked_around', time: 0 });
  }

  see(...inputs: Input[]): void {
    for (const input of inputs) {
      this.time += 10;
      this.events.push(...eventsOf(this.tracker.observe({ ...input, time: this.time })));
    }
  }

  wait(ms: number): void {
    const until = this.time + ms;
    for (let { deadline } = this.tracker; deadline !== undefined && deadline <= until; { deadline } = this.tracker) {
      this.events.push(...eventsOf(this.tracker.observe({ type: 'time_passed', time: deadline })));
    }
    this.time = until;
  }

  /** @param shown what the sources that show how things stand show first */
  deploy(shown: Input[] = [], presence: 'window' | 'none' = 'window'): void {
    const memory = JSON.parse(JSON.stringify(this.tracker.memory())) as TrackerMemory;
    this.tracker = newTracker(memory, this.nextId);
    if (presence === 'window') this.see({ type: 'presence', time: 0, source: 'window', presence: 'ready' });
    this.see(...shown, { type: 'looked_around', time: 0 });
  }

  get told(): string[] {
    return this.events.filter(({ call }) => call).map(({ event, call }) => `${event} ${String(call?.callId)}`);
  }
}

const call = (source: Source, key: string, state: State, more: Partial<CallObservation> = {}): Input => ({
  ...{ type: 'call', time: 0, source, key, direction: 'inbound', state, facts: { number: '1001' } },
  ...more,
});
const over = (source: Source, key: string): Input => ({ type: 'call_ended', time: 0, source, key, ending: {} });

/** Sources that give a call a new key when they are made anew. */
const FORGETFUL: Source[] = ['hooks', 'notification', 'status', 'history', 'log'];

describe('a deploy in a call', () => {
  for (const source of FORGETFUL) {
    for (const shown of ['window', source] as const) {
      it(`does not make two calls of one when ${source} gives it a new key (${shown} shows it first)`, () => {
        const phone = new Deployed();
        phone.see(call(source, 'old', 'ringing'), call('window', 'w', 'ringing'));
        phone.wait(300);
        const window = call('window', 'w', 'ringing');
        phone.deploy(shown === 'window' ? [window] : [call(source, 'new', 'ringing'), window]);
        phone.see(call('window', 'w', 'connected'), call(source, 'new', 'connected'));
        phone.wait(3000);
        phone.see(over('window', 'w'), over(source, 'new'));
        phone.wait(5000);
        assert.deepEqual(phone.told, ['incoming id1', 'answered id1', 'ended id1']);
      });
    }

    it(`does not when ${source} is switched on by it, off by it, or names no number`, () => {
      const on = new Deployed();
      on.see(call('window', 'w', 'ringing'));
      on.deploy([call('window', 'w', 'ringing')]);
      on.see(
        call(source, 'new', 'connected'),
        call('window', 'w', 'connected'),
        over('window', 'w'),
        over(source, 'new'),
      );
      on.wait(5000);
      assert.deepEqual(on.told, ['incoming id1', 'answered id1', 'ended id1']);

      const off = new Deployed();
      off.see(call(source, 'old', 'ringing'), call('window', 'w', 'ringing'));
      off.wait(300);
      off.deploy([call('window', 'w', 'ringing')]);
      off.see(call('window', 'w', 'connected'));
      assert.deepEqual(off.told, ['incoming id1', 'answered id1']);
      off.see(over('window', 'w'));
      assert.deepEqual(off.told, ['incoming id1', 'answered id1', 'ended id1']);

      const nameless = new Deployed();
      nameless.see(call(source, 'old', 'ringing'), call('window', 'w', 'ringing'));
      nameless.wait(60_000);
      nameless.deploy([call('window', 'w', 'ringing')]);
      nameless.see(call(source, 'new', 'connected', { facts: {} }));
      nameless.wait(5000);
      assert.deepEqual(nameless.told, ['incoming id1', 'answered id1']);
    });
  }

  it('does not when the windows themselves give it a new key, in a program that was started anew', () => {
    const phone = new Deployed();
    phone.see(call('window', 'line:1:1', 'connected', { facts: { number: '1001', name: 'Ada' } }));
    phone.wait(600_000);
    phone.deploy([call('window', 'line:1:7', 'connected', { facts: { number: '1001' } })]);
    phone.see(over('window', 'line:1:7'));
    assert.deepEqual(phone.told, ['incoming id1', 'answered id1', 'ended id1']);
  });

  it('does not when two are deployed one right after the other', () => {
    const phone = new Deployed();
    phone.see(call('hooks', 'h', 'ringing'), call('window', 'w', 'ringing'));
    phone.tracker = newTracker(phone.tracker.memory());
    phone.deploy([call('window', 'w', 'ringing')]);
    phone.see(call('hooks', 'new', 'connected'), call('window', 'w', 'connected'));
    assert.deepEqual(phone.told, ['incoming id1', 'answered id1']);
  });

  it('keeps the id that a dial has promised, and who ended the call', () => {
    const phone = new Deployed();
    phone.see({ type: 'dial_sent', time: 0, callId: 'promised', number: '1001' });
    phone.deploy();
    phone.see(call('window', 'w', 'dialing', { direction: 'outbound' }));
    phone.see({ type: 'hangup_sent', time: 0, callId: 'promised' });
    phone.deploy([call('window', 'w', 'dialing', { direction: 'outbound' })]);
    phone.see(over('window', 'w'));
    assert.deepEqual(phone.told, ['outgoing promised', 'ended promised']);
    assert.equal(phone.events.at(-1)?.call?.disposition, 'cancelled');
  });

  it('keeps what was seen of an end that waited for its reason', () => {
    const phone = new Deployed();
    phone.see(call('window', 'w', 'dialing', { direction: 'outbound' }));
    phone.see(call('history', 'r', 'dialing', { direction: 'outbound' }), over('window', 'w'));
    phone.deploy();
    phone.wait(2000);
    assert.deepEqual(phone.told, ['outgoing id1', 'ended id1']);
    assert.equal(phone.events.at(-1)?.source, 'window');
  });

  it('lets no worse source overwrite what a better one knew', () => {
    const phone = new Deployed();
    phone.see(call('log', 'l', 'connected', { facts: { number: '+4930123', name: 'Ada' } }));
    phone.see(call('window', 'w', 'connected', { facts: { number: '+4930123' } }));
    phone.deploy([call('window', 'w', 'connected', { facts: { number: '+4930123', name: '+4930123' } })]);
    assert.equal(phone.tracker.calls[0]?.name, 'Ada');
  });

  it('ends a call that the windows do not show any more', () => {
    const phone = new Deployed();
    phone.see(call('hooks', 'h', 'connected'), call('window', 'w', 'connected'));
    phone.wait(300);
    phone.deploy();
    assert.deepEqual(phone.told.at(-1), 'ended id1');
    assert.equal(phone.events.at(-1)?.source, 'watchdog');
  });

  it('keeps a call that the windows do not show yet, because MicroSIP still runs the program of the hook', () => {
    const phone = new Deployed();
    phone.see(call('hooks', 'h', 'ringing'));
    phone.wait(500);
    phone.deploy();
    phone.see(call('window', 'w', 'ringing'), call('window', 'w', 'connected'), over('window', 'w'));
    phone.wait(3000);
    assert.deepEqual(phone.told, ['incoming id1', 'answered id1', 'ended id1']);
  });

  it('ends such a call when the windows go on showing none', () => {
    const phone = new Deployed();
    phone.see({ type: 'registration', time: 0, source: 'window', registration: { state: 'registered' } });
    phone.see(call('hooks', 'h', 'ringing'));
    phone.wait(500);
    phone.deploy([{ type: 'registration', time: 0, source: 'window', registration: { state: 'registered' } }]);
    phone.wait(11_000);
    assert.deepEqual(phone.told, ['incoming id1', 'ended id1']);
  });

  it('does not begin a call again whose ring window outlives it, because MicroSIP still runs the program of the hook', () => {
    const phone = new Deployed();
    phone.see(call('window', 'w', 'ringing'), call('hooks', 'h', 'ringing'), over('hooks', 'h'));
    phone.wait(300);
    phone.deploy([call('window', 'w', 'ringing')]);
    phone.see(over('window', 'w'));
    phone.wait(3000);
    assert.deepEqual(phone.told, ['incoming id1', 'ended id1']);
  });

  it('keeps a call that only hooks told of, and ends it when they do', () => {
    const phone = new Deployed();
    const correlator = new HookCorrelator(1);
    const hook = (name: HookName, to = correlator): Observation[] => to.take({ name, time: 1000, parameter: '1001' });
    phone.see(...hook('cmdCallRing'));
    phone.deploy([], 'none');
    const next = new HookCorrelator(500, phone.tracker.calls.map(carriedCall));
    phone.see(...hook('cmdCallAnswer', next), ...hook('cmdCallStart', next), ...hook('cmdCallEnd', next));
    assert.deepEqual(phone.told, ['incoming id1', 'answered id1', 'ended id1']);
    assert.equal(phone.events.at(-1)?.confidence, 'exact');
  });

  it('makes no second call at any moment of its life, whatever the sources keep', () => {
    const STEPS: State[] = ['ringing', 'connected', 'held', 'connected'];
    const watching = fc.subarray<Source>(['hooks', 'log', 'status', 'notification'], { minLength: 1 });
    fc.assert(
      fc.property(
        watching,
        watching,
        fc.array(fc.nat(STEPS.length), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (before, after, deploys, order, named) => {
          const phone = new Deployed();
          let run = 0;
          const facts = named ? { number: '1001' } : {};
          const show = (state: State): Input[] =>
            (run === 0 ? before : after).map((one) => call(one, `${one} ${run}`, state, run === 0 ? {} : { facts }));
          for (const [index, state] of STEPS.entries()) {
            const shown: Input[] = [...show(state)];
            shown.splice(order[index] ?? 0, 0, call('window', 'w', state));
            phone.see(...shown);
            phone.wait(100 * (order[index] ?? 0));
            for (const at of deploys) {
              if (at !== index) continue;
              run += 1;
              phone.deploy([call('window', 'w', state)]);
            }
          }
          phone.see(over('window', 'w'), ...(run === 0 ? before : after).map((one) => over(one, `${one} ${run}`)));
          phone.wait(20_000);
          checkPromises(phone.events.map((event) => ({ ...event, time: 1 })));
          assert.deepEqual(new Set(phone.events.flatMap(({ call }) => call?.callId ?? [])), new Set(['id1']));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
