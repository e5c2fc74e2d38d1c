import type { ValueKind } from './masked-value';

/**
 * What the fields hold that a trace may come by. A field that is not here holds text that nobody knows, of which only the
 * length is shown: so what is new cannot give anything away.
 */
const KINDS: Readonly<Record<string, ValueKind>> = {
  // Words of this program.
  type: 'word',
  connection: 'word',
  protocol: 'word',
  region: 'word',
  source: 'word',
  others: 'word',
  presence: 'word',
  problem: 'word',
  state: 'word',
  callState: 'word',
  direction: 'word',
  heldBy: 'word',
  endedBy: 'word',
  disposition: 'word',
  confidence: 'word',
  hangupCause: 'word',
  do: 'word',
  actions: 'word',
  action: 'word',
  word: 'word',
  scope: 'word',
  device: 'word',
  format: 'word',
  effect: 'word',
  code: 'word',
  reason: 'word',
  event: 'word',
  is: 'word',
  version: 'word',
  // Who is on the other end, and who we are.
  number: 'number',
  numberE164: 'number',
  uri: 'number',
  target: 'number',
  transferredTo: 'number',
  account: 'number',
  diversion: 'number',
  name: 'name',
  title: 'name',
  digits: 'secret',
  tail: 'secret',
  program: 'path',
  logFile: 'path',
  callLog: 'path',
  writeLog: 'path',
  writeHistory: 'path',
  recording: 'path',
  key: 'key',
  sipCallId: 'key',
  tab: 'key',
  callId: 'call',
  ends: 'call',
};

/** The dialer of MicroSIP shows digits, too, that are sent to a voice mailbox. */
const SECRETS: readonly string[] = ['dialer.number'];

/** @param path names of the fields down to it, with dots: `rings.0.name` */
export function kindOf(path: string): ValueKind {
  if (SECRETS.includes(path)) return 'secret';
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  return Object.hasOwn(KINDS, name) ? (KINDS[name] ?? 'text') : 'text';
}
