/** Bytes of a log that is too large: MicroSIP begins a new one only at its start, and writes every SIP message whole. */
export const LARGE_LOG = 1024 ** 3;

/** As a sentence tells it. */
export function gigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
