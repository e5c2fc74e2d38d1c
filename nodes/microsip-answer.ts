import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { wordSetting } from '../src/node-red/inputs/settings';

interface AnswerConfig extends PhoneUserConfig {
  /** `current` or `msg` */
  call?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AnswerConfig>(RED, 'microsip-answer', ({ config, msg }) => {
    const fromMessage = wordSetting('call', config.call, ['current', 'msg'], 'current') === 'msg';
    const callId = fromMessage ? chosenCall(msg) : undefined;
    return { type: 'answer', callId };
  });
};
