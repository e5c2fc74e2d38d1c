import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/clock';
import type { CallFacts } from '../../../../src/phone/calls/call';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { Observer, ObserverHost } from '../../../../src/phone/ports/observer';
import type { FinishedCall, PhoneEvent } from '../../../../src/phone/phone-event';
import { LocalPhone } from '../../../../src/phone/local-phone';
import { e164Formatter } from '../../../../src/phone/numbers/e164';
import { sameNumber } from '../../../../src/phone/numbers/same-number';

const SOURCES = ['simulator', 'log', 'hooks', 'notification', 'window', 'status', 'history'] as const;
const NASTY = `\u202e+49\u000030\r\n${'1'.repeat(4096)}\u001b[31m\ud800`;
const e164 = e164Formatter('');

async function watched(): Promise<{
  phone: LocalPhone;
  host: ObserverHost;
  events: PhoneEvent[];
  finished: FinishedCall[];
}> {
  let host: ObserverHost | undefined;
  const observer: Observer = {
    start: (started) => {
      host = started;
      return Promise.resolve();
    },
    refresh: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  let calls = 0;
  const phone = new LocalPhone(
    { source: 'log', observers: [observer] },
    {
      timeout: 1000,
      rules: { allow: [], deny: [] },
      format: (target) => target,
      clock: systemClock,
      nextCallId: () => `call-${(calls += 1)}`,
      e164,
      sameNumber: (one, other) => sameNumber(one, other, e164),
    },
  );
  const events: PhoneEvent[] = [];
  const finished: FinishedCall[] = [];
  phone.on('event', (event) => events.push(event));
  phone.on('finished', (call) => finished.push(call));
  await phone.open();
  assert.ok(host);
  return { phone, host, events, finished };
}

/** All texts in what is told. */
function texts(told: unknown): string[] {
  if (typeof told === 'string') return [told];
  return typeof told === 'object' && told !== null ? Object.values(told).flatMap(texts) : [];
}

function assertShown(told: unknown): void {
  for (const text of texts(told)) {
    assert.ok(text.length > 0 && text.length <= 255, `${text.length} characters`);
    assert.doesNotMatch(text, /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e]/u);
  }
}

describe('what a caller chose to be', () => {
  let phone: LocalPhone;
  let host: ObserverHost;
  const see = (seen: Observation): void => {
    host.report(seen);
  };
  let events: PhoneEvent[];
  let finished: FinishedCall[];
  beforeEach(async () => ({ phone, host, events, finished } = await watched()));
  afterEach(() => phone.close());

  const facts: Required<Omit<CallFacts, 'nameSource' | 'numberE164' | 'phoneContext'>> = {
    sipCallId: NASTY,
    number: NASTY,
    name: NASTY,
    uri: `sip:${NASTY}@h`,
    account: NASTY,
    diversion: NASTY,
  };

  for (const source of SOURCES) {
    it(`deceives and floods nobody, through ${source}`, () => {
      const time = Date.now();
      see({ type: 'presence', time, source, presence: 'ready' });
      see({ type: 'registration', time, source, registration: { state: 'failed', text: NASTY } });
      see({ type: 'call', time, source, key: 'a', direction: 'inbound', state: 'ringing', facts });
      see({ type: 'call', time, source, key: 'a', direction: 'inbound', state: 'connected', facts });
      see({ type: 'call_transferred', time, source, key: 'a', target: NASTY });
      see({ type: 'call_ended', time, source, key: 'a', ending: { sipStatus: 486, sipReason: NASTY } });
      see({ type: 'call_refused', time, source, key: 'b', facts, began: time, ending: { sipReason: NASTY } });
      host.finished({
        call: { callId: 'c', ...facts, callState: 'ended', startTime: time, sipReason: NASTY, transferredTo: NASTY },
        info: NASTY,
        replayed: true,
        source,
        confidence: 'inferred',
      });
      assert.deepEqual(
        events.map(({ event }) => event),
        ['phone_online', 'registration', 'incoming', 'answered', 'transferred', 'ended'],
      );
      assert.equal(finished.length, 3);
      assertShown([events, finished, phone.snapshot(), phone.knownCalls()]);
      const [ended, refused, historic] = finished.map(({ call }) => call);
      for (const call of [ended, refused, historic]) {
        assert.ok(call);
        assert.ok(call.number?.startsWith('+4930 111'));
        assert.equal(call.name, call.number);
        assert.equal(call.sipReason, call.number);
        assert.deepEqual([call.uri, call.sipCallId], [undefined, undefined], 'half of these would be another one');
      }
      assert.equal(ended?.transferredTo, ended?.number);
    });

    it(`is kept when it is a name in any script, and a number with parameters, through ${source}`, () => {
      const time = Date.now();
      const name = 'محمد 山田 Zoe\u0301 👨‍👩‍👧';
      see({ type: 'presence', time, source, presence: 'ready' });
      const one = { number: '+15145550100;verstat=TN-Validation-Passed', name, uri: 'sip:+15145550100@h' };
      const other = { number: '030123456;phone-context=+49', diversion: '<sip:+15145550100;cpc=x@h>;reason=x' };
      see({ type: 'call', time, source, key: 'a', direction: 'inbound', state: 'ringing', facts: one });
      see({ type: 'call', time, source, key: 'b', direction: 'inbound', state: 'ringing', facts: other });
      const [first, second] = events.slice(1).map(({ call }) => call);
      assert.deepEqual(
        [first?.number, first?.numberE164, first?.name, first?.uri],
        ['+15145550100', '+15145550100', name, 'sip:+15145550100@h'],
      );
      assert.deepEqual(
        [second?.number, second?.numberE164, second?.diversion],
        ['030123456', '+4930123456', '+15145550100'],
      );
      see({ type: 'call', time, source, key: 'b', direction: 'inbound', state: 'connected', facts: {} });
      assert.equal(events.at(-1)?.call?.numberE164, '+4930123456');
    });
  }

  it('is absent when nothing is left of it', () => {
    const time = Date.now();
    const empty = Object.fromEntries(Object.keys(facts).map((name) => [name, '\u202e\u0000 ']));
    see({ type: 'presence', time, source: 'hooks', presence: 'ready' });
    see({ type: 'call', time, source: 'hooks', key: 'a', direction: 'inbound', state: 'ringing', facts: empty });
    const { callId, direction, callState, startTime, ...rest } = events.at(-1)?.call ?? {};
    assert.deepEqual([callId, direction, callState, typeof startTime], ['call-1', 'inbound', 'ringing', 'number']);
    assert.deepEqual(rest, {});
  });
});
