import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { filled } from '../src/node-red/settings';

interface HoldConfig extends PhoneUserConfig {
  action?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HoldConfig>(RED, 'microsip-hold', ({ config, msg }) => {
    return { type: 'hold', action: filled(config.action) ?? 'hold', callId: chosenCall(msg) };
  });
};
