import { isAbsolute, join } from 'node:path';
import { FileRefusedError, readRegularFile } from '../../files/regular-file';
import { codeOf } from './config-text';
import { ConfigError, refuse, within, type ConfigProblem } from './config-problem';

/** Bytes of a file with a secret in it. */
const LONGEST_SECRET = 64 * 1024;
const PLACE = /\$?\$\{([^{}]*)\}/g;
const FILE = /^file:(.+)$/;
/** Windows has such as `ProgramFiles(x86)`. */
const VARIABLE = /^[A-Za-z_][\w().-]*$/;

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** Of the file: relative paths begin there. */
  folder: string;
}

export interface FilledIn {
  value: unknown;
  /** What came out of files: it is never shown. */
  secrets: string[];
  /** The paths of the texts that had something to fill in. */
  filled: Set<string>;
}

/**
 * Fills in `${NAME}`, an environment variable, and `${file:PATH}`, the content of a file without the line end behind it.
 * `$${` is `${`; any other `$` is itself. What is filled in is not looked at again.
 * @throws ConfigError with all that is missing
 */
export async function filledIn(document: unknown, surroundings: Surroundings): Promise<FilledIn> {
  const result: FilledIn = { value: undefined, secrets: [], filled: new Set() };
  const problems: ConfigProblem[] = [];

  const text = async (template: string, path: string): Promise<string> => {
    const parts: string[] = [];
    let done = 0;
    for (const match of template.matchAll(PLACE)) {
      const [whole, name = ''] = match;
      parts.push(template.slice(done, match.index), await replaced(whole, name, path));
      done = match.index + whole.length;
    }
    return [...parts, template.slice(done)].join('');
  };

  const replaced = async (whole: string, name: string, path: string): Promise<string> => {
    if (whole.startsWith('$$')) return whole.slice(1);
    result.filled.add(path);
    try {
      const [, file] = FILE.exec(name) ?? [];
      if (file === undefined) return variable(name, path, surroundings.env);
      const content = await secretFrom(file, path, surroundings.folder);
      result.secrets.push(content);
      return content;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return '';
    }
  };

  const walk = async (value: unknown, path: string): Promise<unknown> => {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) items.push(await walk(item, within(path, index)));
      return items;
    }
    if (typeof value !== 'object' || value === null) return value;
    const members: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) members.push([key, await walk(item, within(path, key))]);
    // Not by assignment: a key may be `__proto__`.
    return Object.fromEntries(members);
  };

  result.value = await walk(document, '');
  if (problems.length > 0) throw new ConfigError(problems);
  return result;
}

function variable(name: string, path: string, env: Surroundings['env']): string {
  if (!VARIABLE.test(name)) return refuse(path, 'variable_name');
  const value = env[name];
  if (value === undefined) return refuse(path, 'variable_missing', { name });
  return value === '' ? refuse(path, 'variable_empty', { name }) : value;
}

async function secretFrom(file: string, path: string, folder: string): Promise<string> {
  const full = isAbsolute(file) ? file : join(folder, file);
  let content: string;
  try {
    const bytes = await readRegularFile(full, LONGEST_SECRET);
    content = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  } catch (error) {
    return refuse(path, 'content_unreadable', {
      file: full,
      why: error instanceof FileRefusedError ? error.why : codeOf(error),
    });
  }
  const secret = content.replace(/(?:\r?\n)+$/, '');
  return secret === '' ? refuse(path, 'content_empty', { file: full }) : secret;
}
