import type { NodeAPI } from 'node-red';
import { PhoneError } from '../../phone/errors/phone-error';

/** An error as a Catch node gets it: with a `code`, and its sentence in the language of this Node-RED. */
export function localisedError(RED: NodeAPI, error: unknown): Error {
  if (!(error instanceof PhoneError)) return error instanceof Error ? error : new Error(asText(error));
  const text = RED._(error.messageKey, error.params);
  if (text && text !== error.messageKey) error.message = text;
  return error;
}

/** A flow's own code may throw anything, also what cannot be made a text. */
function asText(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'unknown';
  }
}
