import assert from 'node:assert/strict';
import { iniAccounts } from '../../../../src/microsip/ini/ini-accounts';
import { IniFile } from '../../../../src/microsip/ini/ini-file';

const accountsOf = (lines: string[]): unknown =>
  iniAccounts(IniFile.parse(Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le')) ?? assert.fail());

describe('the accounts in an ini of MicroSIP', () => {
  it('are known by their labels, else by the names that they show, else by their users', () => {
    assert.deepEqual(
      accountsOf([
        ...['[Account1]', 'label="Office"', 'displayName=Ada', 'username=1001', 'domain=pbx.example.org'],
        ...['[Account2]', 'label=', 'displayName=Ada', 'username=1002', 'domain=pbx.example.org'],
        ...['[Account4]', 'label=1004', 'username=1004', 'domain=pbx.example.org'],
      ]),
      [
        { account: 1, name: 'Office (1001)' },
        { account: 2, name: 'Ada (1002)' },
        { account: 4, name: '1004' },
      ],
    );
  });

  it('are none without a domain', () => {
    assert.deepEqual(accountsOf(['[Account1]', 'username=1001', 'domain=', '[Account]', 'domain=x']), []);
  });
});
