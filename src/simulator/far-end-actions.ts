import { AUDIO_DEVICES, FEATURES } from '../phone/commands/command';
import { PhoneError } from '../phone/errors/phone-error';
import { shownValue } from '../phone/errors/shown-value';
import { audioLevel } from '../phone/guard/values/audio-level';
import type { LocalPhone } from '../phone/local-phone';
import { validUri } from '../phone/texts/valid-uri';
import type { Voicemail } from '../phone/voicemail';
import { givenText } from './calls/given-text';
import { DO_NOT_DISTURB } from './calls/incoming-checks';
import type { PlayedNetwork } from './played-microsip';
import type { SimulatedMicrosip } from './simulated-microsip';

/** A phone whose far end may be played, if it is a simulated one. */
export interface PlayedPhone {
  simulated?: SimulatedMicrosip | undefined;
  local?: LocalPhone | undefined;
}

/** All fields that an action may have. */
export const ACTION_FIELDS = [
  'action',
  'number',
  'name',
  'callId',
  'ms',
  'title',
  'device',
  'muted',
  'level',
  'elsewhere',
  'waiting',
  'new',
  'old',
  'urgentNew',
  'urgentOld',
  'account',
  'feature',
  'on',
  'lossPercent',
  'discardedPercent',
  'jitterMs',
  'sentLossPercent',
  'sentJitterMs',
  'rttMs',
  'packets',
  'codec',
  'clockRate',
] as const;

type ActionFields = Partial<Record<(typeof ACTION_FIELDS)[number], unknown>>;

/** @returns the SIP Call-ID of the call that the action made, if it made one */
type Action = (microsip: SimulatedMicrosip, fields: ActionFields, sipCallId?: string) => string | undefined;

const DEFAULT_CALLER = '+4930123456';
const DEFAULT_HANG = 5000;
/** As RFC 3842 counts. */
const MOST_MESSAGES = 0xffff_ffff;
/** PJSIP counts packets so far. */
const MOST_PACKETS = 0x7fff_ffff;
const LONGEST_DELAY = 60_000;
/** Hz */
const HIGHEST_RATE = 192_000;
const WHOLE: ReadonlySet<string> = new Set(['packets', 'clockRate']);
/** As SDP names them. */
const CODEC = /^[\w.+-]{1,32}$/;

/** An action of the far end that concerns one call and makes none. */
const onCall =
  (play: 'ring' | 'answer' | 'busy' | 'reject' | 'noAnswer' | 'hold' | 'resume'): Action =>
  ({ far }, _fields, sipCallId) => {
    far[play](sipCallId);
    return undefined;
  };

const onPhone =
  (play: 'register' | 'unregister' | 'expire' | 'crash' | 'restart'): Action =>
  (microsip) => {
    microsip[play]();
    return undefined;
  };

const ACTIONS: Record<string, Action> = {
  incoming: ({ far }, fields) => {
    const name = optionalText('name', fields.name);
    return far.incoming({
      number: optionalText('number', fields.number) ?? DEFAULT_CALLER,
      ...(name !== undefined && { name }),
    });
  },
  ring: onCall('ring'),
  answer: onCall('answer'),
  busy: onCall('busy'),
  reject: onCall('reject'),
  'no-answer': onCall('noAnswer'),
  hangup: ({ far }, { elsewhere }, sipCallId) => {
    if (elsewhere !== undefined && typeof elsewhere !== 'boolean') throw wrongValue('elsewhere', elsewhere);
    far.hangup(sipCallId, elsewhere === true);
    return undefined;
  },
  hold: onCall('hold'),
  resume: onCall('resume'),
  register: onPhone('register'),
  unregister: onPhone('unregister'),
  voicemail: (microsip, fields) => {
    microsip.notifyVoicemail(voicemailOf(fields));
    return undefined;
  },
  feature: (microsip, { feature, on = true }) => {
    const known = FEATURES.find((one) => one === feature);
    if (known === undefined) throw wrongValue('feature', feature);
    if (typeof on !== 'boolean') throw wrongValue('on', on);
    microsip.user.setFeature(known, on);
    return undefined;
  },
  'single-call-mode': (microsip, { on = true }) => {
    if (typeof on !== 'boolean') throw wrongValue('on', on);
    microsip.chooseSingleMode(on);
    return undefined;
  },
  network: ({ far }, fields) => {
    far.network(networkOf(fields));
    return undefined;
  },
  hang: (microsip, { ms }) => {
    microsip.hang(milliseconds(ms));
    return undefined;
  },
  audio: (microsip, { device, muted, level }) => {
    const known = AUDIO_DEVICES.find((one) => one === device);
    if (known === undefined) throw wrongValue('device', device);
    if (muted !== undefined && typeof muted !== 'boolean') throw wrongValue('muted', muted);
    microsip.user.setAudio(known, {
      ...(muted !== undefined && { muted }),
      ...(level !== undefined && { level: audioLevel(level) }),
    });
    return undefined;
  },
  box: (microsip, { title }) => {
    if (title !== undefined && typeof title !== 'string') throw wrongValue('title', title);
    microsip.showBox(title);
    return undefined;
  },
  'close-box': ({ user }) => {
    user.closeBox();
    return undefined;
  },
  expire: onPhone('expire'),
  crash: onPhone('crash'),
  restart: onPhone('restart'),
};

