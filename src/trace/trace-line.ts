import type { TraceEntry } from '../phone/ports/trace';
import { reasonText } from '../phone/tracker/state/conclusions';
import { flatFields, type FlatValue } from './flat-fields';
import type { masked } from './masked-value';
import { kindOf } from './value-kinds';

/** Characters of a line, and of one value in it. */
const LONGEST_LINE = 1500;
const LONGEST_VALUE = 200;
/** What needs no quotation marks: it cannot be taken for another field, nor for the end of the line. */
const PLAIN = /^[A-Za-z0-9_.+*#…():@,/-]+$/;
/** MicroSIP's status bar counts the seconds of a call. */
const COUNTING = /^status(?:Text|English)\b/;
/** Numbers that say who somebody is, or what was said, are hidden like texts; others count something. */
const COUNTS = /^(?!(?:.*\.)?(?:number|target|digits|tail|text)$)/;

/**
 * One line of a trace, without its end and its time: `command #3 delivered 12 ms do=dial target=…4567`. Whatever the
 * values are, it is one line of printable characters.
 * @returns undefined when there is nothing new to tell
 */
export class TraceLines {
  private readonly looks = new Map<string, Map<string, FlatValue>>();

  constructor(private readonly shown: typeof masked) {}

  of(entry: TraceEntry): string | undefined {
    const text = this.text(entry);
    return text === undefined || text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE)}…`;
  }

  private text(entry: TraceEntry): string | undefined {
    switch (entry.kind) {
      case 'settings':
        return this.line('settings', entry.settings);
      case 'phone':
        return `phone ${entry.is}`;
      case 'look':
        return this.look(entry.source, entry.shows);
      case 'seen': {
        const { type, source, ...rest } = entry.observation;
        return this.line(`seen ${source} ${type}`, { callId: entry.callId, ...rest });
      }
      case 'act': {
        const { type, ...rest } = entry.act;
        return this.line(`act ${type}`, rest);
      }
      case 'concluded': {
        const { event, callId } = entry.conclusion;
        const what = event === undefined ? 'concluded nothing yet' : `concluded ${event}`;
        return `${this.line(what, { callId })}: ${reasonText(entry.conclusion)}`;
      }
      case 'finished': {
        const { call, ...rest } = entry.finished;
        return this.line('finished', { ...call, ...rest });
      }
      case 'problem':
        return `problem ${entry.error.code}.${entry.error.reason}`;
      case 'command':
        return this.line(`command #${entry.command} ${entry.step} ${entry.ms} ms`, entry.with ?? {});
    }
  }

  private look(source: string, shows: object): string | undefined {
    const before = this.looks.get(source);
    const now = flatFields(shows);
    this.looks.set(source, now);
    const changed = [...now]
      .filter(([name, value]) => isNews(name, before?.get(name), value))
      .map((one) => this.field(...one));
    const gone = [...(before?.keys() ?? [])].filter((name) => !now.has(name)).map((name) => `${plainName(name)}=-`);
    const changes = [...changed, ...gone];
    return changes.length > 0 ? `look ${source} ${changes.join(' ')}` : undefined;
  }

  private line(beginning: string, details: object): string {
    const fields = [...flatFields(details)].map((one) => this.field(...one));
    return [beginning, ...fields].join(' ');
  }

  private field(name: string, value: FlatValue): string {
    return `${plainName(name)}=${this.value(name, value)}`;
  }

  private value(name: string, value: FlatValue): string {
    if (typeof value === 'boolean' || (typeof value === 'number' && COUNTS.test(name))) return String(value);
    return quoted(this.shown(kindOf(name), String(value)));
  }
}

function isNews(name: string, before: FlatValue | undefined, now: FlatValue): boolean {
  if (!COUNTING.test(name) || before === undefined) return before !== now;
  const words = (value: FlatValue): string => String(value).replace(/\d+/g, '');
  return words(before) !== words(now);
}

/** Names come from this program, but what was handed over by another thread is what it is. */
function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.]/g, '?').slice(0, LONGEST_VALUE);
}

function quoted(text: string): string {
  const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  if (PLAIN.test(short)) return short;
  return JSON.stringify(short).replace(/[\p{C}\p{Z}]/gu, (char) =>
    char === ' ' ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
