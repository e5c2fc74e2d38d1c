/** MicroSIP reads no more characters of a `cmd*` key and writes the cut value back (docs/microsip/interface.md#3). */
export const LONGEST_VALUE = 255;

/** Reading takes one pair of quotes away, in every version. */
export function unquoted(raw: string): string {
  return /^(["']).*\1$/s.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw;
}

/**
 * MicroSIP 3.21 and newer write one pair of quotes around a value; 3.20 and older write none, which a value that has
 * none at its end survives too.
 */
export function quoted(value: string): string {
  return `"${value}"`;
}
