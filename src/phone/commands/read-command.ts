import {
  APP_ACTIONS,
  AUDIO_ACTIONS,
  AUDIO_DEVICES,
  CONFERENCE_ACTIONS,
  DIAL_FORMATS,
  FEATURE_ACTIONS,
  FEATURES,
  HANGUP_SCOPES,
  HOLD_ACTIONS,
  REJECT_CODES,
  type Command,
  type RejectCode,
} from './command';
import { accountNumber } from '../guard/values/account-number';
import { audioLevel } from '../guard/values/audio-level';
import { callIdText } from '../guard/values/call-id';
import { PhoneError } from '../errors/phone-error';
import { shownValue } from '../errors/shown-value';

/** The fields that each command may have besides its `type`. */
const FIELDS = {
  dial: ['number', 'account', 'format'],
  answer: ['callId'],
  hangup: ['scope', 'rejectCode', 'callId'],
  dtmf: ['digits', 'callId'],
  transfer: ['number', 'callId'],
  hold: ['action', 'callId'],
  audio: ['device', 'action', 'level'],
  message: ['number', 'text'],
  app: ['action', 'account'],
  feature: ['feature', 'action', 'callId'],
  conference: ['action', 'callId'],
} as const satisfies Record<Command['type'], readonly string[]>;

export const COMMAND_TYPES = Object.keys(FIELDS) as Command['type'][];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The one door for commands: makes one of what a flow, a program or a network gave, or throws. What comes out is a new
 * object with known words only; numbers, digits and texts in it have guards of their own.
 * @throws PhoneError `config` for what is no command: unknown or missing words, unknown fields, values of the wrong kind
 */
export function readCommand(given: unknown): Command {
  const fields = ownFields(given);
  const type = word('type', fields['type'], COMMAND_TYPES);
  const known: readonly string[] = FIELDS[type];
  const unknown = Object.keys(fields).find((name) => name !== 'type' && !known.includes(name));
  if (unknown !== undefined) throw unknownField(unknown, type);
  const call = optional('callId', fields, callIdText);
  switch (type) {
    case 'dial':
      return {
        type,
        number: fields['number'],
        ...optional('account', fields, accountNumber),
        ...optional('format', fields, (value) => word('format', value, DIAL_FORMATS)),
      };
    case 'answer':
      return { type, ...call };
    case 'hangup':
      return {
        type,
        scope: word('scope', fields['scope'], HANGUP_SCOPES),
        ...optional('rejectCode', fields, rejectCode),
        ...call,
      };
    case 'dtmf':
      return { type, digits: fields['digits'], ...call };
    case 'transfer':
      return { type, number: fields['number'], ...call };
    case 'hold':
      return { type, action: word('action', fields['action'], HOLD_ACTIONS), ...call };
    case 'audio':
      return audioCommand(fields);
    case 'message':
      return { type, number: fields['number'], text: fields['text'] };
    case 'app':
      return appCommand(fields);
    case 'feature':
      return featureCommand(fields, call);
    case 'conference':
      return { type, action: word('action', fields['action'], CONFERENCE_ACTIONS), ...call };
  }
}

/** Each field is read once: what it would give the next time may be something else. */
function ownFields(given: unknown): Fields {
  try {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      const names = Reflect.ownKeys(given);
      const entries = names.map((name) => [String(name), Reflect.get(given, name) as unknown] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
  } catch {
    // A getter of a stranger's object threw.
  }
  throw new PhoneError('config', 'command');
}

function audioCommand(fields: Fields): Command {
  const action = word('action', fields['action'], AUDIO_ACTIONS);
  const level = action === 'set' ? { level: audioLevel(fields['level']) } : optional('level', fields, audioLevel);
  return { type: 'audio', device: word('device', fields['device'], AUDIO_DEVICES), action, ...level };
}

function appCommand(fields: Fields): Command {
  const action = word('action', fields['action'], APP_ACTIONS);
  const account = optional('account', fields, accountNumber);
  if (action === 'account' && account.account === undefined) throw new PhoneError('config', 'no_account');
  return { type: 'app', action, ...account };
}

function featureCommand(fields: Fields, call: { callId?: string }): Command {
  const feature = word('feature', fields['feature'], FEATURES);
  if (feature !== 'recording' && call.callId !== undefined) throw unknownField('callId', feature);
  return { type: 'feature', feature, action: word('action', fields['action'], FEATURE_ACTIONS), ...call };
}

function unknownField(name: string, command: string): PhoneError {
  return new PhoneError('config', 'field', { name: shownValue(name), command });
}

function rejectCode(value: unknown): RejectCode {
  const code = REJECT_CODES.find((one) => one === value || String(one) === value);
  if (code === undefined) throw unknownWord('rejectCode', value, REJECT_CODES);
  return code;
}

function word<W extends string>(name: string, value: unknown, words: readonly W[]): W {
  const found = words.find((one) => one === value);
  if (found !== undefined) return found;
  if (value === undefined) throw new PhoneError('config', 'missing', { name, possible: words.join(', ') });
  throw unknownWord(name, value, words);
}

function unknownWord(name: string, value: unknown, words: readonly (string | number)[]): PhoneError {
  return new PhoneError('config', 'word', { name, value: shownValue(value), possible: words.join(', ') });
}

function optional<N extends string, T>(name: N, fields: Fields, check: (value: unknown) => T): { [K in N]?: T } {
  return fields[name] === undefined ? {} : ({ [name]: check(fields[name]) } as { [K in N]?: T });
}
