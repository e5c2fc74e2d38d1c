import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import type { PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { typedValue } from '../src/node-red/messages/typed-value';

interface MessageConfig extends PhoneUserConfig {
  number?: string;
  numberType?: string;
  text?: string;
  textType?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<MessageConfig>(RED, 'microsip-message', async ({ node, config, msg }) => {
    const { value: number } = await typedValue(RED, node, config.number ?? 'number', config.numberType ?? 'msg', msg);
    const { value: text } = await typedValue(RED, node, config.text ?? 'payload', config.textType ?? 'msg', msg);
    return { type: 'message', number, text };
  });
};
