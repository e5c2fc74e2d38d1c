/** UTF-16LE with a NUL behind it, as every Windows call with a W in the end takes it. */
export function wideText(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

/** The text up to the first NUL. */
export function readWideText(buffer: Buffer): string {
  const text = buffer.toString('utf16le');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
