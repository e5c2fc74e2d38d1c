import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

const LOCALES = join(ROOT, 'locales/en-US');
const SOURCES = ['nodes', 'plugins', 'src', 'bin', 'executable'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    // All reasons of errors are in that one, whether or not there is such an error.
    .filter((file) => /\.(?:ts|html)$/.test(file) && !file.endsWith('error-reasons.ts'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
);
const ALL = SOURCES.join('\n');

/** Only puts the name of the part before a key. */
const WHOLE_DOCTOR = 'doctor.${key}';

/** Every text in quotation marks; of a template, what stands for its values fits anything. */
const patterns = literals().map((text) => {
  const fixed = text.split(/\$\{[^}]*\}/);
  return { text, pattern: new RegExp(`^${fixed.map(escaped).join('[\\w.-]+')}$`) };
});

function literals(): string[] {
  // One by one: a template may have a text in quotation marks in it.
  const quoted = [/'([^'\n]*)'/g, /"([^"\n]*)"/g, /`([^`\n]*)`/g].flatMap((quotes) =>
    [...ALL.matchAll(quotes)].map(([, text = '']) => text),
  );
  // In a form: `data-i18n="[placeholder]hint.account;field.account"`.
  const keys = quoted.flatMap((text) =>
    text.split(';').map((part) => part.replace(/^\[[\w-]+\]|^.*:(?=[\w.]+$)/g, '')),
  );
  return [...new Set([...keys, ...lists()])].filter((text) =>
    /^[\w.-]*[a-z_]{3}[\w.-]*$/i.test(text.replace(/\$\{[^}]*\}/g, '')),
  );
}
/** A list of tick boxes names the part of the catalog with the words beside them. */
function lists(): string[] {
  return [...ALL.matchAll(/texts: '(\w+)'/g)].map(([, part = '']) => `${part}.\${word}`);
}
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Whether the program can ask for the text. The catalog of the doctor is the part `doctor` of the phone's, and the key of
 * a phone's error is made of its code and a reason.
 */
function isUsed(key: string): boolean {
  const [kind, , reason] = key.split('.');
  if (kind === 'error' && reason !== undefined)
    return reason === 'default' || patterns.some(({ pattern }) => pattern.test(reason));
  return patterns.some(
    ({ text, pattern }) => text !== WHOLE_DOCTOR && [key, `doctor.${key}`].some((name) => pattern.test(name)),
  );
}

function keysOf(entry: unknown, key = ''): string[] {
  if (typeof entry === 'string') return [key];
  return Object.entries(entry as object).flatMap(([name, inner]) => keysOf(inner, key ? `${key}.${name}` : name));
}

describe('the texts', () => {
  for (const file of readdirSync(LOCALES).filter((name) => name.endsWith('.json'))) {
    it(`of ${file} are all used`, () => {
      const keys = keysOf(JSON.parse(readFileSync(join(LOCALES, file), 'utf8')));
      assert.deepEqual(
        keys.filter((key) => !isUsed(key) && !key.startsWith('palette.label.')),
        [],
      );
    });
  }

  it('of errors get all the values that they have room for', () => {
    const { error } = JSON.parse(readFileSync(join(LOCALES, 'common.json'), 'utf8')) as {
      error: Record<string, Record<string, string>>;
    };
    const thrown = /new PhoneError\(\s*'(\w+)'(?:,\s*(?:'(\w+)'|undefined))?(?:,\s*(?:\{([^{}]*)\}|([^()]*)))?,?\s*\)/g;
    const all = [...ALL.matchAll(thrown)];
    const bare = all.flatMap(([whole, code = '', reason = 'default', given = '', elsewhere]) => {
      const names = [...(error[code]?.[reason] ?? '').matchAll(/__(\w+?)__/g)].map(([, name = '']) => name);
      const isSpread = elsewhere !== undefined || given.includes('...');
      return isSpread || names.every((name) => new RegExp(`\\b${name}\\b`).test(given)) ? [] : [whole];
    });
    assert.deepEqual(bare, []);
    assert.ok(all.length > 100);
  });

  it('would be missed if one were not used', () => {
    assert.equal(isUsed('hint.nobody'), false);
    assert.equal(isUsed('error.config.nobody_knows'), false);
  });
});
