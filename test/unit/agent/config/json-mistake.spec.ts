import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonMistake, type JsonMistake } from '../../../../src/agent/config/json-mistake';

describe('the first mistake in a JSON text', () => {
  const cases: [text: string, what: JsonMistake['what'], line: number, column: number][] = [
    ['{\n  "a": 1\n  "b": 2\n}', 'comma_missing', 2, 9],
    ['{"a": [1 2]}', 'comma_missing', 1, 9],
    ['{"a": 1,\n}', 'comma_too_many', 1, 8],
    ['{"a": 1,, "b": 2}', 'comma_too_many', 1, 8],
    ['[1,]', 'comma_too_many', 1, 3],
    ['{"a" 1}', 'colon_missing', 1, 6],
    ['{ // broker\n}', 'comment', 1, 3],
    ['{"a": 1 # one\n}', 'comment', 1, 9],
    ["{'a': 1}", 'quotes', 1, 2],
    ['{“a”: 1}', 'quotes', 1, 2],
    ['{"ca": "C:\\Users\\ada"}', 'backslash', 1, 11],
    ['{"a": "one\ntwo"}', 'line_end', 1, 7],
    ['{"a": "one', 'not_ended', 1, 7],
    ['{"a": {"b": 1}', 'not_ended', 1, 15],
    ['', 'not_ended', 1, 1],
    ['{} {}', 'more_behind', 1, 4],
    ['{"deny": ["1"],\r\n "deny": []}', 'key_twice', 2, 2],
    ['{"a": 1, "\\u0061": 2}', 'key_twice', 1, 10],
    ['{"a": True}', 'unexpected', 1, 7],
    ['{"a": 01}', 'unexpected', 1, 7],
    ['['.repeat(100), 'too_deep', 1, 34],
  ];
  for (const [text, what, line, column] of cases)
    it(`is ${what} in ${JSON.stringify(text.slice(0, 24))}`, () => {
      assert.deepEqual(jsonMistake(text), { what, line, column });
    });

  it('is none where there is none', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (json, indent) => {
        assert.equal(jsonMistake(JSON.stringify(JSON.parse(json), null, indent)), undefined);
      }),
    );
  });

  it('is one wherever JSON.parse throws', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', 'x', '\\', '\t'),
        (json, at, put) => {
          const index = at % (json.length + 1);
          const text = json.slice(0, index) + put + json.slice(index + (put === '' ? 1 : 0));
          const isWrong = ((): boolean => {
            try {
              JSON.parse(text);
              return false;
            } catch {
              return true;
            }
          })();
          const mistake = jsonMistake(text);
          // Two equal names are a mistake only here.
          assert.ok(isWrong ? mistake !== undefined : mistake === undefined || mistake.what === 'key_twice', text);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
