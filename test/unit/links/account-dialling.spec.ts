import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountDialling } from '../../../src/links/account-dialling';

describe('what an account does to numbers', () => {
  let folder: string;
  let ini: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'microsip-'));
    ini = join(folder, 'microsip.ini');
    const text =
      '[Settings]\r\naccountId=2\r\n[Account1]\r\ndialingPrefix=9\r\n[Account2]\r\ndialingPrefix="00"\r\n[Account3]\r\n';
    writeFileSync(ini, Buffer.from(`\ufeff${text}`, 'utf16le'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is what its section in the ini says', async () => {
    assert.deepEqual(await accountDialling(ini, 1), { prefix: '9' });
    assert.deepEqual(await accountDialling(ini, 3), { prefix: '' });
    assert.deepEqual(await accountDialling(ini, 4), { prefix: '' });
  });

  it('is that of the active account without one', async () => {
    assert.deepEqual(await accountDialling(ini), { prefix: '00' });
  });

  it('is not known without an ini', async () => {
    assert.equal(await accountDialling(undefined), undefined);
    assert.equal(await accountDialling(join(folder, 'missing.ini')), undefined);
    assert.equal(await accountDialling(folder), undefined);
  });
});
