import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { typedValue } from '../src/node-red/messages/typed-value';

interface TransferConfig extends PhoneUserConfig {
  number?: string;
  numberType?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<TransferConfig>(RED, 'microsip-transfer', async ({ node, config, msg }) => {
    const { value: number } = await typedValue(RED, node, config.number ?? 'payload', config.numberType ?? 'msg', msg);
    return { type: 'transfer', number, callId: chosenCall(msg) };
  });
};
