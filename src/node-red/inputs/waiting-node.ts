import type { Node } from 'node-red';
import { PhoneError } from '../../phone/errors/phone-error';
import { CallWait, type Wanted, type WaitOutcome, type WatchedPhone } from './call-wait';
import { callJson } from '../../messages/call-json';
import type { Send } from './guarded-input';
import type { PhoneMessage } from '../phones/phone-user';
import { outgoing } from '../messages/outgoing-message';
import { WAIT_TIME } from '../messages/wait-words';

/** What a node with two outputs, reached and not reached, has under way: any number of messages that wait. */
export class WaitingNode {
  private readonly waits = new Set<CallWait>();

  constructor(node: Node) {
    node.on('close', () => {
      for (const wait of this.waits) wait.cancel();
    });
  }

  /**
   * Sends the message on when the waiting is over; not when the node is closed meanwhile.
   * @param start tells the waiting which call it is about
   * @param added what is known of the command that went before, once `start` is over
   */
  async passOnAfter(
    phone: WatchedPhone,
    wanted: Wanted,
    {
      msg,
      send,
      start,
      added = {},
    }: {
      msg: PhoneMessage;
      send: Send;
      start: (wait: CallWait) => Promise<WaitOutcome | undefined>;
      added?: Record<string, unknown>;
    },
  ): Promise<void> {
    const wait = new CallWait(phone, wanted);
    this.waits.add(wait);
    try {
      const outcome = await start(wait);
      if (outcome) passOn(msg, send, outcome, added);
    } finally {
      wait.cancel();
      this.waits.delete(wait);
    }
  }
}

function passOn(msg: PhoneMessage, send: Send, { reached, call }: WaitOutcome, added: Record<string, unknown>): void {
  // What an earlier node said of some call is out of date.
  const passed = outgoing(msg, { ...added, call: call && callJson(call) });
  send(reached ? [passed, null] : [null, passed]);
}

/**
 * @param value seconds, 0..a week, perhaps as a text; blank: one minute
 * @returns ms
 * @throws PhoneError `config`
 */
export function waitTime(name: string, value: string | number | undefined): number {
  if (value === undefined || value === '') return WAIT_TIME.preset * 1000;
  const seconds = Number(value);
  if (!(seconds >= WAIT_TIME.least && seconds <= WAIT_TIME.most))
    throw new PhoneError('config', 'value', { name, value });
  return seconds * 1000;
}
