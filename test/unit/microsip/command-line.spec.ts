import assert from 'node:assert/strict';
import { splitArguments, splitCommand } from '../../../src/microsip/command-line';

describe('Windows command lines', () => {
  const ROWS: [string, string[]][] = [
    ['', []],
    ['a b\tc', ['a', 'b', 'c']],
    ['  a   b  ', ['a', 'b']],
    ['"a b" c', ['a b', 'c']],
    ['a"b c"d', ['ab cd']],
    ['""', ['']],
    ['"open to the end', ['open to the end']],
    ['a\\b c\\', ['a\\b', 'c\\']],
    ['\\"quoted\\"', ['"quoted"']],
    ['"a\\\\" b', ['a\\', 'b']],
    ['"a\\\\\\"b"', ['a\\"b']],
    ['"C:\\dir\\" x"', ['C:\\dir" x']],
    ['"a \\b"', ['a \\b']],
  ];
  for (const [line, args] of ROWS) {
    it(`arguments of ${line || 'nothing'}`, () => {
      assert.deepEqual(splitArguments(line), args);
    });
  }

  it('the program may be in quotes, and its backslashes are only backslashes', () => {
    assert.deepEqual(splitCommand('C:\\x\\h.exe a "b c"'), { program: 'C:\\x\\h.exe', args: ['a', 'b c'] });
    assert.deepEqual(splitCommand(' "C:\\a b\\" arg '), { program: 'C:\\a b\\', args: ['arg'] });
    assert.deepEqual(splitCommand('"open'), { program: 'open', args: [] });
    assert.equal(splitCommand(' '), undefined);
  });
});
