import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phone-user';
import { HANGUP_SCOPES } from '../src/phone/command';
import { PhoneError } from '../src/phone/phone-error';

interface HangupConfig extends PhoneUserConfig {
  scope?: string;
  rejectCode?: string | number;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HangupConfig>(RED, 'microsip-hangup', async ({ config, phone, msg }) => {
    const wanted = config.scope ?? '';
    const scope = wanted === '' ? 'all' : HANGUP_SCOPES.find((one) => one === wanted);
    if (!scope) throw new PhoneError('config', 'value', { name: 'scope', value: wanted });
    const rejectCode = Number(config.rejectCode ?? 486) === 603 ? 603 : 486;
    const callId = chosenCall(msg);
    return phone.execute({ type: 'hangup', scope, rejectCode, ...(callId !== undefined && { callId }) });
  });
};
