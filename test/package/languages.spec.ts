import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

const LOCALES = join(ROOT, 'locales');
const BASE = 'en-US';
const LANGUAGES = ['de', 'es-ES', 'fr', 'ja', 'pt-BR', 'ru', 'zh-CN'];
const FILES = readdirSync(join(LOCALES, BASE));
/** Node-RED shows about this many characters of a status. */
const MAX_STATUS = 20;
const MAX_PALETTE_LABEL = 24;

/** What is the same word in so many languages that it needs no translation; in each of the others it is allowed. */
const SAME_EVERYWHERE = ['palette.label.MicroSIP', 'unit.ms', 'find.running', 'change.written', 'show.program'];

/** What happens to be the same word in one language and in English: file and key. */
const SAME: Record<string, string[]> = {
  de: [
    'common.json field.name',
    'common.json field.broker',
    'microsip-dial.json format.national',
    'microsip-phone.json test.version',
    'microsip-phone.json test.registrationText',
    'microsip-phone.json test.phoneName',
    'microsip-phone.json test.agent',
  ],
  fr: [
    'common.json field.broker',
    'doctor.json show.mode.portable',
    'microsip-audio.json label',
    'microsip-phone.json test.version',
    'microsip-phone.json test.agent',
    'microsip-phone.json fold.sources',
    'microsip-phone.json called.mqtt',
    ...['app', 'audio', 'conference', 'feature', 'hold'].map((node) => `microsip-${node}.json field.action`),
  ],
  'pt-BR': ['common.json field.broker', 'microsip-phone.json test.registrationText'],
};

type Texts = Map<string, string>;

const textsOf = (language: string, file: string): Texts => {
  const texts: Texts = new Map();
  const collect = (entry: unknown, key: string): void => {
    if (typeof entry === 'string') texts.set(key, entry);
    else for (const [name, inner] of Object.entries(entry as object)) collect(inner, key ? `${key}.${name}` : name);
  };
  collect(JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')), '');
  return texts;
};
const helpOf = (language: string, file: string): string => readFileSync(join(LOCALES, language, file), 'utf8');

const placeholders = (text: string): string[] => (text.match(/__\w+?__/g) ?? []).sort();
/** A word in angle brackets may also stand for a value, as in a usage. */
const tags = (text: string): string[] =>
  text.match(/<!--.*?-->|<\/?(?:code|i|em|a|p|h[34]|[du]l|ol|li|d[td]|pre|span|script)\b[^>]*>/g) ?? [];
/** What a machine reads: property names, values, JSON. */
/** Where there are no blanks between words, Prettier breaks lines inside of tags. */
const code = (text: string): string[] =>
  (text.replace(/(<\/?code)\s+>/g, '$1>').match(/<code>.*?<\/code>/gs) ?? []).sort();
/** Enough letters in a row to be words of a language. */
const hasWords = (text: string): boolean => /\p{L}{3,}/u.test(text.replace(/__\w+?__|<[^>]+>/g, ''));

describe('the languages', () => {
  it('are those that the project promises', () => {
    assert.deepEqual(readdirSync(LOCALES).sort(), [BASE, ...LANGUAGES].sort());
  });

  for (const language of LANGUAGES) {
    describe(language, () => {
      for (const file of FILES.filter((name) => name.endsWith('.json'))) {
        it(`has every text of ${file}, none more, and none in English`, () => {
          assert.ok(existsSync(join(LOCALES, language, file)), 'the file is missing');
          const english = textsOf(BASE, file);
          const texts = textsOf(language, file);
          assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort());
          const untranslated = [...texts].filter(
            ([key, text]) => text === english.get(key) && hasWords(text) && !isTheSame(language, file, key),
          );
          assert.deepEqual(untranslated, []);
          for (const [key, text] of texts) {
            assert.notEqual(text.trim(), '', key);
            assert.deepEqual(placeholders(text), placeholders(english.get(key) ?? ''), key);
            assert.deepEqual(code(text), code(english.get(key) ?? ''), key);
            assert.deepEqual(tags(text).sort(), tags(english.get(key) ?? '').sort(), key);
          }
        });
      }

      for (const file of FILES.filter((name) => name.endsWith('.html'))) {
        it(`has ${file} with the same structure and the same names`, () => {
          assert.ok(existsSync(join(LOCALES, language, file)), 'the file is missing');
          const [english, text] = [helpOf(BASE, file), helpOf(language, file)];
          assert.deepEqual(blocks(text), blocks(english));
          assert.deepEqual(code(text), code(english));
          const sentences = (html: string): string[] =>
            html
              .replace(/<script[^>]*>|<\/script>|<!--.*?-->|<code>.*?<\/code>|<dt.*?<\/dt>/gs, '')
              .split(/<[^>]+>/)
              .map((part) => part.trim().replace(/\s+/g, ' '))
              .filter((part) => /\p{L}{3,}.*\s.*\p{L}{3,}/u.test(part));
          const same = sentences(text).filter((sentence) => sentences(english).includes(sentence));
          assert.deepEqual(same, []);
        });
      }

      it('has no status text and no palette label that is too long to be read', () => {
        for (const [key, text] of textsOf(language, 'common.json')) {
          if (key.startsWith('status.')) assert.ok(text.length < MAX_STATUS, `${key}: ${text}`);
        }
        for (const file of FILES.filter((name) => /^microsip-.*\.json$/.test(name))) {
          const label = textsOf(language, file).get('label') ?? '';
          assert.ok(label.length <= MAX_PALETTE_LABEL, `${file}: ${label}`);
        }
      });
    });
  }
});

/** Tags in their order, without those inside a sentence, which another language may put elsewhere. */
function blocks(html: string): string[] {
  return tags(html)
    .filter((tag) => !/^<\/?(?:code|i|em|a)\b/.test(tag))
    .map((tag) => tag.replace(/ data-lang="[^"]*"/, ''));
}
function isTheSame(language: string, file: string, key: string): boolean {
  return SAME_EVERYWHERE.includes(key) || (SAME[language] ?? []).includes(`${file} ${key}`);
}
