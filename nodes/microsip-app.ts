import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import type { PhoneUserConfig } from '../src/node-red/phone-user';
import { accountSetting, wordSetting } from '../src/node-red/settings';
import { APP_ACTIONS } from '../src/phone/command';
import { PhoneError } from '../src/phone/phone-error';

interface AppConfig extends PhoneUserConfig {
  action?: string;
  /** 1..999, only for the action `account` */
  account?: string | number;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AppConfig>(RED, 'microsip-app', async ({ config, phone }) => {
    const action = wordSetting('action', config.action, APP_ACTIONS, 'show');
    if (action !== 'account') return phone.execute({ type: 'app', action });
    const account = accountSetting(config.account);
    if (account === undefined) throw new PhoneError('config', 'no_account');
    return phone.execute({ type: 'app', action, account });
  });
};
