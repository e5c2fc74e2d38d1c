import { createHmac, randomBytes } from 'node:crypto';

/**
 * - `word`: of this program, shown as it is.
 * - `number`: a telephone number or an address; a few of its last digits are left.
 * - `name`, `text`: only how long it is.
 * - `secret`: likewise, also where nothing else is masked.
 * - `path`: the ending of the file.
 * - `key`: what tells calls apart: something that is the same for the same within one run of the program.
 * - `call`: our own id of a call: how it begins.
 */
export type ValueKind = 'word' | 'number' | 'name' | 'text' | 'secret' | 'path' | 'key' | 'call';

/** Nobody who reads a trace can find out by trying which number a key was made of. */
const salt = randomBytes(16);

const MOST_DIGITS = 4;
const OWN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const FILE_NAME = /[^\\/]+\.[A-Za-z0-9]{1,4}$/;
const NUMBER = /^\+?[0-9*#\s().\-/]+$/;
const PASSWORD = /(password[:=]\s*)[^\s/;&]+/gi;

/** What a trace that is given to others shows of a value. */
export function masked(kind: ValueKind, value: string): string {
  switch (kind) {
    case 'word':
      return value;
    case 'number':
      return maskedNumber(value);
    case 'name':
      return `n(${value.length})`;
    case 'text':
      return `t(${value.length})`;
    case 'secret':
      return `s(${value.length})`;
    case 'path':
      // What the settings of files say when they name none.
      if (value === 'auto' || value === '') return value;
      return `p(${value.length})${FILE_NAME.exec(value)?.[0].replace(/^.*(?=\.)/, '*') ?? ''}`;
    case 'key':
      return `#${createHmac('sha256', salt).update(value).digest('hex').slice(0, 6)}`;
    case 'call':
      return OWN_ID.test(value) ? value.slice(0, 8) : masked('key', value);
  }
}

/** What a trace shows that stays with who asked for it: all but secrets. */
export function unmasked(kind: ValueKind, value: string): string {
  if (kind === 'secret') return masked(kind, value);
  return value.replace(PASSWORD, '$1***');
}

/** What comes behind a comma are digits for the other end, such as those of a voice mailbox. */
function maskedNumber(value: string): string {
  const [target = '', ...tail] = value.split(/[,;]/);
  const rest = tail.length > 0 ? `,s(${tail.join(',').length})` : '';
  const [user = '', host] = target.split('@');
  const scheme = /^(?:sips?|tel|callto):/i.exec(user)?.[0] ?? '';
  const behind = host === undefined ? '' : `@h(${host.length})`;
  return scheme.toLowerCase() + maskedUser(user.slice(scheme.length)) + behind + rest;
}

function maskedUser(user: string): string {
  if (!NUMBER.test(user)) return masked('name', user);
  const digits = user.replace(/[^0-9*#]/g, '');
  const shown = Math.min(MOST_DIGITS, Math.floor(digits.length / 2));
  return `…${shown > 0 ? digits.slice(-shown) : ''}`;
}
