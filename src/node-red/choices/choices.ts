import { isPlainLocalPath } from '../../files/path-kind';
import { iniAccounts } from '../../microsip/ini/ini-accounts';
import { microsipSettings } from '../../microsip/ini/microsip-settings';
import type { NamedAccount } from '../../microsip/ini/named-account';
import { unquotedPath } from '../../microsip/program-path';
import { filesOf, programOf } from '../../win32/installation/local-installation';
import type { PhoneService } from '../phones/phone-service';
import type { ChoicesAnswer } from './choices-answer';

export const NO_CHOICES: ChoicesAnswer = { accounts: [], contacts: [], calls: [] };
/** Contacts: as many as a list in a browser is looked through. */
const MOST = 20;
const LONGEST_QUERY = 100;
/** Connections to a MicroSIP of this computer. */
const NEAR: readonly unknown[] = ['window', 'program', 'observe', undefined];

/** @param text of what contacts are wanted; without it none are */
export async function choicesOf(service: PhoneService, text: unknown): Promise<ChoicesAnswer> {
  const wanted = typeof text === 'string' && text.length <= LONGEST_QUERY ? text : '';
  const calls = service
    .snapshot()
    .calls.flatMap(({ number, name, callState }) =>
      number === undefined ? [] : [{ number, state: callState, ...(name !== undefined && { name }) }],
    );
  return { accounts: await accountsOf(service), contacts: service.callers.find(wanted, MOST), calls };
}

async function accountsOf({ simulated, raw }: PhoneService): Promise<NamedAccount[]> {
  if (simulated) return simulated.accounts.users.map((name, index) => ({ account: index + 1, name }));
  if (!NEAR.includes(raw.connection)) return [];
  const program = typeof raw.program === 'string' ? unquotedPath(raw.program) : '';
  if (program !== '' && !isPlainLocalPath(program)) return [];
  const ini = filesOf(programOf(program))?.ini;
  const read = ini === undefined ? undefined : await microsipSettings(ini);
  return read ? iniAccounts(read) : [];
}
