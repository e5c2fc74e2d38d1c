import type { Call } from '../../phone/calls/call';
import { partyKey } from './hook-party';
import type { HookCall } from './open-hook-calls';

/**
 * A call that the phone knows from before the hooks were listened to. It keeps the id that the phone gave it, since no hook
 * names a call in any way that would outlive a deploy.
 */
export function carriedCall({ callId, direction, number = '', startTime, answerTime }: Call): HookCall {
  return {
    key: callId,
    direction,
    stage: answerTime === undefined ? 'unanswered' : 'started',
    numbers: new Set([partyKey(number)]),
    written: number,
    began: startTime,
    ...(answerTime !== undefined && { answered: answerTime }),
  };
}
