import type { Reader } from '../../messages/json-reader';

/** Bytes of a command (16 KB). */
export const LONGEST_COMMAND = 16 * 1024;
/** Bytes of what agents publish: a state has all calls of its phone in it. */
const LONGEST_PUBLISHED = 64 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @returns undefined for what is no UTF-8, or longer than this many bytes */
export function textOf(payload: Uint8Array, longest = LONGEST_PUBLISHED): string | undefined {
  if (payload.byteLength > longest) return undefined;
  try {
    return decoder.decode(payload);
  } catch {
    return undefined;
  }
}

/** @returns undefined for what is no JSON, or longer than this many bytes */
export function jsonOf(payload: Uint8Array, longest = LONGEST_PUBLISHED): unknown {
  try {
    return JSON.parse(textOf(payload, longest) ?? '');
  } catch {
    return undefined;
  }
}

/** @returns undefined for what is not JSON of this form, whoever published it */
export function readPayload<T>(payload: Uint8Array, read: Reader<T>): T | undefined {
  const json = jsonOf(payload);
  return json === undefined ? undefined : read(json);
}
