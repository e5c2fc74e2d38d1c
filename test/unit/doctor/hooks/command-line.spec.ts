import assert from 'node:assert/strict';
import fc from 'fast-check';
import { programRunBy, splitArguments } from '../../../../src/microsip/command-line';
import { DoctorError } from '../../../../src/doctor/program/doctor-error';
import { hookValue, isOurs } from '../../../../src/doctor/hooks/hook-value';

const PIPE = '\\\\.\\pipe\\microsip-hook-0123456789ab';

describe('command of a hook value', () => {
  const cases: [value: string, program: string, text: string][] = [
    ['C:\\x\\h.exe arg', 'C:\\x\\h.exe', 'arg'],
    ['"C:\\a b\\h.exe" arg', 'C:\\a b\\h.exe', 'arg'],
    ['  "C:\\a b\\h.exe"   a   b  ', 'C:\\a b\\h.exe', 'a b'],
    ['h.exe "two words" x', 'h.exe', 'two words x'],
    ['h.exe "\\"two words\\"" x', 'h.exe', '"two words" x'],
    ['C:\\Program Files\\h.exe', 'C:\\Program', 'Files\\h.exe'],
    ['"h.exe"', 'h.exe', ''],
    ['', '', ''],
    ['h.exe a\\\\b \\\\\\"c', 'h.exe', 'a\\\\b \\"c'],
  ];
  for (const [value, program, text] of cases) {
    it(`${JSON.stringify(value)} runs ${JSON.stringify(program)} with ${JSON.stringify(text)}`, () => {
      assert.deepEqual(programRunBy(value), { program, arguments: text });
    });
  }

  it('is split by the rules of CommandLineToArgvW', () => {
    assert.deepEqual(splitArguments('"abc" d e'), ['abc', 'd', 'e']);
    assert.deepEqual(splitArguments('a\\\\b d"e f"g h'), ['a\\\\b', 'de fg', 'h']);
    assert.deepEqual(splitArguments('a\\\\\\"b c d'), ['a\\"b', 'c', 'd']);
    assert.deepEqual(splitArguments('a\\\\\\\\"b c" d e'), ['a\\\\b c', 'd', 'e']);
    // Here the C runtime would still be inside the quotes.
    assert.deepEqual(splitArguments('a"b"" c d'), ['ab"', 'c', 'd']);
    assert.deepEqual(splitArguments('"" x'), ['', 'x']);
  });
});

describe('value of our hooks', () => {
  const program = { node: 'C:\\Program Files\\nodejs\\node.exe', pipe: PIPE };

  it('arrives at Node.js whole, although MicroSIP takes the quotes off and the paths have blanks', () => {
    const name = fc.stringMatching(/^[\p{L}\p{N} &%'()^+,;=@!$#._-]{1,30}$/u).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(name, name, (user, folder) => {
        const script = `C:\\Users\\${user}\\AppData\\Roaming\\${folder}\\microsip-hook.cjs`;
        const value = hookValue({ ...program, script }, 'cmdOutgoingCall', ['number']);
        const { program: node, arguments: text } = programRunBy(value);
        assert.equal(node, program.node);
        const caller = '-o file   --x\ta';
        assert.deepEqual(splitArguments(`${text} ${caller}`), [
          script,
          'cmdOutgoingCall',
          PIPE,
          'number={number}',
          `-- ${caller}`,
        ]);
        assert.ok(isOurs(value));
        // Versions up to 3.20 take a pair of quotes away at each start and put none back.
        assert.ok(!value.endsWith('"'));
      }),
    );
  });

  it('is refused when MicroSIP would cut it', () => {
    const fits = (length: number): string =>
      hookValue({ ...program, script: `C:\\${'x'.repeat(length)}.cjs` }, 'cmdCallAnswer');
    const most = 255 - 2 - (fits(0).length - 0);
    assert.equal(fits(most).length, 253);
    assert.throws(
      () => fits(most + 1),
      (error) => error instanceof DoctorError && error.code === 'too_long',
    );
  });

  it('is refused with a quote in a path', () => {
    assert.throws(
      () => hookValue({ ...program, script: '/a"b' }, 'trial'),
      (error) => error instanceof DoctorError && error.code === 'impossible_path',
    );
  });
});
