import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile, readRegularFileSync } from '../files/regular-file';

/** The English texts that MicroSIP shows as a translation; several may have the same one. */
export type LanguagePack = ReadonlyMap<string, readonly string[]>;

/** Bytes; real packs have about 30,000. */
const LONGEST = 1_000_000;
/** Real packs have about 290 texts, and few with the same translation. */
const MOST_TEXTS = 5000;
const MOST_MEANINGS = 10;
const NAME = /^langpack_.*\.txt$/i;
const HEAD = 'Language Pack';
const BOM = '\ufeff';

/**
 * The language pack that MicroSIP takes: the first one beside its program (docs/microsip/corrections.md#23).
 * @param encoding of a pack without a mark at its beginning
 * @returns undefined when there is none, or none that can be read
 */
export async function languagePackIn(folder: string, encoding: string): Promise<LanguagePack | undefined> {
  try {
    const name = firstOf(await readdir(folder));
    return name === undefined
      ? undefined
      : parseLanguagePack(await readRegularFile(join(folder, name), LONGEST), encoding);
  } catch {
    return undefined;
  }
}

/** As `languagePackIn`, not for the main thread. */
export function languagePackInSync(folder: string, encoding: string): LanguagePack | undefined {
  try {
    const name = firstOf(readdirSync(folder));
    return name === undefined
      ? undefined
      : parseLanguagePack(readRegularFileSync(join(folder, name), LONGEST), encoding);
  } catch {
    return undefined;
  }
}

/** @returns undefined when it is none; it may have been written by anybody */
export function parseLanguagePack(bytes: Buffer, encoding: string): LanguagePack | undefined {
  const isUtf8 = bytes.subarray(0, 3).toString('utf8') === BOM;
  const text = new TextDecoder(isUtf8 ? 'utf-8' : encoding).decode(bytes);
  const [head = '', ...lines] = text.split(/[\r\n]+/);
  if (!head.startsWith(HEAD)) return undefined;
  const pack = new Map<string, string[]>();
  let english: string | undefined;
  for (const line of lines) {
    if (line.length > 2 && line.startsWith('[') && line.endsWith(']')) {
      english = line.slice(1, -1);
    } else if (english !== undefined && line !== '') {
      const known = pack.get(line) ?? [];
      if (known.length < MOST_MEANINGS && !known.includes(english)) known.push(english);
      if (pack.size < MOST_TEXTS || pack.has(line)) pack.set(line, known);
      english = undefined;
    }
  }
  return pack;
}

/**
 * What a text of MicroSIP may be in English: also one that it has put together, such as `Online (Auto Answer)`,
 * `Connecting...` and `Server error (503). Service Unavailable`.
 */
export function inEnglish(pack: LanguagePack, text: string): string[] {
  const whole = pack.get(text) ?? [];
  const dots = text.endsWith('...') ? (pack.get(text.slice(0, -3)) ?? []).map((one) => `${one}...`) : [];
  const [, server = '', code = ''] =
    /^([^()]*) (\(5\d\d\)\. .*)$/.exec(text) ?? /^([^():]*)(: 5\d\d .*)$/.exec(text) ?? [];
  const errors = (pack.get(server) ?? []).map((one) => (code.startsWith(':') ? one + code : `${one} ${code}`));
  const [, base = '', suffix = ''] = /^([^()]*) \(([^()]*)\)$/.exec(text) ?? [];
  const both = (pack.get(base) ?? []).flatMap((one) => (pack.get(suffix) ?? []).map((two) => `${one} (${two})`));
  return [...whole, ...dots, ...errors, ...both];
}

function firstOf(names: readonly string[]): string | undefined {
  return names.filter((name) => NAME.test(name)).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))[0];
}
