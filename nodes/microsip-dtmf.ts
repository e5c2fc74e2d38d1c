import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { typedValue } from '../src/node-red/messages/typed-value';

interface DtmfConfig extends PhoneUserConfig {
  digits?: string;
  digitsType?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<DtmfConfig>(RED, 'microsip-dtmf', async ({ node, config, msg }) => {
    const { value: digits } = await typedValue(RED, node, config.digits ?? 'payload', config.digitsType ?? 'msg', msg);
    return { type: 'dtmf', digits, callId: chosenCall(msg) };
  });
};
