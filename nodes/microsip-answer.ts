import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';

interface AnswerConfig extends PhoneUserConfig {
  /** `current` or `msg` */
  call?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AnswerConfig>(RED, 'microsip-answer', ({ config, phone, msg }) => {
    const callId = config.call === 'msg' ? chosenCall(msg) : undefined;
    return phone.execute({ type: 'answer', ...(callId !== undefined && { callId }) });
  });
};
