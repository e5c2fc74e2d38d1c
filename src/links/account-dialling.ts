import { unquoted } from '../microsip/ini/ini-value';
import type { Dialling } from '../phone/guard/targets/called-forms';
import { microsipSettings } from '../microsip/ini/microsip-settings';

/**
 * What an account of a MicroSIP does to numbers, by its ini, where every change of the active account is written at
 * once (docs/microsip/interface.md#2.5).
 * @param ini path
 * @param account 1.. ; without one the active account
 * @returns undefined when the ini cannot be read
 */
export async function accountDialling(ini: string | undefined, account?: number): Promise<Dialling | undefined> {
  const settings = ini === undefined ? undefined : await microsipSettings(ini);
  if (!settings) return undefined;
  const value = (section: string, key: string): string => unquoted(settings.get(section, key) ?? '');
  const active = account ?? Number(value('Settings', 'accountId'));
  return { prefix: active > 0 ? value(`Account${active}`, 'dialingPrefix') : '' };
}
