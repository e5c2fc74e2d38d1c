import { isUtf8 } from 'node:buffer';

/**
 * What the bytes of an ini are. MicroSIP reads `utf16le` alone and takes everything else for `ansi`, which it converts
 * when it is started (docs/microsip/interface.md#4): that spoils the others.
 */
export type IniEncoding = 'utf16le' | 'ansi' | 'empty' | 'damaged' | { name: string };

const MARKS: [mark: number[], encoding: IniEncoding][] = [
  [[0xff, 0xfe, 0, 0], { name: 'UTF-32 LE' }],
  [[0, 0, 0xfe, 0xff], { name: 'UTF-32 BE (big-endian)' }],
  [[0xff, 0xfe], 'utf16le'],
  [[0xfe, 0xff], { name: 'UTF-16 BE (big-endian)' }],
  [[0xef, 0xbb, 0xbf], { name: 'UTF-8 (with BOM)' }],
];

export function iniEncoding(bytes: Buffer): IniEncoding {
  if (bytes.length === 0) return 'empty';
  const marked = MARKS.find(([mark]) => bytes.subarray(0, mark.length).equals(Buffer.from(mark)));
  if (!marked) return withoutMark(bytes);
  // A computer that lost its power leaves zeros where text was to be.
  return marked[1] === 'utf16le' && hasZeroCharacter(bytes) ? 'damaged' : marked[1];
}

function withoutMark(bytes: Buffer): IniEncoding {
  if (bytes.includes(0)) {
    const [even, odd] = zerosAt(bytes);
    const characters = bytes.length / 2;
    if (odd > characters / 2 && even < characters / 8) return { name: 'UTF-16 LE (without BOM)' };
    if (even > characters / 2 && odd < characters / 8) return { name: 'UTF-16 BE (big-endian, without BOM)' };
    return 'damaged';
  }
  // ASCII is the same in both, and what MicroSIP makes of it is right.
  return isUtf8(bytes) && bytes.some((byte) => byte > 0x7f) ? { name: 'UTF-8' } : 'ansi';
}

function zerosAt(bytes: Buffer): [even: number, odd: number] {
  const zeros: [number, number] = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1;
  return zeros;
}

function hasZeroCharacter(bytes: Buffer): boolean {
  for (let at = 2; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return true;
  return false;
}
