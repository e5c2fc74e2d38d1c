import assert from 'node:assert/strict';
import type { PhoneEvent } from '../../../../src/phone/phone-event';

/** The promises of the call tracker, whatever was seen. @throws AssertionError naming the one that is broken */
export function checkPromises(events: readonly PhoneEvent[], { allEnded = true } = {}): void {
  const lives = new Map<string, string[]>();
  let last = 0;
  for (const { time, call, event } of events) {
    assert.ok(time >= last, 'time runs backwards');
    last = time;
    if (!call) continue;
    const life = lives.get(call.callId) ?? [];
    if (event !== 'transferred') lives.set(call.callId, [...life, event]);
    const { startTime, answerTime = startTime, endTime = answerTime } = call;
    assert.ok(startTime <= answerTime && answerTime <= endTime, 'the times of a call run backwards');
  }
  for (const life of lives.values()) {
    assert.match(
      life.join(' '),
      allEnded
        ? /^(incoming|outgoing)( alerting)?( answered( held resumed)*( held)?)? ended$/
        : /^(incoming|outgoing)( alerting)?( answered( held resumed)*( held)?)?( ended)?$/,
      'a call has to begin once, go forward, and end once',
    );
  }
}

export function checkStatesJoin(events: readonly PhoneEvent[]): void {
  let state = 'offline';
  for (const event of events) {
    assert.equal(event.previousState, state, 'states do not join');
    state = event.state;
  }
}
