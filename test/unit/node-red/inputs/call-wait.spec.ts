import assert from 'node:assert/strict';
import type { Call, PhoneState } from '../../../../src/phone/calls/call';
import type { PhoneSnapshot } from '../../../../src/phone/phone';
import type { CallEventName, EventCircumstances, PhoneEvent } from '../../../../src/phone/phone-event';
import { CallWait, type WaitOutcome, type WatchedPhone } from '../../../../src/node-red/inputs/call-wait';

const LONG = 60_000;

/** A phone that is what a test says it is. */
class FakePhone implements WatchedPhone {
  now: PhoneSnapshot = { presence: 'ready', time: 0, state: 'idle', calls: [] };
  finishOpening: () => void = () => undefined;
  private readonly listeners = new Set<(event: PhoneEvent) => void>();
  private readonly opening = new Promise<void>((resolve) => {
    this.finishOpening = resolve;
  });

  snapshot(): PhoneSnapshot {
    return this.now;
  }

  opened(): Promise<void> {
    return this.opening;
  }

  onEvent(listener: (event: PhoneEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get listening(): number {
    return this.listeners.size;
  }

  happen(event: CallEventName, state: PhoneState, call: Call): void {
    this.tell({ ...this.circumstances(state), event, call });
  }

  come(state: PhoneState): void {
    this.tell({ ...this.circumstances(state), event: 'phone_online' });
  }

  register(state: PhoneState): void {
    this.tell({ ...this.circumstances(state), event: 'registration', registration: { state: 'registered' } });
  }

  private circumstances(state: PhoneState): EventCircumstances {
    return { state, previousState: 'idle', time: 1, source: 'window', confidence: 'exact' };
  }

  private tell(event: PhoneEvent): void {
    this.now = { ...this.now, state: event.state };
    for (const listener of this.listeners) listener(event);
  }
}

const call = (callId: string, callState: Call['callState'], more: Partial<Call> = {}): Call => ({
  callId,
  callState,
  startTime: 1,
  ...more,
});

describe('call wait', () => {
  let phone: FakePhone;
  let wait: CallWait;
  const until = (words: string[], timeout = LONG): CallWait => {
    wait = new CallWait(phone, { until: new Set(words), timeout });
    return wait;
  };
  /** The outcome, or `waiting`. */
  const now = (outcome: Promise<WaitOutcome | undefined>): Promise<WaitOutcome | undefined | 'waiting'> =>
    Promise.race([outcome, new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))]);

  beforeEach(() => {
    phone = new FakePhone();
  });
  afterEach(() => {
    wait.cancel();
    assert.equal(phone.listening, 0);
  });

  it('takes the events that came before the id of the dialled call was known', async () => {
    until(['answered']);
    phone.happen('outgoing', 'dialing', call('a', 'dialing'));
    phone.happen('answered', 'connected', call('b', 'connected'));
    phone.happen('answered', 'connected', call('a', 'connected'));
    phone.happen('ended', 'idle', call('a', 'ended'));
    assert.deepEqual(await now(wait.forDialledCall('a')), { reached: true, call: call('a', 'connected') });
  });

  it('a dialled call that nobody has seen has not ended', async () => {
    const outcome = until(['answered'], 20).forDialledCall('a');
    assert.equal(await now(outcome), 'waiting');
    assert.deepEqual(await outcome, { reached: false });
  });

  it('a named call: states of the phone are not its own', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'connected', calls: [call('b', 'connected'), call('a', 'held')] };
    const outcome = until(['connected']).forCall('a');
    assert.equal(await now(outcome), 'waiting');
    phone.happen('held', 'held', call('b', 'held'));
    assert.equal(await now(outcome), 'waiting');
    phone.happen('resumed', 'connected', call('a', 'connected'));
    assert.deepEqual(await now(outcome), { reached: true, call: call('a', 'connected') });
  });

  it('a named call: the end of another one does not matter', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'ringing', calls: [call('b', 'ringing'), call('a', 'held')] };
    const outcome = until(['connected']).forCall('a');
    phone.happen('ended', 'held', call('b', 'ended'));
    assert.equal(await now(outcome), 'waiting');
    phone.happen('ended', 'idle', call('a', 'ended'));
    assert.deepEqual(await now(outcome), { reached: false, call: call('a', 'ended') });
  });

  it('a named call: "idle" is about the phone', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'connected', calls: [call('a', 'connected')] };
    const outcome = until(['idle']).forCall('a');
    phone.happen('ended', 'idle', call('a', 'ended'));
    assert.deepEqual(await now(outcome), { reached: true, call: call('a', 'ended') });
  });

  it('any call: the end of the one that was current is the end', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'ringing', calls: [call('b', 'ringing'), call('a', 'held')] };
    const outcome = until(['transferred']).forAnyCall();
    phone.happen('ended', 'ringing', call('a', 'ended'));
    assert.equal(await now(outcome), 'waiting');
    phone.happen('ended', 'idle', call('b', 'ended'));
    assert.deepEqual(await now(outcome), { reached: false, call: call('b', 'ended') });
  });

  for (const word of ['incoming', 'outgoing', 'registration', 'phone_online', 'phone_offline', 'offline']) {
    it(`any call: "${word}" can come after the end of the current call`, async () => {
      phone.now = { presence: 'ready', time: 0, state: 'held', calls: [call('a', 'held')] };
      const outcome = until([word, 'connected']).forAnyCall();
      phone.happen('ended', 'idle', call('a', 'ended'));
      assert.equal(await now(outcome), 'waiting');
    });
  }

  it('an event of the phone is told with the current call', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'held', calls: [call('a', 'held')] };
    const outcome = until(['registration']).forAnyCall();
    phone.register('held');
    assert.deepEqual(await now(outcome), { reached: true, call: call('a', 'held') });
  });

  it('a phone that is being opened is not offline yet', async () => {
    phone.now = { presence: 'opening', time: 0, state: 'offline', calls: [] };
    const outcome = until(['offline']).forAnyCall();
    assert.equal(await now(outcome), 'waiting');
    phone.now = { presence: 'absent', time: 0, state: 'offline', calls: [] };
    phone.finishOpening();
    assert.deepEqual(await outcome, { reached: true });
  });

  it('what happens while the phone is being opened counts', async () => {
    phone.now = { presence: 'opening', time: 0, state: 'offline', calls: [] };
    const outcome = until(['phone_online']).forAnyCall();
    phone.come('idle');
    assert.deepEqual(await now(outcome), { reached: true });
  });

  it('the timeout also ends the waiting for a phone that never opens', async () => {
    phone.now = { presence: 'opening', time: 0, state: 'offline', calls: [] };
    assert.deepEqual(await until(['idle'], 10).forCall('a'), { reached: false });
  });

  it('with the timeout comes the call as it stands then', async () => {
    phone.now = { presence: 'ready', time: 0, state: 'ringing', calls: [call('b', 'ringing')] };
    const outcome = until(['answered'], 10).forAnyCall();
    phone.now = {
      presence: 'ready',
      time: 0,
      state: 'ringing',
      calls: [call('c', 'ringing'), call('b', 'ringing', { name: 'Ada' })],
    };
    assert.deepEqual(await outcome, { reached: false, call: call('b', 'ringing', { name: 'Ada' }) });
  });

  it('with the timeout comes the call as it was told last, when nobody can see the phone', async () => {
    const outcome = until(['answered'], 10).forDialledCall('a');
    phone.happen('outgoing', 'dialing', call('a', 'dialing'));
    phone.happen('outgoing', 'dialing', call('b', 'dialing'));
    phone.now = { presence: 'absent', time: 0, state: 'offline', calls: [] };
    assert.deepEqual(await outcome, { reached: false, call: call('a', 'dialing') });
  });

  it('is cancelled without an outcome, also before it has begun', async () => {
    const outcome = until(['answered']).forAnyCall();
    wait.cancel();
    assert.equal(await outcome, undefined);
    until(['answered']).cancel();
    phone.happen('answered', 'connected', call('a', 'connected'));
    assert.equal(await wait.forDialledCall('a'), undefined);
  });
});
