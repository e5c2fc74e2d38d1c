/** What the status bar tells in any language: its digits and its dots (docs/microsip/interface.md#7.1 and #7.2). */
export interface StatusSigns {
  text: string;
  /** Confirmed calls: 1 while a call's time runs, N of `Connected (N)`; absent when the text does not count calls. */
  confirmed?: number;
  /** Age of the only confirmed call in seconds. */
  seconds?: number;
  /** Two times: the only confirmed call is on hold. */
  held: boolean;
  /** It ends in dots like `Connecting...`, which no text of a ringing far end does. */
  underWay: boolean;
}

const TIME = /(?:^|\s)(?:(\d+):)?(\d{1,2}):(\d{2})$/;
const HOLD = /\d:\d{2}\s*\/\s*[\d:]+$/;
const COUNT = /\((\d{1,3})\)$/;

export function statusSigns(statusText = ''): StatusSigns {
  const text = statusText.trim();
  const signs = { text, held: HOLD.test(text), underWay: /(?:\.\.\.|\u2026)$/.test(text) };
  const time = TIME.exec(text);
  if (time) {
    const [, hours = '0', minutes = '0', seconds = '0'] = time;
    return { ...signs, confirmed: 1, seconds: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds) };
  }
  const count = Number(COUNT.exec(text)?.[1] ?? 0);
  return count > 1 ? { ...signs, confirmed: count } : signs;
}
