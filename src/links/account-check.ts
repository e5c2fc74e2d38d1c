import { unquoted } from '../microsip/ini/ini-value';
import { PhoneError } from '../phone/errors/phone-error';
import { accountOf, type LinkAction } from '../phone/ports/link';
import { microsipSettings } from '../microsip/ini/microsip-settings';

/**
 * MicroSIP drops the whole text when an account is not there or has no domain (docs/microsip/interface.md#2.5), so the
 * accounts are looked up in its ini, where every change of them is written at once.
 * @param ini path; what cannot be read decides nothing
 * @throws PhoneError `config`
 */
export async function requireAccounts(actions: readonly LinkAction[], ini: string | undefined): Promise<void> {
  for (const action of actions) {
    const account = accountOf(action);
    if (account === undefined || ini === undefined) continue;
    if ((await hasAccount(ini, account)) === false) throw new PhoneError('config', 'no_such_account', { account });
  }
}

async function hasAccount(path: string, account: number): Promise<boolean | undefined> {
  const ini = await microsipSettings(path);
  return ini && unquoted(ini.get(`Account${account}`, 'domain') ?? '') !== '';
}
