import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';

interface FeatureConfig extends PhoneUserConfig {
  feature?: string;
  action?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<FeatureConfig>(RED, 'microsip-feature', ({ config, msg }) => {
    const feature = filled(config.feature) ?? 'dnd';
    const action = filled(config.action) ?? 'on';
    return { type: 'feature', feature, action, ...(feature === 'recording' && { callId: chosenCall(msg) }) };
  });
};
