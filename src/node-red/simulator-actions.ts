import { PhoneError } from '../phone/phone-error';
import type { SimulatedMicrosip } from '../simulator/simulated-microsip';
import type { PhoneService } from './phone-service';

interface ActionFields {
  action?: unknown;
  number?: unknown;
  name?: unknown;
  callId?: unknown;
  ms?: unknown;
  elsewhere?: unknown;
}

/** @returns the SIP Call-ID of the call that the action made, if it made one */
type Action = (microsip: SimulatedMicrosip, fields: ActionFields, sipCallId?: string) => string | undefined;

const DEFAULT_CALLER = '+4930123456';
const DEFAULT_HANG = 5000;

/** An action of the far end that concerns one call and makes none. */
const onCall =
  (play: (far: SimulatedMicrosip['far'], sipCallId: string | undefined, fields: ActionFields) => void): Action =>
  ({ far }, fields, sipCallId) => {
    play(far, sipCallId, fields);
    return undefined;
  };

const onPhone =
  (play: (microsip: SimulatedMicrosip, fields: ActionFields) => void): Action =>
  (microsip, fields) => {
    play(microsip, fields);
    return undefined;
  };

const ACTIONS: Record<string, Action> = {
  incoming: ({ far }, { number, name }) =>
    far.incoming({
      number: textOf(number) ?? DEFAULT_CALLER,
      ...(textOf(name) !== undefined && { name: textOf(name) ?? '' }),
    }),
  ring: onCall((far, id) => {
    far.ring(id);
  }),
  answer: onCall((far, id) => {
    far.answer(id);
  }),
  busy: onCall((far, id) => {
    far.busy(id);
  }),
  reject: onCall((far, id) => {
    far.reject(id);
  }),
  'no-answer': onCall((far, id) => {
    far.noAnswer(id);
  }),
  hangup: onCall((far, id, { elsewhere }) => {
    far.hangup(id, elsewhere === true);
  }),
  hold: onCall((far, id) => {
    far.hold(id);
  }),
  resume: onCall((far, id) => {
    far.resume(id);
  }),
  register: onPhone((microsip) => {
    microsip.register();
  }),
  unregister: onPhone((microsip) => {
    microsip.unregister();
  }),
  hang: onPhone((microsip, { ms }) => {
    microsip.hang(milliseconds(ms));
  }),
  crash: onPhone((microsip) => {
    microsip.crash();
  }),
  restart: onPhone((microsip) => {
    microsip.restart();
  }),
};

/**
 * Plays the far end of a simulated phone.
 * @param payload `{action, …}`, or the action alone as a text
 * @returns the id of the call that came in, if one did
 * @throws PhoneError `unsupported` for a phone that is not simulated, `config` for an unknown action, `no_call` when no
 * call fits
 */
export async function playFarEnd(service: PhoneService, payload: unknown): Promise<string | undefined> {
  const phone = service.requirePhone();
  const { simulated } = service;
  if (!simulated) throw new PhoneError('unsupported', 'not_simulated');
  const fields: ActionFields = typeof payload === 'object' && payload !== null ? payload : { action: payload };
  const name = textOf(fields.action) ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) {
    throw new PhoneError('config', 'action', { action: name, possible: Object.keys(ACTIONS).join(', ') });
  }
  const callId = textOf(fields.callId);
  const sipCallId = callId === undefined ? undefined : (phone.keyOf(callId) ?? callId);
  const made = action(simulated, fields, sipCallId);
  return made === undefined ? callId : await phone.callIdOf(made);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function milliseconds(value: unknown): number {
  if (value === undefined) return DEFAULT_HANG;
  const result = Number(textOf(value) ?? NaN);
  if (!(result >= 0 && result <= 600_000))
    throw new PhoneError('config', 'value', { name: 'ms', value: textOf(value) ?? '' });
  return result;
}
