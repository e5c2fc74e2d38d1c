import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';

interface HoldConfig extends PhoneUserConfig {
  action?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HoldConfig>(RED, 'microsip-hold', ({ config, msg }) => {
    return { type: 'hold', action: filled(config.action) ?? 'hold', callId: chosenCall(msg) };
  });
};
