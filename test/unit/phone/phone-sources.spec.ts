import assert from 'node:assert/strict';
import type { Link } from '../../../src/phone/ports/link';
import type { Connection } from '../../../src/phone/ports/connection';
import { LocalPhone } from '../../../src/phone/local-phone';
import type { CallObservation, Observation } from '../../../src/phone/ports/observation';
import type { Observer, ObserverHost, PhoneAct } from '../../../src/phone/ports/observer';
import type { FinishedCall, PhoneEvent } from '../../../src/phone/phone-event';
import { FakeClock } from '../../support/fake-clock';
import { countingIds } from '../../support/new-tracker';

/** An observer that says what the test says. */
class Told implements Observer {
  report: (observation: Observation) => void = () => undefined;
  readonly events: PhoneEvent[] = [];
  constructor(public first: readonly Observation[] = []) {}

  start({ report }: ObserverHost): Promise<void> {
    this.report = report;
    for (const seen of this.first) report(seen);
    return Promise.resolve();
  }
  refresh(): Promise<void> {
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
  note(act: PhoneAct): void {
    if (act.type === 'told') this.events.push(act.event);
  }
}

describe('phone with several sources', () => {
  let clock: FakeClock;
  const now = (): number => clock.now();
  let window: Told;
  let log: Told;
  let connection: Connection;
  let phone: LocalPhone;
  let delivered: string[];
  let events: PhoneEvent[];
  let finished: FinishedCall[];

  beforeEach(async () => {
    clock = new FakeClock();
    window = new Told([{ type: 'presence', time: now(), source: 'window', presence: 'ready' }]);
    log = new Told([{ type: 'registration', time: now(), source: 'log', registration: { state: 'registered' } }]);
    delivered = [];
    const link: Link = {
      deliver: (action) => {
        delivered.push(action.do);
        return Promise.resolve();
      },
    };
    connection = { source: 'window', presence: 'window', observers: [window, log], link };
    phone = new LocalPhone(connection, {
      timeout: 1000,
      rules: { allow: [], deny: [] },
      clock,
      nextCallId: countingIds(),
      sameNumber: (one, other) => one === other,
      e164: (number) => (/^\+\d+$/.test(number) ? number : undefined),
    });
    events = [];
    finished = [];
    phone.on('event', (event) => events.push(event));
    phone.on('finished', (call) => finished.push(call));
    await phone.open();
    events.length = 0;
  });

  afterEach(() => phone.close());

  const ringing = (source: 'window' | 'log'): CallObservation => ({
    ...{ type: 'call', time: now(), source, key: source, direction: 'inbound', state: 'ringing' },
    facts: { number: '+4930123456' },
  });
  const rings = (source: 'window' | 'log'): void => {
    (source === 'log' ? log : window).report(ringing(source));
  };

  it('gives no command before it knows whose call a source has just shown', async () => {
    log.report({ ...ringing('log'), source: 'hooks', state: 'connected' });
    assert.equal(events.length, 0);
    await clock.through(assert.rejects(phone.execute({ type: 'dial', number: '1002' }), { code: 'line_busy' }));
    assert.deepEqual(delivered, []);
  });

  it('tells of a call that only the windows see without being asked again', async () => {
    rings('window');
    await clock.until(() => events[0]);
    assert.deepEqual(
      events.map(({ source, call }) => [source, call?.numberE164]),
      [['window', '+4930123456']],
    );
  });

  it('takes the keys of calls for its link from the source of the link', () => {
    rings('log');
    const callId = events[0]?.call?.callId ?? '';
    assert.equal(phone.keyOf(callId), undefined);
    rings('window');
    assert.equal(phone.keyOf(callId), 'window');
  });

  it('waits for the ring window of a call that the log was quicker to tell of, to decline just that one', async () => {
    rings('log');
    const declined = phone.execute({ type: 'hangup', scope: 'ringing', callId: events[0]?.call?.callId ?? '' });
    await clock.pass(300);
    assert.deepEqual(delivered, []);
    rings('window');
    await clock.until(() => delivered[0]);
    assert.deepEqual(delivered, ['decline_ring']);
    log.report({ type: 'call_ended', time: now(), source: 'log', key: 'log', ending: { sipStatus: 486 } });
    await clock.through(declined);
  });

  it('waits for the windows to show whether MicroSIP takes another call, when only the log has shown the first', async () => {
    log.report({ ...ringing('log'), state: 'connected' });
    const dialed = phone.execute({ type: 'dial', number: '1002' });
    await clock.pass(200);
    assert.deepEqual(delivered, []);
    window.report({ type: 'call_mode', time: now(), source: 'window', singleMode: false });
    await clock.until(() => delivered[0]);
    assert.deepEqual(delivered, ['dial']);
    const facts = { number: '1002' };
    const made = { key: 'second', direction: 'outbound', state: 'dialing', facts } as const;
    log.report({ type: 'call', time: now(), source: 'log', ...made });
    await clock.through(dialed);
  });

  it('does not wait for that when they have shown it', async () => {
    log.report({ ...ringing('log'), state: 'connected' });
    window.report({ type: 'call_mode', time: now(), source: 'window', singleMode: true });
    const before = now();
    await clock.through(assert.rejects(phone.execute({ type: 'dial', number: '1002' }), { code: 'line_busy' }));
    assert.ok(now() - before < 100, 'it waited');
  });

  it('says that there is no ring window when none comes', async () => {
    rings('log');
    const before = now();
    const declined = phone.execute({ type: 'hangup', scope: 'ringing' });
    await clock.through(assert.rejects(declined, { code: 'no_call', messageKey: 'error.no_call.not_shown' }));
    assert.ok(now() - before >= 990, 'it did not wait');
    assert.deepEqual(delivered, []);
  });

  it('fails with closed when the phone is closed while it waits for the ring window', async () => {
    rings('log');
    const declined = assert.rejects(phone.execute({ type: 'hangup', scope: 'ringing' }), { code: 'closed' });
    await clock.pass(100);
    await phone.close();
    await clock.through(declined);
    assert.deepEqual(delivered, []);
  });

  it('tells its observers what it has told, and call logs of each finished call', () => {
    rings('log');
    log.report({ type: 'call_ended', time: now(), source: 'log', key: 'log', ending: { sipStatus: 487 } });
    assert.deepEqual(
      window.events.slice(-2).map(({ event }) => event),
      ['incoming', 'ended'],
    );
    const [call] = finished;
    assert.deepEqual(
      [finished.length, call?.call.disposition, call?.replayed, call?.source, call?.confidence],
      [1, 'missed', false, 'log', 'exact'],
    );
    assert.deepEqual(
      phone.knownCalls().map(({ callState }) => callState),
      ['ended'],
    );
  });

  it('tells only call logs of a call that MicroSIP refused without ringing, and once', () => {
    const refused: Observation = {
      ...{ type: 'call_refused', time: now(), source: 'log', key: 'busy@host', began: now() - 20 },
      ...{ facts: { number: '1005', sipCallId: 'busy@host' }, ending: { sipStatus: 486, endedBy: 'local' } },
    };
    log.report(refused);
    log.report(refused);
    assert.deepEqual(events, []);
    assert.deepEqual(
      finished.map(({ call, rang }) => [call.number, call.disposition, call.sipStatus, rang]),
      [['1005', 'missed', 486, false]],
    );
  });

  it('lets no other source say that MicroSIP is gone before the windows were looked at', async () => {
    rings('window');
    await clock.until(() => events[0]);
    await phone.close();
    log.first = [{ type: 'presence', time: now(), source: 'log', presence: 'absent', problem: 'not_running' }];
    window.first = [...window.first, ringing('window')];
    await phone.open();
    assert.deepEqual(
      events.map(({ event }) => event),
      ['incoming', 'phone_offline', 'phone_online'],
    );
    assert.equal(phone.snapshot().state, 'ringing');
  });

  it('takes no command without a link', async () => {
    delete connection.link;
    await assert.rejects(phone.execute({ type: 'dial', number: '1001' }), { code: 'unsupported' });
  });
});
