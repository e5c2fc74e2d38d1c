import assert from 'node:assert/strict';
import { plainProgramPath, programName, sameProgram } from '../../../src/microsip/program-path';

describe('program path', () => {
  it('is the same in any way of writing', () => {
    const path = 'C:\\Program Files\\MicroSIP\\microsip.exe';
    for (const other of [
      path.toUpperCase(),
      `"${path}"`,
      `  "${path}" `,
      'C:/Program Files/MicroSIP/microsip.exe',
      'C:\\Program Files\\\\MicroSIP\\.\\microsip.exe',
      'C:\\Program Files\\Other\\..\\MicroSIP\\microsip.exe',
    ]) {
      assert.ok(sameProgram(path, other), other);
    }
  });

  it('is another one in another folder or by another name', () => {
    assert.ok(!sameProgram('C:\\A\\microsip.exe', 'C:\\B\\microsip.exe'));
    assert.ok(!sameProgram('C:\\A\\microsip.exe', 'C:\\A\\phone.exe'));
  });

  it('may be empty', () => {
    assert.equal(plainProgramPath(''), '');
    assert.equal(plainProgramPath('  ""  '), '');
    assert.equal(programName(''), 'microsip.exe');
    assert.equal(programName('"D:/Phones/Desk Phone.EXE"'), 'desk phone.exe');
  });
});
