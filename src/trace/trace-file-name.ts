import { createHash } from 'node:crypto';
import { isDeviceName } from '../files/path-kind';

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** A name of a file for a phone, without ending: the id itself, unless a file had better not be named so. */
export function traceFileName(id: string): string {
  if (PLAIN.test(id) && !isDeviceName(id)) return id;
  const readable = id.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40);
  return `phone-${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
