import type { Node, NodeAPI } from 'node-red';
import { chosenCall, PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { wordList } from '../src/node-red/inputs/settings';
import { WAIT_EVENTS, WAIT_STATES } from '../src/node-red/messages/wait-words';
import { WaitingNode, waitTime } from '../src/node-red/inputs/waiting-node';
import { callIdText } from '../src/phone/guard/values/call-id';
import { PhoneError } from '../src/phone/errors/phone-error';

interface WaitConfig extends PhoneUserConfig {
  /** Phone states and events. */
  until?: string[] | string;
  /** Seconds. */
  timeout?: number | string;
}

const WORDS: readonly string[] = [...WAIT_STATES, ...WAIT_EVENTS];

export = function (RED: NodeAPI): void {
  function WaitNode(this: Node, config: WaitConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    const waiting = new WaitingNode(this);
    user.onMessage(async (msg, send) => {
      const phone = user.requirePhone();
      phone.requirePhone();
      const wanted = { until: words(config.until), timeout: waitTime('timeout', config.timeout) };
      const chosen = chosenCall(msg);
      const callId = chosen === undefined ? undefined : callIdText(chosen);
      await waiting.passOnAfter(phone, wanted, {
        msg,
        send,
        start: (wait) => (callId === undefined ? wait.forAnyCall() : wait.forCall(callId)),
      });
    });
  }
  RED.nodes.registerType('microsip-wait', WaitNode);
};

function words(until?: string[] | string): Set<string> {
  const list = wordList(until);
  if (list.length === 0) throw new PhoneError('config', 'nothing_to_wait_for');
  const wrong = list.find((word) => !WORDS.includes(word));
  if (wrong !== undefined) throw new PhoneError('config', 'value', { name: 'until', value: wrong });
  return new Set(list);
}
