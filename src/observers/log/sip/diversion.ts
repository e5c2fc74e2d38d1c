import { parametersOf, splitList } from './header-value';
import { reasonOf } from './reason-header';
import { userOf } from './sip-address';
import type { SipMessage } from './sip-message';

/** One address that a call was sent to on its way (RFC 7044, 5). */
interface HistoryEntry {
  uri: string;
  /** `1.2.1`: the order of the entries. */
  index: readonly number[];
  /** The call was sent here instead of to the entry with this index. */
  insteadOf?: string;
  /** The call was sent here because of a diversion (RFC 4458). */
  isTarget: boolean;
  /** The call was sent away from here. */
  wasLeft: boolean;
}

const INDEX = /^\d{1,9}(?:\.\d{1,9})*$/;
const MOST_ENTRIES = 50;

/** User part of the address that diverted the call to us last: `Diversion` (RFC 5806), else `History-Info`. */
export function diversionOf(message: SipMessage): string | undefined {
  const [diversion] = message.headers.get('diversion') ?? [];
  return userOf(diversion) ?? userOf(diverting(historyOf(message)));
}

function diverting(entries: readonly HistoryEntry[]): string | undefined {
  for (let at = entries.length - 1; at > 0; at -= 1) {
    const { insteadOf, isTarget } = entries[at] as HistoryEntry;
    const left = entries.find(({ index }) => index.join('.') === insteadOf);
    if (left) return left.uri;
    const before = entries[at - 1];
    if (insteadOf !== undefined || isTarget || before?.wasLeft) return before?.uri;
  }
  return entries[0]?.wasLeft ? entries[0].uri : undefined;
}

function historyOf({ headers }: SipMessage): HistoryEntry[] {
  const values = (headers.get('history-info') ?? []).flatMap((value) => splitList(value)).slice(0, MOST_ENTRIES);
  return values.map(entryOf).sort((a, b) => inOrder(a.index, b.index));
}

function entryOf(value: string): HistoryEntry {
  const { head, parameters } = parametersOf(value);
  const uri = /<([^>]*)>/.exec(head)?.[1] ?? head;
  const { address, headers } = splitHeaders(uri);
  const index = parameters.get('index') ?? '';
  const insteadOf = parameters.get('mp');
  const cause = Number(parametersOf(address).parameters.get('cause'));
  return {
    uri: `<${address}>`,
    index: INDEX.test(index) ? index.split('.').map(Number) : [],
    ...(insteadOf !== undefined && { insteadOf }),
    isTarget: cause >= 300,
    wasLeft: headers.some((header) => leaves(header)),
  };
}

/** What stands behind the `?` of a URI: the headers of a request to it, percent-encoded. */
function splitHeaders(uri: string): { address: string; headers: string[] } {
  const query = uri.indexOf('?', Math.max(0, uri.indexOf('@')));
  if (query < 0) return { address: uri, headers: [] };
  return {
    address: uri.slice(0, query),
    headers: uri
      .slice(query + 1)
      .split('&')
      .map(decoded),
  };
}

/** `Reason=SIP;cause=302`: where the call was sent to next is elsewhere because of this. */
function leaves(header: string): boolean {
  const [, value] = /^\s*reason\s*=(.*)$/is.exec(header) ?? [];
  if (value === undefined) return false;
  return splitList(value)
    .map(reasonOf)
    .some(({ protocol, cause = 0 }) => (protocol === 'sip' ? cause >= 300 : protocol === 'q.850' && cause > 0));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
