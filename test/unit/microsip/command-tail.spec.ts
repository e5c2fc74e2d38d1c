import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandTail } from '../../../src/microsip/command-tail';

/** How MicroSIP reads the tail of its command line: docs/microsip/interface.md#2.2, steps 1 and 2. */
function asMicrosipReads(tail: string): string {
  const trimmed = tail.replace(/^ +| +$/g, '');
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
}

/** How a Windows program takes its command line apart behind its name (Microsoft: parsing C command-line arguments). */
function asWindowsParses(tail: string): string[] {
  const found: string[] = [];
  let argument: string | undefined;
  let quoted = false;
  for (let at = 0; at < tail.length; at += 1) {
    const backslashes = /^\\*/.exec(tail.slice(at))?.[0].length ?? 0;
    const behind = tail[at + backslashes];
    if (backslashes > 0 && behind === '"') {
      argument = (argument ?? '') + '\\'.repeat(Math.floor(backslashes / 2)) + (backslashes % 2 ? '"' : '');
      at += backslashes - (backslashes % 2 ? 0 : 1);
    } else if (behind === '"' && backslashes === 0) {
      quoted = !quoted;
      argument ??= '';
    } else if (!quoted && (tail[at] === ' ' || tail[at] === '\t')) {
      if (argument !== undefined) found.push(argument);
      argument = undefined;
    } else argument = (argument ?? '') + (tail[at] ?? '');
  }
  return argument === undefined ? found : [...found, argument];
}

/** What stands in commands, with the characters that quoting rules are about in plenty. */
const texts = fc
  .array(fc.oneof(fc.constantFrom('"', '\\', ' ', '&', '%', '^', '/', "'", 'ä', '🎉'), fc.string({ maxLength: 5 })))
  .map((parts) => `1001 ${parts.join('')}`);

describe("the tail of MicroSIP's command line", () => {
  it('leaves switches as they are, since they are compared whole', () => {
    for (const text of ['/exit', '/answer', '/hangupall', '/minimized', '/dtmf:12#', 'msip:hold', '+4930123,,1#'])
      assert.equal(commandTail(text), text);
    assert.equal(commandTail('/account:2 1001'), '"/account:2 1001"');
  });

  it('is read by MicroSIP as exactly the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          texts,
          fc.string({ minLength: 1 }).filter((text) => !/\/reset/i.test(text)),
        ),
        (text) => {
          assert.equal(asMicrosipReads(commandTail(text)), text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is one argument by the rules of Windows', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.includes('"') && !text.endsWith('\\'));
        assert.deepEqual(asWindowsParses(commandTail(text)), [text]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never deletes the data of the user', () => {
    for (const text of ['/reset', '/resetnoask', ' /resetnoask', '"/resetnoask"', '/RESET'])
      assert.throws(() => commandTail(text), { code: 'invalid_number' });
  });
});
