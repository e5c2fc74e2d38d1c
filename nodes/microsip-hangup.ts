import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { wordSetting } from '../src/node-red/settings';
import { HANGUP_SCOPES } from '../src/phone/command';

interface HangupConfig extends PhoneUserConfig {
  scope?: string;
  rejectCode?: string | number;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HangupConfig>(RED, 'microsip-hangup', async ({ config, phone, msg }) => {
    const scope = wordSetting('scope', config.scope, HANGUP_SCOPES, 'all');
    const rejectCode = wordSetting('rejectCode', config.rejectCode, ['486', '603'], '486') === '603' ? 603 : 486;
    const callId = chosenCall(msg);
    return phone.execute({ type: 'hangup', scope, rejectCode, ...(callId !== undefined && { callId }) });
  });
};
