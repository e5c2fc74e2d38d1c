import type { IniFile } from './ini-file';
import { unquoted } from './ini-value';
import type { NamedAccount } from './named-account';

/** More than anybody has. */
const MOST = 100;
/** Of a text that somebody typed into MicroSIP. */
const LONGEST_NAME = 100;

/** An account exists only if it has a domain (docs/microsip/interface.md#4). */
export function iniAccounts(ini: IniFile): NamedAccount[] {
  const accounts: NamedAccount[] = [];
  for (let account = 1; account <= MOST; account += 1) {
    const value = (key: string): string => unquoted(ini.get(`Account${String(account)}`, key) ?? '').trim();
    if (value('domain') === '') continue;
    const user = value('username');
    const called = [value('label'), value('displayName')].find((name) => name !== '' && name !== user);
    accounts.push({ account, name: (called === undefined ? user : `${called} (${user})`).slice(0, LONGEST_NAME) });
  }
  return accounts;
}
