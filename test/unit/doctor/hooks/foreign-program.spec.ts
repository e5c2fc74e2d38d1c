import assert from 'node:assert/strict';
import { foreignProgram, placeholdersOf } from '../../../../src/doctor/hooks/foreign-program';

describe('program that a hook ran before', () => {
  it('is started with its arguments, unquoted as by MicroSIP, and the parameter', () => {
    assert.deepEqual(foreignProgram('"C:\\a b\\crm.exe" /call "big customer"'), {
      program: 'C:\\a b\\crm.exe',
      arguments: '/call big customer {parameter}',
    });
    assert.deepEqual(foreignProgram('notepad'), { program: 'notepad', arguments: '{parameter}' });
  });

  it('goes through cmd.exe when Windows would open it by its kind', () => {
    for (const file of ['C:\\x\\log.bat', 'C:\\x\\log.CMD', 'C:\\x\\log.vbs']) {
      const foreign = foreignProgram(`${file} -a`);
      assert.match(foreign?.program ?? '', /System32.cmd\.exe$/);
      assert.equal(foreign?.arguments, `/d /s /c ""${file}" -a {parameter}"`);
      assert.equal(foreign.shell, true);
    }
  });

  it('may be an address', () => {
    const foreign = foreignProgram('https://crm.example/?n={number}&d=1');
    assert.match(foreign?.program ?? '', /rundll32\.exe$/);
    assert.equal(foreign?.arguments, 'url.dll,FileProtocolHandler https://crm.example/?n={number}&d=1');
  });

  it('is none without a value', () => {
    assert.deepEqual(
      [foreignProgram(''), foreignProgram('  '), foreignProgram('""')],
      [undefined, undefined, undefined],
    );
  });

  it('needs the placeholders that only MicroSIP fills in, and only for outgoing calls', () => {
    const value = 'x.exe {number} {name} {number} {unknown}';
    assert.deepEqual(placeholdersOf('cmdOutgoingCall', value), ['number', 'name']);
    assert.deepEqual(placeholdersOf('cmdCallRing', value), []);
  });
});
