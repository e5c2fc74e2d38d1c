import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import { chosenCall, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';

interface HangupConfig extends PhoneUserConfig {
  scope?: string;
  rejectCode?: string | number;
}

export = function (RED: NodeAPI): void {
  registerActionNode<HangupConfig>(RED, 'microsip-hangup', ({ config, msg }) => {
    const { scope, rejectCode } = config;
    return {
      type: 'hangup',
      scope: filled(scope) ?? 'all',
      rejectCode: filled(rejectCode) ?? 486,
      callId: chosenCall(msg),
    };
  });
};
