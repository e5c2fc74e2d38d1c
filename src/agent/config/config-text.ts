import { isUtf8 } from 'node:buffer';
import { FileRefusedError, readRegularFile } from '../../files/regular-file';
import { refuse } from './config-problem';

/** In bytes; a thousand phones need about a third of it. */
const LONGEST = 1024 * 1024;

/**
 * The text of the file, in the encodings that editors of Windows write: UTF-8 with and without BOM, UTF-16 with one.
 * @throws ConfigError
 */
export async function configText(path: string): Promise<string> {
  const bytes = await bytesOf(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return decoded(
      Buffer.from(bytes)
        .subarray(0, bytes.length & ~1)
        .swap16(),
      'utf-16le',
    );
  if (bytes.includes(0) || !isUtf8(bytes)) return refuse('', 'encoding');
  return decoded(bytes, 'utf-8');
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readRegularFile(path, LONGEST);
  } catch (error) {
    if (error instanceof FileRefusedError) return refuse('', error.why);
    return refuse('', codeOf(error) === 'ENOENT' ? 'file_missing' : 'file_unreadable', { why: codeOf(error) });
  }
}

/** Takes the BOM away. */
function decoded(bytes: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

export function codeOf(error: unknown): string {
  return (error instanceof Error && (error as NodeJS.ErrnoException).code) || '?';
}
