import type { NodeStatus } from 'node-red';
import type { Call } from '../../phone/calls/call';
import type { PhoneSnapshot } from '../../phone/phone';
import type { ErrorCode } from '../../phone/errors/phone-error';
import { clockTime } from '../../phone/texts/clock-time';

/** Node-RED shows about this many characters. */
const MAX_TEXT = 20;

/** A status as Status nodes receive it: `text` is a catalog key or a number, `state` is for machines. */
export type PhoneNodeStatus = NodeStatus & { state?: string; code?: string };

interface Told {
  /** ms since 1970; with it, the line also tells how long the call has been connected. */
  now?: number | undefined;
  /** Whether the line tells who calls, instead of that somebody does. */
  caller?: boolean | undefined;
}

/** The one line under every node: what state the phone is in. */
export function phoneStatus(snapshot: PhoneSnapshot, { now, caller = false }: Told = {}): PhoneNodeStatus {
  const { presence, problem, state, calls } = snapshot;
  if (presence === 'opening') return line('yellow', 'ring', 'status.connecting', state);
  if (presence === 'closed') return offline(problem, 'status.closed');
  if (presence === 'absent') return problem ? troubled(problem, 'offline') : offline(problem, 'status.offline');
  // It does not get any further by itself.
  if (presence === 'starting' && problem === 'blocked') return troubled(problem, state);
  if (presence === 'starting') return line('yellow', 'ring', 'status.connecting', state);
  if (presence === 'hung') return line('red', 'ring', 'status.not_responding', state);
  switch (state) {
    case 'offline':
      return offline(problem, 'status.offline');
    case 'idle':
      return problem ? troubled(problem, state) : line('grey', 'ring', 'status.idle', state);
    case 'connected':
      return line('blue', 'dot', callText(calls[0], now), state);
    case 'held':
      return line('yellow', 'dot', 'status.held', state);
    case 'ringing': {
      const text = caller ? callerText(calls[0]) : undefined;
      return line('blue', 'ring', text ?? 'status.ringing', state);
    }
    case 'alerting':
    case 'dialing':
      return line('blue', 'ring', `status.${state}`, state);
  }
}

/** What a node shows after its command failed, until the phone's state changes. */
export function errorStatus(code: ErrorCode | 'unexpected'): PhoneNodeStatus {
  return { fill: 'red', shape: 'ring', text: `status.error.${code}`, code };
}

/** The settings of a phone that is open are right: only its log can be meant (docs/health.md). */
function troubled(problem: ErrorCode, state: string): PhoneNodeStatus {
  const text = problem === 'config' ? 'status.check_log' : `status.error.${problem}`;
  return { ...line('red', 'ring', text, state), code: problem };
}

function offline(problem: ErrorCode | undefined, preset: string): PhoneNodeStatus {
  const text = problem ? `status.error.${problem}` : preset;
  return { ...line('red', 'ring', text, 'offline'), ...(problem && { code: problem }) };
}

/** Who calls: the name, else the number, as one short line; undefined when nobody knows. */
function callerText(call: Call | undefined): string | undefined {
  const who = [call?.name, call?.number].map((text = '') => plainLine(text)).find((text) => text !== '');
  return who === undefined ? undefined : `← ${cut(who, MAX_TEXT - 1 - '← '.length)}`;
}

/** A caller chose it: nothing in it may turn the line round, break it, or be there without being seen. */
function plainLine(text: string): string {
  return text
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim();
}

/** Never through a character that is made of several, such as a flag or a letter with its accents. */
function cut(text: string, space: number): string {
  if (text.length <= space) return text;
  let short = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (short.length + segment.length >= space) break;
    short += segment;
  }
  return `${short}…`;
}

/** The arrow also keeps the editor from looking a name up in its catalog: it does so with all that begins like a word. */
function callText(call: Call | undefined, now: number | undefined): string {
  const answered = call?.answerTime;
  const time = answered === undefined || now === undefined ? '' : clockTime(now - answered);
  const arrow = call?.direction === 'inbound' ? '←' : '→';
  if (!call?.number) return time ? `${arrow} ${time}` : 'status.connected';
  const space = MAX_TEXT - 1 - `${arrow} `.length - (time ? ` ${time}`.length : 0);
  return [arrow, cut(call.number, space), time].filter(Boolean).join(' ');
}

function line(
  fill: 'red' | 'yellow' | 'blue' | 'grey',
  shape: 'ring' | 'dot',
  text: string,
  state: string,
): PhoneNodeStatus {
  return { fill, shape, text, state };
}
