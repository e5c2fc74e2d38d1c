import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import type { PhoneUserConfig } from '../src/node-red/phone-user';
import { typedValue } from '../src/node-red/typed-value';
import { PhoneError } from '../src/phone/phone-error';

interface DialConfig extends PhoneUserConfig {
  number?: string;
  numberType?: string;
  account?: string | number;
  waitFor?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<DialConfig>(RED, 'microsip-dial', async ({ node, config, phone, msg }) => {
    const { waitFor = 'sent' } = config;
    // A flow that waits for an answer must not go on as if there had been one.
    if (waitFor !== 'sent') throw new PhoneError('unsupported', 'wait_for', { waitFor });
    const number = await typedValue(RED, node, config.number ?? 'payload', config.numberType ?? 'msg', msg);
    const account = accountNumber(config.account);
    return phone.execute({ type: 'dial', number, ...(account !== undefined && { account }) });
  });
};

/** Accounts are numbered from 1 (interface document, section 2.5). */
function accountNumber(value: string | number | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const account = Number(value);
  if (!Number.isInteger(account) || account < 1 || account > 999) {
    throw new PhoneError('config', 'value', { name: 'account', value });
  }
  return account;
}
