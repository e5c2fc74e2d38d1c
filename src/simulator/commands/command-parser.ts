export type AudioDevice = 'microphone' | 'speaker';
export type AudioAction = 'mute' | 'unmute' | 'toggle' | 'up' | 'down';

/** What MicroSIP makes of a text that reaches it (docs/microsip/interface.md#2.2 to #2.5). */
export type ParsedText =
  | { kind: 'nothing' }
  | { kind: 'answer' | 'hangupall' | 'hangupincoming' | 'hangupcalling' | 'hold' | 'minimize' }
  | { kind: 'dtmf'; digits: string }
  | { kind: 'transfer'; target: string }
  | { kind: 'audio'; device: AudioDevice; action: AudioAction }
  | { kind: 'memory_password' }
  /** `rest` is what is left when such an account exists, or when the number is not above 0. */
  | { kind: 'account'; account: number; password: boolean; rest: ParsedText }
  /** Everything else, also an empty text: it clears a dial that waits. */
  | { kind: 'dial'; text: string };

const AUDIO_DEVICES = { mic: 'microphone', speak: 'speaker' } as const;
const AUDIO_ACTIONS = { mute: 'mute', unmute: 'unmute', muteclick: 'toggle', up: 'up', down: 'down' } as const;
const AUDIO_WORD = /^(mic|speak)(mute|unmute|muteclick|up|down)$/;

/** Everything that is no command is dialled: typing errors, whole sentences, unknown slash commands. */
export function parseText(raw: string): ParsedText {
  let text = trimBlanks(raw);
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) text = text.slice(1, -1);
  if (text === '') return { kind: 'nothing' };
  if (!text.startsWith('msip:')) return parseDialText(text);
  const word = text.slice('msip:'.length);
  if (word === '') return { kind: 'nothing' };
  return msipWord(word) ?? parseDialText(word);
}

/**
 * The number and the instant message in a text to dial (docs/microsip/interface.md#2.6); undefined when nothing is left
 * to dial.
 */
export function splitDialText(text: string): { number: string; message: string } | undefined {
  const blank = text.indexOf(' ');
  const message = blank < 0 ? '' : trimBlanks(text.slice(blank + 1));
  const coded = blank < 0 ? text : text.slice(0, blank);
  const number = trimBlanks(coded.replaceAll('%20', ' ').replaceAll('%2B', '+'));
  return number === '' ? undefined : { number, message };
}

function msipWord(word: string): ParsedText | undefined {
  if (word === 'minimize' || word === 'answer' || word === 'hangupall' || word === 'hold') return { kind: word };
  if (isLonger(word, 'transfer_')) return { kind: 'transfer', target: word.slice('transfer_'.length) };
  const [, device, action] = AUDIO_WORD.exec(word) ?? [];
  if (device === undefined) return undefined;
  return {
    kind: 'audio',
    device: AUDIO_DEVICES[device as keyof typeof AUDIO_DEVICES],
    action: AUDIO_ACTIONS[action as keyof typeof AUDIO_ACTIONS],
  };
}

function parseDialText(raw: string): ParsedText {
  let text = raw.replace(/^(tel|sip|callto|dialpad|dial):/i, '');
  if (text.startsWith('//')) text = text.slice(2).replace(/\/$/, '');
  return text.includes('/account:') ? parseAccount(text) : parseSlash(text);
}

function parseSlash(text: string): ParsedText {
  switch (text) {
    case '/answer':
      return { kind: 'answer' };
    case '/hangupall':
      return { kind: 'hangupall' };
    case '/hangupincoming':
      return { kind: 'hangupincoming' };
    case '/hangupcalling':
      return { kind: 'hangupcalling' };
  }
  if (isLonger(text, '/dtmf:')) return { kind: 'dtmf', digits: text.slice('/dtmf:'.length) };
  if (isLonger(text, '/transfer:')) return { kind: 'transfer', target: text.slice('/transfer:'.length) };
  if (text.startsWith('/password:')) return { kind: 'memory_password' };
  return { kind: 'dial', text };
}

function parseAccount(text: string): ParsedText {
  const start = text.indexOf('/account:');
  const blank = text.indexOf(' ', start);
  const end = blank < 0 ? text.length : blank;
  return {
    kind: 'account',
    account: Number.parseInt(text.slice(start + '/account:'.length, end), 10) || 0,
    password: text.includes('/password:'),
    rest: parseSlash(withoutAccount(text, start, end)),
  };
}

/**
 * MicroSIP cuts one character too much at the end of the text, and too much behind the switch in the middle of it
 * (docs/microsip/interface.md#2.5, which does not say how much: as if the end were counted from the beginning of the
 * text).
 */
function withoutAccount(text: string, start: number, end: number): string {
  if (end === text.length) return text.slice(0, Math.max(start - 1, 0));
  return text.slice(0, start) + text.slice(start + end + 1);
}

function isLonger(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && text.length > prefix.length;
}

/** Blanks alone, one by one: a pattern would look at each run of them again and again. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return text.slice(start, end);
}
