/** What MicroSIP makes of a text that reaches it (interface document, sections 2.2 to 2.6). */
export type ParsedText =
  | { kind: 'nothing' }
  | { kind: 'answer' | 'hangupall' | 'hangupincoming' | 'hangupcalling' | 'hold' | 'minimize' }
  | { kind: 'dtmf'; digits: string }
  | { kind: 'transfer'; target: string }
  | { kind: 'audio'; device: 'microphone' | 'speaker'; action: 'mute' | 'unmute' | 'toggle' | 'up' | 'down' }
  | { kind: 'memory_password' }
  | { kind: 'account_password'; account: number }
  /** Switches the account, then goes on with the text that is left. */
  | { kind: 'account'; account: number; rest: ParsedText }
  | { kind: 'dial'; number: string }
  | { kind: 'message'; number: string; text: string };

type AudioAction = Extract<ParsedText, { kind: 'audio' }>['action'];

const AUDIO_WORDS: Record<string, AudioAction> = {
  mute: 'mute',
  unmute: 'unmute',
  muteclick: 'toggle',
  up: 'up',
  down: 'down',
};

/** Everything that is no command is dialled: typing errors, whole sentences, unknown slash commands. */
export function parseText(raw: string): ParsedText {
  let text = trimBlanks(raw);
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) text = text.slice(1, -1);
  if (text === '') return { kind: 'nothing' };
  if (text.startsWith('msip:')) {
    const word = text.slice('msip:'.length);
    if (word === '') return { kind: 'nothing' };
    return msipWord(word) ?? parseDialText(word);
  }
  return parseDialText(text);
}

function msipWord(word: string): ParsedText | undefined {
  if (word === 'minimize' || word === 'answer' || word === 'hangupall' || word === 'hold') return { kind: word };
  if (word.startsWith('transfer_')) return { kind: 'transfer', target: word.slice('transfer_'.length) };
  const audio = /^(mic|speak)(.+)$/.exec(word);
  const action = audio?.[2] === undefined ? undefined : AUDIO_WORDS[audio[2]];
  if (!action) return undefined;
  return { kind: 'audio', device: audio?.[1] === 'mic' ? 'microphone' : 'speaker', action };
}

function parseDialText(raw: string): ParsedText {
  let text = raw.replace(/^(tel|sip|callto|dialpad|dial):/i, '');
  if (text.startsWith('//')) text = text.slice(2).replace(/\/$/, '');
  if (text.includes('/account:')) return parseAccount(text);
  if (text === '/answer' || text === '/hangupall' || text === '/hangupincoming' || text === '/hangupcalling') {
    return { kind: text.slice(1) as 'answer' };
  }
  if (text.startsWith('/dtmf:') && text.length > 6) return { kind: 'dtmf', digits: text.slice(6) };
  if (text.startsWith('/transfer:') && text.length > 10) return { kind: 'transfer', target: text.slice(10) };
  if (text.startsWith('/password:')) return { kind: 'memory_password' };
  return parseNumber(text);
}

function parseAccount(text: string): ParsedText {
  const start = text.indexOf('/account:');
  const blank = text.indexOf(' ', start);
  const end = blank < 0 ? text.length : blank;
  const account = Number.parseInt(text.slice(start + '/account:'.length, end), 10) || 0;
  if (account > 0 && text.includes('/password:')) return { kind: 'account_password', account };
  return { kind: 'account', account, rest: parseNumber(withoutAccount(text, start, end)) };
}

/** MicroSIP cuts one character too much at the end of the text, and too much behind the switch in the middle. */
function withoutAccount(text: string, start: number, end: number): string {
  if (start === 0) return text.slice(end + 1);
  if (end === text.length) return text.slice(0, start - 1);
  return text.slice(0, start) + text.slice(end + (end - start));
}

function parseNumber(text: string): ParsedText {
  const blank = text.indexOf(' ');
  const message = blank < 0 ? '' : trimBlanks(text.slice(blank + 1));
  const number = trimBlanks((blank < 0 ? text : text.slice(0, blank)).replaceAll('%20', ' ').replaceAll('%2B', '+'));
  if (message !== '') return { kind: 'message', number, text: message };
  return number === '' ? { kind: 'nothing' } : { kind: 'dial', number };
}

function trimBlanks(text: string): string {
  return text.replace(/^ +| +$/g, '');
}
