import fc, { type Arbitrary } from 'fast-check';
import {
  CALL_STATES,
  CONFIDENCES,
  DIRECTIONS,
  DISPOSITIONS,
  ENDED_BY,
  HELD_BY,
  OPEN_CALL_STATES,
  PHONE_STATES,
  REGISTRATION_STATES,
  SOURCES,
  type Call,
  type CallState,
  type Registration,
} from '../../../src/phone/calls/call';
import type { ToldSnapshot } from '../../../src/messages/snapshot-json';
import type { CallQuality } from '../../../src/phone/calls/call-quality';
import type { Features } from '../../../src/phone/commands/command';
import type { Voicemail } from '../../../src/phone/voicemail';
import { ERROR_CODES } from '../../../src/phone/errors/phone-error';
import { CALL_EVENTS, type FinishedCall, type PhoneEvent } from '../../../src/phone/phone-event';
import { shownText } from '../../../src/phone/texts/shown-text';
import { validUri } from '../../../src/phone/texts/valid-uri';

// Whatever a phone may tell: each field that may be absent is absent now and then.

const oneOf = <T>(values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);

/** Texts as they leave the phone: in all scripts, with what a caller may put into a name. */
export const shown: Arbitrary<string> = fc
  .string({
    minLength: 1,
    unit: fc.oneof(fc.constantFrom('"', '\\', '<', '_', ' ', '{'), fc.string({ unit: 'binary' })),
  })
  .filter((text) => shownText(text) === text);

/** ms since 1970, up to the last one that ISO 8601 writes with four digits of the year. */
const time = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
const uri = fc
  .tuple(oneOf(['sip', 'sips']), shown, oneOf(['example.org', '192.0.2.1:5070', '[2001:db8::1]']))
  .map(([scheme, user, host]) => validUri(`${scheme}:${encodeURIComponent(user)}@${host}`))
  .filter((text) => text !== undefined && validUri(text) === text) as Arbitrary<string>;
const international = fc.bigInt({ min: 1n, max: 10n ** 15n }).map((number) => `+${String(number)}`);

const count = fc.nat();
const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
const ms = fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10);
const quality: Arbitrary<CallQuality> = fc
  .record(
    {
      ...{
        codec: shown,
        clockRate: count,
        rttMs: ms,
        mos: fc.integer({ min: 10, max: 45 }).map((tenths) => tenths / 10),
      },
      received: fc.record(
        { packets: count, lossPercent: percent, discardedPercent: percent, jitterMs: ms },
        { requiredKeys: [] },
      ),
      sent: fc.record({ packets: count, lossPercent: percent, jitterMs: ms }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .filter((known) => Object.keys(known).length > 0);

const audioState = fc.record(
  { muted: fc.boolean(), level: fc.integer({ min: 0, max: 100 }) },
  { requiredKeys: ['muted'] },
);
const audio = fc.record({ microphone: audioState, speaker: audioState });
const features: Arbitrary<Features> = fc.record(
  {
    ...{ dnd: fc.boolean(), autoAnswer: fc.boolean(), autoConference: fc.boolean() },
    ...{ forwarding: fc.boolean(), recording: fc.boolean() },
  },
  { requiredKeys: [] },
);
const voicemail: Arbitrary<Voicemail> = fc.record(
  { waiting: fc.boolean(), new: count, old: count, urgentNew: count, urgentOld: count, account: uri },
  { requiredKeys: ['waiting'] },
);

/** A call whose times do not run backwards. */
function withState<S extends CallState>(states: readonly S[]): Arbitrary<Call & { callState: S }> {
  return fc
    .record(
      {
        ...{ callId: fc.string({ minLength: 1, maxLength: 1000 }), callState: oneOf(states), startTime: time },
        ...{ sipCallId: shown, direction: oneOf(DIRECTIONS), answerTime: time, endTime: time },
        ...{ number: shown, name: shown, numberE164: international, uri, account: shown, diversion: shown },
        ...{ heldBy: oneOf(HELD_BY), transferredTo: shown, endedBy: oneOf(ENDED_BY) },
        ...{ disposition: oneOf(DISPOSITIONS), sipStatus: fc.integer({ min: 100, max: 699 }), sipReason: shown },
        ...{ hangupCause: shown, hangupCauseCode: fc.integer({ min: 1, max: 487 }) },
        ...{ nameSource: fc.constant('contacts' as const), quality, recording: shown },
      } satisfies { [K in keyof Required<Call>]: Arbitrary<Call[K]> },
      { requiredKeys: ['callId', 'callState', 'startTime'] },
    )
    .map((call) => {
      const [startTime = 0, answerTime, endTime] = [call.startTime, call.answerTime, call.endTime]
        .filter((one) => one !== undefined)
        .sort((a, b) => a - b);
      return {
        ...call,
        startTime,
        ...(call.answerTime !== undefined && { answerTime }),
        ...(call.endTime !== undefined && { endTime: endTime ?? answerTime }),
      };
    });
}

const registration: Arbitrary<Registration> = fc.record(
  { state: oneOf(REGISTRATION_STATES), sipStatus: fc.integer({ min: 100, max: 699 }), text: shown },
  { requiredKeys: ['state'] },
);

const circumstances = fc.record(
  {
    ...{ time, state: oneOf(PHONE_STATES), previousState: oneOf(PHONE_STATES) },
    ...{ source: oneOf(SOURCES), confidence: oneOf(CONFIDENCES), registration },
  },
  { requiredKeys: ['time', 'state', 'previousState', 'source', 'confidence'] },
);

export const events: Arbitrary<PhoneEvent> = fc
  .tuple(
    circumstances,
    fc.oneof(
      fc.record({ event: oneOf(CALL_EVENTS.filter((name) => name !== 'ended')), call: withState(CALL_STATES) }),
      fc.record({ event: fc.constant('ended' as const), call: withState(['ended']) }),
      fc.record({ event: fc.constant('registration' as const), registration }),
      fc.record({ event: oneOf(['phone_online', 'phone_offline'] as const) }),
      fc.record({ event: fc.constant('features' as const), features }),
      fc.record({ event: fc.constant('audio' as const), audio }),
      fc.record({ event: fc.constant('voicemail' as const), voicemail }),
      fc.record({ event: fc.constant('problem' as const) }),
      fc.record(
        { event: fc.constant('problem' as const), problem: oneOf(ERROR_CODES), problemText: shown },
        { requiredKeys: ['event', 'problem'] },
      ),
    ),
  )
  .map(([around, subject]) => ({ ...around, ...subject }));

export const snapshots: Arbitrary<ToldSnapshot> = fc.record(
  {
    ...{ time, state: oneOf(PHONE_STATES), calls: fc.array(withState(OPEN_CALL_STATES), { maxLength: 4 }) },
    ...{ problem: oneOf(ERROR_CODES), problemText: shown, registration, audio, features, voicemail },
  },
  { requiredKeys: ['time', 'state', 'calls'] },
);

/** A duration of its own has only a call that has no times to tell it by. */
export const finishedCalls: Arbitrary<FinishedCall> = fc
  .record(
    {
      ...{
        call: withState(['ended']),
        duration: fc.integer({ min: 1, max: 100_000 }),
        rang: fc.boolean(),
        info: shown,
      },
      ...{ replayed: fc.boolean(), source: oneOf(SOURCES), confidence: oneOf(CONFIDENCES) },
    },
    { requiredKeys: ['call', 'replayed', 'source', 'confidence'] },
  )
  .filter(({ call, duration }) => duration === undefined || call.answerTime === undefined);