/**
 * Plays the far end of a simulated phone.
 * @param payload `{action, …}`, or the action alone as a text
 * @returns the id of the call that came in, if one did
 * @throws PhoneError `unsupported` for a phone that is not simulated, `config` for an unknown action, `no_call` when no
 * call fits, `line_busy` when MicroSIP refuses the caller
 */
export async function playFarEnd({ simulated, local }: PlayedPhone, payload: unknown): Promise<string | undefined> {
  if (!simulated || !local) throw new PhoneError('unsupported', 'not_simulated');
  const fields: ActionFields = typeof payload === 'object' && payload !== null ? payload : { action: payload };
  const name = textOf(fields.action) ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) {
    throw new PhoneError('config', 'action', {
      action: shownValue(fields.action ?? ''),
      possible: Object.keys(ACTIONS).join(', '),
    });
  }
  const callId = optionalText('callId', fields.callId);
  const sipCallId = callId === undefined ? undefined : (local.keyOf(callId) ?? callId);
  const made = action(simulated, fields, sipCallId);
  if (made === undefined) return callId;
  const began = await local.callIdOf(made);
  // A flow that went on would do to some other call what it means for this one.
  const refusal = simulated.journal.refusalOf(made);
  if (refusal === DO_NOT_DISTURB) throw new PhoneError('line_busy', 'do_not_disturb');
  if (refusal !== undefined) throw new PhoneError('line_busy', 'caller');
  return began;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What is neither text nor number must not pass for one that is missing: something else would be played. */
function optionalText(name: string, value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : givenText(name, value) || undefined;
}

/** Without a word about new messages there is one, unless it is said that none waits. */
function voicemailOf({ waiting, account, ...fields }: ActionFields): Voicemail {
  if (waiting !== undefined && typeof waiting !== 'boolean') throw wrongValue('waiting', waiting);
  const count = (name: 'new' | 'old' | 'urgentNew' | 'urgentOld', otherwise: number): number => {
    const value = Number(textOf(fields[name]) ?? (fields[name] === undefined ? otherwise : NaN));
    if (!(Number.isInteger(value) && value >= 0 && value <= MOST_MESSAGES)) throw wrongValue(name, fields[name]);
    return value;
  };
  const fresh = count('new', waiting === false ? 0 : 1);
  const owner = validUri(textOf(account));
  if (account !== undefined && owner === undefined) throw wrongValue('account', account);
  return {
    waiting: waiting ?? fresh > 0,
    new: fresh,
    old: count('old', 0),
    urgentNew: count('urgentNew', 0),
    urgentOld: count('urgentOld', 0),
    ...(owner !== undefined && { account: owner }),
  };
}

/** With `rttMs` null the far end never reports what it received. */
function networkOf({ rttMs, codec, ...fields }: ActionFields): Partial<PlayedNetwork> {
  const figure = (name: keyof typeof fields & keyof PlayedNetwork, most: number): Partial<PlayedNetwork> => {
    if (fields[name] === undefined) return {};
    const value = Number(textOf(fields[name]) ?? NaN);
    if (!(value >= 0 && value <= most) || (WHOLE.has(name) && !Number.isInteger(value)))
      throw wrongValue(name, fields[name]);
    return { [name]: value };
  };
  const roundTrip = rttMs === undefined || rttMs === null ? undefined : Number(textOf(rttMs) ?? NaN);
  if (roundTrip !== undefined && !(roundTrip >= 0 && roundTrip <= LONGEST_DELAY)) throw wrongValue('rttMs', rttMs);
  if (codec !== undefined && !(typeof codec === 'string' && CODEC.test(codec))) throw wrongValue('codec', codec);
  return {
    ...figure('lossPercent', 100),
    ...figure('discardedPercent', 100),
    ...figure('jitterMs', LONGEST_DELAY),
    ...figure('sentLossPercent', 100),
    ...figure('sentJitterMs', LONGEST_DELAY),
    ...figure('packets', MOST_PACKETS),
    ...figure('clockRate', HIGHEST_RATE),
    ...(rttMs !== undefined && { rttMs: roundTrip }),
    ...(codec !== undefined && { codec }),
  };
}

function milliseconds(value: unknown): number {
  if (value === undefined) return DEFAULT_HANG;
  const result = Number(textOf(value) ?? NaN);
  if (!(result >= 0 && result <= 600_000)) throw wrongValue('ms', value);
  return result;
}

function wrongValue(name: string, value: unknown): PhoneError {
  return new PhoneError('config', 'value', { name, value: shownValue(value) });
}
