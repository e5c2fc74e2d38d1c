import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { wordSetting } from '../src/node-red/settings';
import { HOLD_ACTIONS } from '../src/phone/command';

interface HoldConfig extends PhoneUserConfig {
  action?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HoldConfig>(RED, 'microsip-hold', async ({ config, phone, msg }) => {
    const action = wordSetting('action', config.action, HOLD_ACTIONS, 'hold');
    const callId = chosenCall(msg);
    return phone.execute({ type: 'hold', action, ...(callId !== undefined && { callId }) });
  });
};
