import { readFileSync } from 'node:fs';
import { IniFile } from '../installation/ini-file';
import { unquoted } from '../installation/ini-value';
import { PhoneError } from '../phone/phone-error';
import type { LinkAction } from './link';

/**
 * MicroSIP drops the whole text when an account is not there or has no domain (interface document, section 2.5), so the
 * accounts are looked up in its ini, where every change of them is written at once.
 * @param ini path; what cannot be read decides nothing
 * @throws PhoneError `config`
 */
export function requireAccounts(actions: readonly LinkAction[], ini: string | undefined): void {
  for (const action of actions) {
    const account = accountOf(action);
    if (account === undefined || ini === undefined) continue;
    if (hasAccount(ini, account) === false) throw new PhoneError('config', 'no_such_account', { account });
  }
}

/** The account that an action switches to. */
export function accountOf(action: LinkAction): number | undefined {
  return action.do === 'dial' || action.do === 'account' ? action.account : undefined;
}

function hasAccount(path: string, account: number): boolean | undefined {
  try {
    const ini = IniFile.parse(readFileSync(path));
    return ini && unquoted(ini.get(`Account${account}`, 'domain') ?? '') !== '';
  } catch {
    return undefined;
  }
}
