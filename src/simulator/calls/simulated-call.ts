import type { CallEnding, CallFacts, Direction, HeldBy, OpenCallState } from '../../phone/calls/call';

/** A call of the simulated MicroSIP. */
export interface SimulatedCall {
  sipCallId: string;
  direction: Direction;
  number: string;
  name?: string;
  /** The text that was dialled, without its digits to send. */
  dialled?: string;
  host: string;
  /** Of the caller's address: `;user=phone`. */
  parameters?: string;
  account: string;
  /** As in SIP: `early` is ringing at whoever is called. */
  stage: 'calling' | 'early' | 'confirmed';
  localHold: boolean;
  remoteHold: boolean;
  inConference?: boolean;
  /** The caller offers video. */
  video?: boolean;
  /** It was recorded, or is. */
  recorded?: boolean;
  /** How the far end rang: 183 with a tone or announcement of its own. */
  ringStatus?: 180 | 183;
  /** Its ringing window was closed: it goes on ringing for the caller. */
  ignored?: boolean;
  /** Digits to send once it is answered (`1001,,123`). */
  dtmfTail: string;
  /** Until when it plays digits that it was given, by the monotonic clock. */
  digitsUntil?: number;
}

/** Why a call ended: who did it, and the status that was sent or received. */
export interface Ending
  extends Required<Pick<CallEnding, 'endedBy' | 'sipStatus' | 'sipReason'>>, Pick<CallEnding, 'elsewhere'> {
  /** Refused by hand; the history then has a word of its own. */
  declined?: boolean;
  /** Text of the Reason header with which the caller gave up. */
  cancelReason?: string;
}

export const ENDINGS = {
  byeByUs: { endedBy: 'local', sipStatus: 200, sipReason: 'OK' },
  byeByThem: { endedBy: 'remote', sipStatus: 200, sipReason: 'OK' },
  cancelledByUs: { endedBy: 'local', sipStatus: 487, sipReason: 'Request Terminated' },
  cancelledByThem: { endedBy: 'remote', sipStatus: 487, sipReason: 'Request Terminated' },
  takenElsewhere: { endedBy: 'remote', sipStatus: 487, sipReason: 'Request Terminated', elsewhere: true },
  /** MicroSIP refuses by itself. */
  refusedByUs: { endedBy: 'local', sipStatus: 486, sipReason: 'Busy Here' },
  declinedByUs: { endedBy: 'local', sipStatus: 486, sipReason: 'Busy Here', declined: true },
  /** The F4 key, and the End button of a tab that rings. */
  endedByUs: { endedBy: 'local', sipStatus: 603, sipReason: 'Decline', declined: true },
  rejectedByUs: { endedBy: 'local', sipStatus: 603, sipReason: 'Decline' },
  forwardedByUs: { endedBy: 'local', sipStatus: 302, sipReason: 'Moved Temporarily' },
  busyThere: { endedBy: 'remote', sipStatus: 486, sipReason: 'Busy Here' },
  rejectedThere: { endedBy: 'remote', sipStatus: 603, sipReason: 'Decline' },
  noAnswerThere: { endedBy: 'remote', sipStatus: 480, sipReason: 'Temporarily Unavailable' },
} as const satisfies Record<string, Ending>;

/** We hung up, unlike a call that we declined or forwarded: MicroSIP then knows of the end before SIP does (docs/microsip/interface.md#8). */
export function isHangUp({ endedBy, sipStatus }: Ending): boolean {
  return endedBy === 'local' && sipStatus !== 486 && sipStatus !== 302;
}

export function isRingingIn(call: SimulatedCall): boolean {
  return call.direction === 'inbound' && call.stage === 'early';
}

export function hasRingWindow(call: SimulatedCall): boolean {
  return isRingingIn(call) && !call.ignored;
}

export function heldBy(call: SimulatedCall): HeldBy | undefined {
  if (call.localHold) return call.remoteHold ? 'both' : 'local';
  return call.remoteHold ? 'remote' : undefined;
}

export function stateOf(call: SimulatedCall): OpenCallState {
  if (call.stage === 'confirmed') return heldBy(call) ? 'held' : 'connected';
  if (call.direction === 'inbound') return 'ringing';
  return call.stage === 'early' ? 'alerting' : 'dialing';
}

export function factsOf(call: SimulatedCall): CallFacts {
  return {
    sipCallId: call.sipCallId,
    number: call.number,
    ...(call.name !== undefined && { name: call.name }),
    uri: `sip:${call.number}@${call.host}`,
    account: call.account,
  };
}
