import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LogCall, LogCallEnd, LogHappening } from '../../../../src/observers/log/log-happening';
import { LogReader } from '../../../../src/observers/log/log-reader';

export const LOGS = join(__dirname, '../../../fixtures/pjsua-logs');

interface Moment {
  t: string;
  evidence: string;
}

export interface ExpectedCall {
  direction: 'incoming' | 'outgoing';
  remote_user: string;
  remote_uri: string;
  display_name: string | null;
  sip_call_id: string | null;
  states: (Moment & { state: string })[];
  end: { sip_code: number | null; reason: string | null; by: string };
  answered: boolean;
  missed: boolean;
  answered_elsewhere?: boolean;
  from_header?: string;
  hold_requests?: Moment[];
  transferred_to?: string;
  refer?: Moment;
  ack?: Moment;
  cancel_sent?: Moment;
}

export interface Expected {
  log: string;
  calls: ExpectedCall[];
  registration?: (Moment & { state: string })[];
  dtmf_sent_info?: Moment[];
  dtmf_received_info?: Moment[];
  sent_but_not_a_call?: { sip_call_id: string }[];
  ambiguous?: boolean;
}

export interface RecordedLog {
  name: string;
  bytes: Buffer;
  expected: Expected;
}

/** Every recorded log with what is known to have happened in it. */
export function recordedLogs(): RecordedLog[] {
  return readdirSync(LOGS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.expected.json'))
    .sort()
    .map((file) => {
      const path = join(LOGS, file);
      const bytes = readFileSync(path.replace('.expected.json', '.log'));
      return { name: relative(LOGS, path).replace('.expected.json', ''), bytes, expected: readExpected(path) };
    });
}

export function recordedLog(name: string): RecordedLog {
  const path = join(LOGS, name);
  return { name, bytes: readFileSync(`${path}.log`), expected: readExpected(`${path}.expected.json`) };
}

function readExpected(path: string): Expected {
  return JSON.parse(readFileSync(path, 'utf8')) as Expected;
}

/**
 * Reads bytes in pieces of these sizes; the last piece has what is left.
 * @param quiet the log is quiet behind each piece
 */
export function readInPieces(bytes: Buffer, sizes: Iterable<number> = [], quiet = false): LogHappening[] {
  const reader = new LogReader();
  const happenings: LogHappening[] = [];
  let from = 0;
  for (const size of sizes) {
    if (from >= bytes.length) break;
    // A copy: the follower uses its buffer again, too.
    const piece = Buffer.from(bytes.subarray(from, from + size));
    happenings.push(...reader.push(piece), ...(quiet ? reader.settle() : []));
    piece.fill(0x2a);
    from += size;
  }
  happenings.push(...reader.push(bytes.subarray(from)), ...reader.settle());
  return happenings;
}

export interface ToldCall {
  call: LogCall;
  /** State with the time of the log at which it began. */
  states: { state: string; t: string }[];
  end?: LogCallEnd;
  rang: boolean;
}

/** The calls of a log in the order in which they began, each with all its states in the words of the recordings. */
export function toldCalls(happenings: readonly LogHappening[]): ToldCall[] {
  const told = new Map<string, ToldCall>();
  for (const happening of happenings) {
    if (happening.type !== 'call' && happening.type !== 'ended' && happening.type !== 'never_rang') continue;
    const { call } = happening;
    const known = told.get(call.key) ?? { call, states: [], rang: true };
    told.set(call.key, known);
    known.call = call;
    const state = happening.type === 'call' ? recordedWord(call) : 'ended';
    if (known.states.at(-1)?.state !== state) known.states.push({ state, t: clockTime(happening.time) });
    if (happening.type !== 'call') known.end = happening.end;
    if (happening.type === 'never_rang') known.rang = false;
  }
  return [...told.values()];
}

function recordedWord(call: LogCall): string {
  switch (call.state) {
    case 'offered':
      return 'incoming';
    case 'dialing':
      return 'calling';
    case 'alerting':
    case 'ringing':
      return 'ringing';
    case 'connected':
      return 'active';
    case 'held':
      return call.heldBy === 'remote' ? 'remote-held' : 'held';
  }
}

/** `HH:MM:SS.mmm` of a time of the log. */
export function clockTime(wall: number): string {
  return new Date(((wall % 86_400_000) + 86_400_000) % 86_400_000).toISOString().slice(11, 23);
}
