import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireAccounts } from '../../../src/links/account-check';

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

  const ask = (account: number, path = ini): void => {
    requireAccounts([{ do: 'hangup_all' }, { do: 'dial', target: '1', account }], path);
    requireAccounts([{ do: 'account', account }], path);
  };

  it('passes one with a domain', () => {
    ask(1);
  });

  for (const account of [2, 3, 4])
    it(`refuses account ${account}, whose text MicroSIP would drop`, () => {
      assert.throws(
        () => {
          requireAccounts([{ do: 'account', account }], ini);
        },
        { code: 'config' },
      );
      assert.throws(
        () => {
          requireAccounts([{ do: 'dial', target: '1', account }], ini);
        },
        { code: 'config' },
      );
    });

  it('refuses nothing that it cannot look up', () => {
    const ansi = join(folder, 'old.ini');
    writeFileSync(ansi, '[Account1]\r\n');
    ask(9, ansi);
    ask(9, join(folder, 'none.ini'));
    requireAccounts([{ do: 'account', account: 9 }], undefined);
  });
});
