import assert from 'node:assert/strict';
import type { Observation } from '../../../../src/phone/ports/observation';
import { hostOf } from '../../../support/observer-host';
import { SimulatorObserver } from '../../../../src/simulator/connection/simulator-observer';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';

/** `presence ready`, `call connected` … */
function short(seen: readonly Observation[]): string[] {
  return seen.map((one) => {
    switch (one.type) {
      case 'presence':
        return `presence ${one.presence}`;
      case 'registration':
        return `registration ${one.registration.state} ${String(one.registration.sipStatus)}`;
      case 'call':
        return `call ${one.facts.number ?? ''} ${one.state}`;
      case 'call_mode':
        return `single ${String(one.singleMode)}`;
      case 'call_ended':
      case 'call_refused':
      case 'call_transferred':
      case 'source_live':
      case 'features':
      case 'audio':
      case 'voicemail':
      case 'trouble':
      case 'call_media':
        return one.type;
    }
  });
}

describe('observer of the simulated MicroSIP', () => {
  let microsip: SimulatedMicrosip;
  const observers: SimulatorObserver[] = [];
  const watch = (): { observer: SimulatorObserver; seen: Observation[]; started: Promise<void> } => {
    const observer = new SimulatorObserver(microsip);
    observers.push(observer);
    const seen: Observation[] = [];
    return { observer, seen, started: observer.start(hostOf((one) => seen.push(one))) };
  };
  beforeEach(() => {
    microsip = new SimulatedMicrosip();
  });
  afterEach(async () => {
    await Promise.all(observers.splice(0).map((observer) => observer.stop()));
    microsip.dispose();
  });

  it('reports the current state first, and later', async () => {
    microsip.user.dial('1002');
    microsip.far.answer();
    microsip.far.hold();
    microsip.far.incoming({ number: '1005' });
    const { seen, started } = watch();
    assert.deepEqual(seen, []);
    await started;
    assert.deepEqual(short(seen), [
      'presence ready',
      'single true',
      'registration registered 200',
      'features',
      'audio',
      'call 1002 held',
      'call 1005 ringing',
    ]);
    assert.ok(seen.every(({ source, time }) => source === 'simulator' && Math.abs(time - Date.now()) < 60_000));
  });

  it('reports of a MicroSIP that is not there only that', async () => {
    microsip.crash();
    const { seen, started } = watch();
    await started;
    assert.deepEqual(short(seen), ['presence absent', 'single true']);
  });

  it('reports every change, in order, when the event loop comes to it', async () => {
    const { observer, seen, started } = watch();
    await started;
    seen.length = 0;
    microsip.user.dial('1002');
    microsip.far.ring();
    microsip.far.answer();
    microsip.far.hold();
    microsip.far.resume();
    microsip.far.hangup();
    microsip.setSingleMode(false);
    assert.deepEqual(seen, []);
    await observer.refresh();
    assert.deepEqual(short(seen), [
      'call 1002 dialing',
      'call 1002 alerting',
      'call 1002 connected',
      'call 1002 held',
      'call 1002 connected',
      'call_ended',
      'single false',
      'features',
    ]);
  });

  it('reports a level that is set step by step once, and each muting', async () => {
    const { observer, seen, started } = watch();
    await started;
    seen.length = 0;
    for (let step = 0; step < 5; step += 1) microsip.audio.apply('speaker', 'down');
    microsip.audio.apply('speaker', 'mute');
    microsip.audio.apply('speaker', 'unmute');
    await observer.refresh();
    const speakers = seen.map((one) => one.type === 'audio' && one.audio.speaker);
    assert.deepEqual(speakers, [
      { muted: false, level: 75 },
      { muted: true, level: 75 },
      { muted: false, level: 75 },
    ]);
  });

  it('needs no refresh', async () => {
    const { seen, started } = watch();
    await started;
    seen.length = 0;
    microsip.unregister();
    await new Promise(setImmediate);
    assert.deepEqual(short(seen), ['registration unregistered undefined']);
  });

  it('keys and facts are those of one call, and no call is like another', async () => {
    const { observer, seen, started } = watch();
    await started;
    for (let count = 0; count < 3; count += 1) {
      const key = microsip.far.incoming({ number: '1005' });
      microsip.far.hangup(key);
      await observer.refresh();
      const [call, end] = seen.slice(-2);
      assert.ok(call?.type === 'call' && end?.type === 'call_ended');
      assert.deepEqual([call.key, call.facts.sipCallId, end.key], [key, key, key]);
    }
    assert.equal(new Set(seen.flatMap((one) => (one.type === 'call' ? [one.key] : []))).size, 3);
  });

  it('several see the same, and one that has stopped sees nothing more', async () => {
    const first = watch();
    await first.started;
    microsip.user.dial('1002');
    const second = watch();
    await second.started;
    await first.observer.stop();
    microsip.far.answer();
    await second.observer.refresh();
    assert.deepEqual(short(first.seen).slice(5), ['call 1002 dialing']);
    assert.deepEqual(short(second.seen).slice(5), ['call 1002 dialing', 'call 1002 connected']);
  });

  it('what was on its way when it stopped is not reported', async () => {
    const { observer, seen, started } = watch();
    await started;
    seen.length = 0;
    microsip.user.dial('1002');
    await observer.stop();
    await new Promise(setImmediate);
    assert.deepEqual(seen, []);
  });

  it('may be started again', async () => {
    const { observer, seen, started } = watch();
    await started;
    await observer.stop();
    microsip.user.dial('1002');
    await observer.start(hostOf((one) => seen.push(one)));
    microsip.far.ring();
    await observer.refresh();
    assert.deepEqual(short(seen).slice(5), [...short(seen).slice(0, 5), 'call 1002 dialing', 'call 1002 alerting']);
  });

  it('leaves no listener behind, and many are no leak', async () => {
    for (let count = 0; count < 20; count += 1) await watch().started;
    await Promise.all(observers.splice(0).map((observer) => observer.stop()));
    for (const name of ['presence', 'registration', 'mode'] as const) assert.equal(microsip.listenerCount(name), 0);
    assert.equal(microsip.calls.listenerCount('ended'), 0);
    assert.equal(microsip.calls.listenerCount('transferred'), 0);
  });
});
