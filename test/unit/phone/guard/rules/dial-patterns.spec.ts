import assert from 'node:assert/strict';
import { createPhone } from '../../../../../src/create-phone';
import { regularExpressions } from '../../../../../src/editor/checks/pattern-check';
import { checkRules, compilePatterns } from '../../../../../src/phone/guard/rules/dial-rules';
import { patternShape } from '../../../../../src/phone/guard/rules/pattern-shape';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';
import { nearSettings } from '../../../../../src/settings/phone-settings';

const reason = (key: string) => (error: unknown) =>
  error instanceof PhoneError && error.messageKey === `error.config.${key}`;
/** The dialog's node: says the key in place of the sentence. */
const editor = { _: (key: string) => key };

/** With a number from outside, each of these kept an engine that goes back over what it has read busy for seconds or years. */
const EXPLODING = [
  '^(\\d+)+$x',
  '^(\\d*)*$x',
  '^(\\d|\\d\\d)+$x',
  '(\\d+)*x',
  '^([0-9]+-?)*x$',
  '^(\\+?\\d+)+[a-z]$',
  '^(.*)*@x$',
  '(0|00|0*)*1x',
  '^((\\d)*)*x',
  '^(?:\\d{1,3}){1,80}x$',
  '\\d*\\d*\\d*\\d*\\d*\\d*\\d*\\d*x',
  '(?:\\w+\\.?)+@',
];

const UNSUPPORTED = ['(?=0)', '^(?!0900)', '(?<=1)2', '(?<!1)2', '^(\\d)\\1', '^(?<a>\\d)\\k<a>', '(a)(?:b|(?!c))'];

/** Small texts, great costs. */
const TOO_MUCH = [
  ['\\d{0,1000}'.repeat(9)],
  ['(\\d*\\d*){1000}'],
  ['(?:\\d{1,100}x){1,100}'],
  ['\\d{1000}'.repeat(20)],
  ['1'.repeat(30_000)],
  Array.from({ length: 1001 }, () => '1'),
  Array.from({ length: 600 }, () => '(\\d*\\d*)*'),
  ['\\d{99999999999999999999}'],
];

describe('patterns of the allow and deny lists', () => {
  for (const pattern of EXPLODING) {
    it(`${pattern} does not stop Node-RED`, () => {
      const rules = { allow: [], deny: compilePatterns([pattern]) };
      for (const number of ['1'.repeat(29), '0'.repeat(250), `${'12.'.repeat(80)}9`]) checkRules(number, rules);
    });
  }

  for (const pattern of UNSUPPORTED) {
    it(`${pattern} is a mistake in the settings, in the dialog too`, () => {
      assert.throws(() => compilePatterns([pattern]), reason('pattern_look_around'));
      assert.equal(regularExpressions(editor, [pattern]), 'error.config.pattern_look_around');
    });
  }

  for (const patterns of TOO_MUCH) {
    it(`${JSON.stringify(patterns).slice(0, 40)} is too much, in the dialog too`, () => {
      assert.throws(() => compilePatterns(patterns), reason('pattern_size'));
      assert.equal(regularExpressions(editor, patterns), 'error.config.pattern_size');
    });
  }

  it('only look like look-around or a back reference', () => {
    const patterns = ['[(?=]', '\\(\\?=', '\\\\1', '[?!]', '(?:a)', '(?<name>a)', '\\p{Lu}', '\\u{31}', '\\x31', '\\0'];
    assert.equal(compilePatterns(patterns).length, patterns.length);
    assert.equal(regularExpressions(editor, patterns), true);
  });

  it('that RE2 does not know are a mistake in the settings', () => {
    for (const pattern of ['(a{1000}){1000}', '\\p{Script_Extensions=Latin}'])
      assert.throws(() => compilePatterns([pattern]), PhoneError);
  });

  it('find what JavaScript finds', () => {
    const patterns = [
      '^0900',
      '^(\\+|00)',
      '^\\+?[0-9]{3,6}$',
      '[*#]',
      '^sip',
      '@pbx\\.example$',
      '\\b12\\b',
      '^\\u0030',
      '.',
    ];
    const numbers = ['0900123', '+49301', '0049', '112', '*43#', '101@pbx.example', 'sipx', '12@34', ''];
    for (const pattern of patterns)
      for (const number of numbers)
        assert.equal(compilePatterns([pattern])[0]?.test(number), new RegExp(pattern, 'u').test(number), pattern);
  });

  it('are measured with their repeats', () => {
    assert.deepEqual(patternShape('^\\d{3,14}$'), { looksAround: false, steps: 16, loops: 11 });
    assert.deepEqual(patternShape('(?:ab[c-z]{2}){3}x*'), { looksAround: false, steps: 16, loops: 1 });
    assert.deepEqual(patternShape('(a|b+){2,}'), { looksAround: false, steps: 8, loops: 3 });
  });
});

describe('a list whose environment variable is empty or not set allows nothing', () => {
  const lists: [string, unknown][] = [
    ['an empty entry', ['']],
    ['a blank one', ['  ']],
    ['line ends only', ['\n\r\n']],
    ['an empty one of several', ['^1', '']],
    ['a variable that is not set', ['${ALLOWED}']],
    ['a variable that is not set, written the old way', ['$(ALLOWED)']],
    ['an empty text', ''],
    ['a blank text', '\n'],
    ['a text that is a variable', '${ALLOWED}'],
    ['null in it', [null]],
    ['an object in it', [{}]],
    ['an object', {}],
    ['true', true],
    ['false', [false]],
  ];
  for (const [what, list] of lists) {
    for (const name of ['allow', 'deny']) {
      it(`${name}: ${what}`, () => {
        assert.throws(
          () => createPhone({ connection: 'simulator', [name]: list }),
          (error) => error instanceof PhoneError && error.code === 'config' && !error.message.includes('error.config'),
        );
      });
    }
  }

  it('a list that is not there, or has no entry, says nothing', () => {
    for (const list of [undefined, null, []]) assert.deepEqual(nearSettings({ allow: list }).allow, []);
  });

  it('a variable may hold several lines, a list or a number', () => {
    assert.deepEqual(nearSettings({ allow: ['^1\n\n^2\r\n', ['^3'], 112] }).allow, ['^1', '^2', '^3', '112']);
  });

  it('is no mistake in the dialog, which cannot know the value', () => {
    assert.equal(regularExpressions(editor, ['${ALLOWED}', '$(DENIED)']), true);
    assert.equal(regularExpressions(editor, '${ALLOWED}'), true);
    assert.equal(regularExpressions(editor, ['${ALLOWED}', '(']), 'problem.pattern');
  });

  it('an entry that is empty is one, a list that is not there is none', () => {
    assert.equal(regularExpressions(editor, ['']), 'error.config.pattern_blank');
    for (const list of [undefined, []]) assert.equal(regularExpressions(editor, list), true);
  });
});
