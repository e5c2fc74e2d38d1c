import { kernel32 } from './kernel32';

const WESTERN = 'windows-1252';
const OTHERS: Record<number, string> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  65001: 'utf-8',
};

/** The encoding of texts without a mark on this computer, by its name for `TextDecoder`. */
export function ansiEncoding(): string {
  if (process.platform !== 'win32') return WESTERN;
  const codePage = kernel32().GetACP();
  return OTHERS[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : WESTERN);
}
