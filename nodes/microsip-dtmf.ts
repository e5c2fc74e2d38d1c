import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { typedValue } from '../src/node-red/typed-value';

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
