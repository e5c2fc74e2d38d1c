import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireAccounts } from '../../../src/links/account-check';
import { skipBecause } from '../../support/skip';

describe('accounts in the ini', () => {
  let folder: string;
  let ini: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'microsip-'));
    ini = join(folder, 'microsip.ini');
    const text =
      '[Settings]\r\naccountId=1\r\n[Account1]\r\ndomain="example.org"\r\n[Account2]\r\ndomain=""\r\n[Account3]\r\n';
    writeFileSync(ini, Buffer.from(`\ufeff${text}`, 'utf16le'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const ask = async (account: number, path = ini): Promise<void> => {
    await requireAccounts([{ do: 'hangup_all' }, { do: 'dial', target: '1', account }], path);
    await requireAccounts([{ do: 'account', account }], path);
  };

  it('passes one with a domain', async () => {
    await ask(1);
  });

  for (const account of [2, 3, 4])
    it(`refuses account ${account}, whose text MicroSIP would drop`, async () => {
      await assert.rejects(requireAccounts([{ do: 'account', account }], ini), { code: 'config' });
      await assert.rejects(requireAccounts([{ do: 'dial', target: '1', account }], ini), { code: 'config' });
    });

  it('refuses nothing that it cannot look up', async () => {
    const ansi = join(folder, 'old.ini');
    writeFileSync(ansi, '[Account1]\r\n');
    await ask(9, ansi);
    await ask(9, join(folder, 'none.ini'));
    await requireAccounts([{ do: 'account', account: 9 }], undefined);
  });

  it('does not wait for a pipe in the place of the ini, and does not read a huge one', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
    const pipe = join(folder, 'pipe.ini');
    execFileSync('mkfifo', [pipe]);
    await ask(9, pipe);
    await ask(9, '/dev/zero');
    const huge = join(folder, 'huge.ini');
    writeFileSync(huge, '');
    truncateSync(huge, 100_000_000);
    await ask(9, huge);
  });
});
