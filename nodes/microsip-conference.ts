import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';

interface ConferenceConfig extends PhoneUserConfig {
  action?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<ConferenceConfig>(RED, 'microsip-conference', ({ config, msg }) => {
    return { type: 'conference', action: filled(config.action) ?? 'merge', callId: chosenCall(msg) };
  });
};
