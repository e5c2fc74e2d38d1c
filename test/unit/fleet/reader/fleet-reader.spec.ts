import assert from 'node:assert/strict';
import { FleetReader } from '../../../../src/fleet/reader/fleet-reader';
import type { FinishedCall, PhoneEvent } from '../../../../src/phone/phone-event';
import { FakeClock } from '../../../support/fake-clock';
import { answered, ended, HandAgent, missed, ringing } from '../../../support/hand-agent';
import { MemoryBroker } from '../../../support/memory-broker';

describe('the reader of a fleet', () => {
  let clock: FakeClock;
  let broker: MemoryBroker;
  let agent: HandAgent;
  let reader: FleetReader;
  let events: PhoneEvent[];
  let finished: FinishedCall[];

  const names = (): string[] => events.map(({ event, call }) => (call ? `${event} ${call.callId}` : event));
  const start = async (): Promise<void> => {
    reader = new FleetReader(broker, { clock, from: 'us' });
    reader.listen({
      event: (_, event) => events.push(event),
      finished: (_, call) => finished.push(call),
    });
    await clock.pass(1000);
  };

  beforeEach(() => {
    clock = new FakeClock();
    broker = new MemoryBroker();
    agent = new HandAgent(broker);
    events = [];
    finished = [];
  });

  afterEach(() => {
    reader.close();
  });

  it('subscribes to what is kept in stages: availability, state, info', async () => {
    await start();
    const kept = broker.filters.filter((filter) => /availability|state|info/.test(filter));
    assert.deepEqual(kept, ['microsip/+/availability', 'microsip/+/state', 'microsip/+/info']);
    assert.ok(!broker.filters.some((filter) => filter.includes('#')));
  });

  it('knows a phone by what the broker has kept', async () => {
    agent.connect();
    await start();
    const phone = reader.phone('desk-1');
    assert.equal(phone?.online, true);
    assert.equal(phone.name, 'Desk 1');
    assert.equal(phone.snapshot?.state, 'idle');
    assert.equal(phone.info?.agent, '0.2.0');
    assert.equal(phone.lastSeen, undefined);
    assert.deepEqual(names(), ['phone_online']);
  });

  it('believes no state of an agent that is away', async () => {
    agent.connect();
    agent.die();
    await start();
    assert.equal(reader.phone('desk-1')?.online, false);
    assert.equal(reader.phone('desk-1')?.snapshot, undefined);
    assert.deepEqual(names(), []);
  });

  it('tells events as they come, with the state after each of them', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    assert.deepEqual(names(), ['phone_online', 'incoming c1']);
    assert.equal(events[1]?.confidence, 'exact');
    assert.equal(reader.phone('desk-1')?.snapshot?.state, 'ringing');
    assert.equal(reader.phone('desk-1')?.snapshot?.calls[0]?.callId, 'c1');
    agent.tellState();
    agent.tellEvent(agent.event('ended', missed('c1')));
    agent.tellFinished(missed('c1'));
    agent.tellFinished(missed('c1'));
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'ended c1']);
    assert.deepEqual(
      finished.map(({ call }) => call.callId),
      ['c1'],
    );
  });

  it('tells nothing twice', async () => {
    agent.connect();
    await start();
    const incoming = agent.event('incoming', ringing('c1'));
    for (let copy = 0; copy < 3; copy += 1) agent.tellEvent(incoming);
    const taken = agent.event('answered', answered('c1'));
    agent.tellEvent(taken);
    agent.tellEvent(incoming);
    agent.tellEvent(taken);
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'answered c1']);
    assert.equal(reader.dropped.repeated, 4);
  });

  it('makes an end that was lost of the state that follows', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.event('ended', ended('c1'));
    agent.tellEvent(agent.event('incoming', ringing('c2')));
    agent.tellState();
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'incoming c2', 'ended c1']);
    assert.equal(events[3]?.source, 'watchdog');
    assert.equal(events[3].confidence, 'inferred');
  });

  it('makes the last event, when it was lost, of the state after a moment', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.event('ended', ended('c1'));
    agent.tellState();
    assert.deepEqual(names(), ['phone_online', 'incoming c1']);
    await clock.pass(1000);
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'ended c1']);
  });

  it('knows how a call ended from the call log, when only its end was lost', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.event('ended', ended('c1'));
    agent.tellFinished(ended('c1'));
    agent.tellState();
    await clock.pass(1000);
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'answered c1', 'ended c1']);
    assert.deepEqual([events[3]?.source, events[3]?.call?.endedBy], ['log', 'remote']);
  });

  it('tells the call log once what is known of a call that its agent does not tell it of', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.event('ended', ended('c1'));
    agent.tellState();
    await clock.pass(4000);
    assert.deepEqual([names().at(-1), finished], ['ended c1', []]);
    await clock.pass(3000);
    const [call] = finished;
    assert.deepEqual([call?.call.callId, call?.call.callState], ['c1', 'ended']);
    assert.deepEqual([call?.source, call?.confidence, call?.replayed], ['watchdog', 'inferred', false]);
    agent.tellFinished(ended('c1'));
    await clock.pass(10_000);
    assert.equal(finished.length, 1);
  });

  it('lets the agent tell the call log itself, when that takes a moment', async () => {
    agent.connect();
    await start();
    for (const callId of ['c1', 'c2']) {
      agent.tellEvent(agent.event('incoming', ringing(callId)));
      agent.event('ended', ended(callId));
      agent.tellState();
      await clock.pass(4000);
    }
    agent.tellFinished(ended('c1'));
    await clock.pass(4000);
    agent.tellFinished(ended('c2'));
    await clock.pass(10_000);
    assert.deepEqual(
      finished.map(({ call, source }) => `${call.callId} ${source}`),
      ['c1 log', 'c2 log'],
    );
  });

  it('waits for what the call log is told until the broker is there again', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellEvent(agent.event('ended', ended('c1')));
    broker.lose();
    await clock.pass(60_000);
    assert.deepEqual(finished, []);
    broker.connect();
    await clock.pass(3000);
    agent.tellFinished(ended('c1'));
    await clock.pass(10_000);
    assert.deepEqual(
      finished.map(({ source }) => source),
      ['log'],
    );
  });

  it('waits for events that a state already knows of', async () => {
    agent.connect();
    await start();
    const incoming = agent.event('incoming', ringing('c1'));
    agent.tellState();
    agent.tellEvent(incoming);
    await clock.pass(1000);
    assert.deepEqual(names(), ['phone_online', 'incoming c1']);
    assert.equal(events[1]?.source, 'log');
  });

  it('makes a begin that was lost of the next event of the call', async () => {
    agent.connect();
    await start();
    agent.event('incoming', ringing('c1'));
    agent.event('answered', answered('c1'));
    agent.tellEvent(agent.event('ended', ended('c1')));
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'answered c1', 'ended c1']);
  });

  it('begins the calls that are there when it comes', async () => {
    agent.event('incoming', ringing('c1'));
    agent.event('answered', answered('c1'));
    agent.connect();
    await start();
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'answered c1']);
    assert.equal(events[1]?.confidence, 'inferred');
  });

  it('ends the calls when MicroSIP goes', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellEvent(agent.presence(false));
    assert.deepEqual(names().slice(2), ['ended c1', 'phone_offline']);
    assert.equal(events[2]?.source, 'watchdog');
  });

  it('is not made deaf by an event with a number that none can have', async () => {
    agent.connect();
    await start();
    broker.tell(agent.topic('event'), { event: 'none', session: 's1', seq: Number.MAX_SAFE_INTEGER });
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    assert.deepEqual(names(), ['phone_online']);
    agent.tellState();
    agent.tellEvent(agent.event('answered', answered('c1')));
    assert.deepEqual(names().slice(1), ['incoming c1', 'answered c1']);
  });

  it('understands agents that say only what is needed', async () => {
    await start();
    broker.tell(agent.topic('availability'), 'online', true);
    broker.tell(agent.topic('state'), { state: 'idle', seq: 0, session: 's1' }, true);
    broker.tell(agent.topic('event'), { event: 'incoming', callId: 'c1', number: '1', seq: 1, session: 's1' });
    broker.tell(agent.topic('event'), { event: 'ended', callId: 'c1', seq: 2, session: 's1' });
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'ended c1']);
    assert.equal(reader.phone('desk-1')?.name, 'desk-1');
    assert.equal(reader.phone('desk-1')?.missedToday, undefined);
  });

  it('counts events of a kind that it does not know as seen', async () => {
    agent.connect();
    await start();
    agent.tellEvent({ ...agent.event('incoming', ringing('c0')), event: 'features' });
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.calls = [];
    agent.tellState();
    await clock.pass(1000);
    assert.deepEqual(names(), ['phone_online', 'incoming c1']);
  });

  it('keeps the calls of an agent that is away for a while', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    agent.die();
    assert.deepEqual(names(), ['phone_online', 'incoming c1', 'phone_offline']);
    await clock.pass(30_000);
    agent.connect();
    agent.tellEvent(agent.event('ended', missed('c1')));
    await clock.pass(120_000);
    assert.deepEqual(names().slice(3), ['phone_online', 'ended c1']);
  });

  it('ends the calls of an agent that does not come back', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    agent.die();
    await clock.pass(59_000);
    assert.deepEqual(names().slice(2), ['phone_offline']);
    await clock.pass(2000);
    assert.deepEqual(names().slice(2), ['phone_offline', 'ended c1']);
    assert.equal(events[3]?.source, 'watchdog');
    agent.connect();
    agent.tellEvent(agent.event('ended', ended('c1')));
    assert.deepEqual(names().slice(4), ['phone_online']);
  });

  it('ends the calls of an agent when another one takes its place', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    agent.restart('s2');
    agent.calls = [answered('d1')];
    agent.connect();
    assert.deepEqual(names().slice(2), ['ended c1', 'incoming d1', 'answered d1']);
    agent.tellEvent(agent.event('ended', ended('d1')));
    assert.deepEqual(names().slice(5), ['ended d1']);
  });

  it('drops what an agent said that was replaced', async () => {
    agent.connect();
    await start();
    const late = agent.event('incoming', ringing('c1'));
    const lateState = agent.stateJson();
    agent.calls = [];
    agent.restart('s2');
    agent.time += 5000;
    agent.connect();
    agent.tellEvent(late);
    broker.tell(agent.topic('state'), lateState);
    await clock.pass(1000);
    assert.deepEqual(names(), ['phone_online']);
    assert.equal(reader.phone('desk-1')?.session, 's2');
    assert.equal(reader.dropped.stale, 2);
  });

  it('goes by the agent that speaks last, when two fight for a phone', async () => {
    agent.connect();
    await start();
    agent.restart('s2');
    agent.time += 1000;
    agent.connect();
    agent.restart('s1');
    agent.time += 1000;
    agent.connect();
    assert.equal(reader.phone('desk-1')?.session, 's1');
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    assert.deepEqual(names(), ['phone_online', 'incoming c1']);
  });

  it('tells that nobody sees a phone while the broker is away, and goes on afterwards', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    broker.lose({ forget: true });
    assert.equal(reader.phone('desk-1')?.online, false);
    await clock.pass(600_000);
    assert.deepEqual(names().slice(2), ['phone_offline']);
    const kept = [agent.event('ended', missed('c1')), agent.event('incoming', ringing('c2'))];
    broker.connect();
    for (const event of kept) agent.tellEvent(event);
    agent.connect();
    await clock.pass(1000);
    assert.deepEqual(names().slice(3), ['ended c1', 'incoming c2', 'phone_online']);
  });

  it('takes a phone out that was removed from the broker', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    for (const kind of ['availability', 'state', 'info']) broker.tell(agent.topic(kind), '', true);
    assert.deepEqual(names().slice(2), ['phone_offline', 'ended c1']);
    assert.deepEqual(reader.phones(), []);
  });

  it('lets times never run backwards', async () => {
    agent.connect();
    await start();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    await clock.pass(100_000);
    agent.die();
    agent.tellEvent(agent.event('ended', ended('c1')));
    const times = events.map(({ time }) => time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });
});
