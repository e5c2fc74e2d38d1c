import type { NodeStatus } from 'node-red';
import type { Call } from '../phone/call';
import type { PhoneSnapshot } from '../phone/phone';
import type { ErrorCode } from '../phone/phone-error';

/** Node-RED shows about this many characters. */
const MAX_TEXT = 20;

/** A status as Status nodes receive it: `text` is a catalog key or a number, `state` is for machines. */
export type PhoneNodeStatus = NodeStatus & { state?: string; code?: string };

/** The one line under every node: what state the phone is in (design, section 3). */
export function phoneStatus(snapshot: PhoneSnapshot): PhoneNodeStatus {
  const { presence, problem, state, calls } = snapshot;
  if (presence === 'opening') return line('yellow', 'ring', 'status.connecting', state);
  if (presence === 'closed') return offline(problem, 'status.closed');
  if (presence === 'absent') return offline(problem, 'status.offline');
  if (presence === 'starting') return line('yellow', 'ring', 'status.connecting', state);
  if (presence === 'hung') return line('red', 'ring', 'status.not_responding', state);
  switch (state) {
    case 'offline':
      return offline(problem, 'status.offline');
    case 'idle':
      return line('grey', 'ring', 'status.idle', state);
    case 'connected':
      return line('blue', 'dot', callText(calls[0]), state);
    case 'held':
      return line('yellow', 'dot', 'status.held', state);
    case 'ringing':
    case 'alerting':
    case 'dialing':
      return line('blue', 'ring', `status.${state}`, state);
  }
}

/** What a node shows after its command failed, until the phone's state changes. */
export function errorStatus(code: ErrorCode | 'unexpected'): PhoneNodeStatus {
  return { fill: 'red', shape: 'ring', text: `status.error.${code}`, code };
}

function offline(problem: ErrorCode | undefined, preset: string): PhoneNodeStatus {
  const text = problem ? `status.error.${problem}` : preset;
  return { ...line('red', 'ring', text, 'offline'), ...(problem && { code: problem }) };
}

/** The arrow also keeps the editor from looking a name up in its catalog: it does so with all that begins like a word. */
function callText(call: Call | undefined): string {
  if (!call?.number) return 'status.connected';
  const text = `${call.direction === 'inbound' ? '←' : '→'} ${call.number}`;
  return text.length < MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 2)}…`;
}

function line(
  fill: 'red' | 'yellow' | 'blue' | 'grey',
  shape: 'ring' | 'dot',
  text: string,
  state: string,
): PhoneNodeStatus {
  return { fill, shape, text, state };
}
