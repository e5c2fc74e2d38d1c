import { setTimeout as sleep } from 'node:timers/promises';
import { IniFile } from '../installation/ini-file';
import { unquoted } from '../installation/ini-value';
import { readRegularFile } from '../installation/regular-file';
import { PhoneError } from '../phone/phone-error';
import type { LinkAction } from './link';

/** Bytes. MicroSIP's own has a third at most; to take apart more would hold up the main thread. */
const LONGEST = 1024 * 1024;
/** ms; a command does not wait for a disk that hangs. */
const PATIENCE = 500;

/**
 * MicroSIP drops the whole text when an account is not there or has no domain (interface document, section 2.5), so the
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

/** The account that an action switches to. */
export function accountOf(action: LinkAction): number | undefined {
  return action.do === 'dial' || action.do === 'account' ? action.account : undefined;
}

async function hasAccount(path: string, account: number): Promise<boolean | undefined> {
  const bytes = await inTime(readRegularFile(path, LONGEST)).catch(() => undefined);
  const ini = bytes && IniFile.parse(bytes);
  return ini && unquoted(ini.get(`Account${account}`, 'domain') ?? '') !== '';
}

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([answer, sleep(PATIENCE, undefined, { ref: false, signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
