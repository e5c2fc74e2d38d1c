import type { TextParams } from '../../catalog';

/** One thing that is wrong with the file. Never with a value in it: that may be a password, also where none belongs. */
export interface ConfigProblem {
  /** As `phones[0].phone.timeout`; empty: the file as a whole. */
  path: string;
  /** Of the sentence `config.<reason>` that says what is wrong and what to do. */
  reason: string;
  params?: TextParams;
}

/** The file cannot be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ path, reason }) => `${path}: ${reason}`).join('\n'));
  }
}

/** @throws ConfigError with this one problem */
export function refuse(path: string, reason: string, params?: TextParams): never {
  throw new ConfigError([{ path, reason, ...(params && { params }) }]);
}

/** The path of a part of what a path names. */
export function within(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = /^[\w$-]+$/.test(key) ? key : JSON.stringify(key.slice(0, 40));
  return path === '' ? name : `${path}.${name}`;
}
