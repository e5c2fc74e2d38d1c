import type { Node, NodeAPI } from 'node-red';
import type { CallWait, WaitOutcome } from '../src/node-red/inputs/call-wait';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';
import { typedValue } from '../src/node-red/messages/typed-value';
import { WaitingNode, waitTime } from '../src/node-red/inputs/waiting-node';
import { readCommand } from '../src/phone/commands/read-command';
import { PhoneError } from '../src/phone/errors/phone-error';

interface DialConfig extends PhoneUserConfig {
  number?: string;
  numberType?: string;
  account?: string | number;
  /** How the number is written: one of `DIAL_FORMATS`. */
  format?: string;
  /** `sent`, or what the message waits for */
  waitFor?: string;
  /** Seconds. */
  waitTimeout?: string | number;
}

/** The events that end the waiting. An answer is further than ringing, and not every far end tells that it rings. */
const EVENTS_OF: Record<string, readonly string[]> = {
  alerting: ['alerting', 'answered'],
  answered: ['answered'],
  ended: ['ended'],
};

export = function (RED: NodeAPI): void {
  function DialNode(this: Node, config: DialConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    const waiting = new WaitingNode(this);
    user.onMessage(async (msg, send) => {
      const phone = user.requirePhone();
      const until = eventsToWaitFor(config.waitFor);
      const timeout = until.size === 0 ? 0 : waitTime('waitTimeout', config.waitTimeout);
      const format = config.format === 'typed' ? undefined : filled(config.format);
      const { value: number } = await typedValue(
        RED,
        this,
        config.number ?? 'payload',
        config.numberType ?? 'msg',
        msg,
      );
      const command = readCommand({ type: 'dial', number, account: filled(config.account), format });
      const added: Record<string, unknown> = {};
      const dial = async (): Promise<string> => {
        const { callId, verified } = await phone.execute(command);
        Object.assign(added, callId !== undefined && { callId }, verified === false && { verified });
        return callId ?? '';
      };
      if (until.size === 0) {
        await dial();
        send(outgoing(msg, added));
        return;
      }
      const start = async (wait: CallWait): Promise<WaitOutcome | undefined> => wait.forDialledCall(await dial());
      await waiting.passOnAfter(phone, { until, timeout }, { msg, send, start, added });
    });
  }
  RED.nodes.registerType('microsip-dial', DialNode);
};

function eventsToWaitFor(waitFor = ''): Set<string> {
  if (waitFor === '' || waitFor === 'sent') return new Set();
  const events = Object.hasOwn(EVENTS_OF, waitFor) ? EVENTS_OF[waitFor] : undefined;
  if (!events) throw new PhoneError('config', 'value', { name: 'waitFor', value: waitFor });
  return new Set(events);
}
