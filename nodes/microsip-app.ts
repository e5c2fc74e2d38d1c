import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import type { PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';

interface AppConfig extends PhoneUserConfig {
  action?: string;
  /** 1..999, only for the action `account` */
  account?: string | number;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AppConfig>(RED, 'microsip-app', ({ config }) => {
    const action = filled(config.action) ?? 'show';
    // The dialog keeps the number of an account that it no longer shows.
    return { type: 'app', action, account: action === 'account' ? filled(config.account) : undefined };
  });
};
