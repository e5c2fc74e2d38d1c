import type { Reader } from './json-reader';

/** @param time ms since 1970 */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

export const readTime: Reader<number> = (json) => {
  if (typeof json !== 'string') return undefined;
  const time = Date.parse(json);
  return !Number.isNaN(time) && isoTime(time) === json ? time : undefined;
};
