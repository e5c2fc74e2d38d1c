import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { wordSetting } from '../src/node-red/settings';

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
