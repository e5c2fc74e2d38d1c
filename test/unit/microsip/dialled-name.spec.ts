import assert from 'node:assert/strict';
import { isDialledText } from '../../../src/microsip/dialled-name';

describe('the name of a call that goes out', () => {
  const DIALLED: [name: string, number: string][] = [
    ['1002', '1002'],
    ['1002', '91002'],
    ['+49 (30) 123-456', '+4930123456'],
    ['0049/30.123456', '+4930123456'],
    ['*43', '%2A43'],
    ['user@127.0.0.1:55000', 'user'],
    ['sales@pbx.example.test', '1099'],
    ['sip:1002@other.test;user=phone', '1002'],
    ['<sip:+4930123@pbx.example.test>', '+4930123'],
    ['tel:+4930123456', '+4930123456'],
    ['a.b', 'ab'],
  ];
  for (const [name, number] of DIALLED) {
    it(`is not ${name}, which is what was dialled`, () => {
      assert.equal(isDialledText(name, number), true);
    });
  }

  const NAMES: [name: string, number: string][] = [
    ['Ada', '1002'],
    ['Ada Lovelace (home)', '+4930123456'],
    ['Room 12', '12'],
    ['Ada @ work', '1002'],
    ['24/7 Service', '0800'],
    ['Bob', 'alice'],
    ['Ada', 'ada'],
    ['山田', '1002'],
  ];
  for (const [name, number] of NAMES) {
    it(`is ${name} of ${number}`, () => {
      assert.equal(isDialledText(name, number), false);
    });
  }
});
