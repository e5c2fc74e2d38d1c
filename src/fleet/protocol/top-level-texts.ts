/** Bytes that are looked at of a message that is too large to be read. */
const LOOKED_AT = 256 * 1024;
/** What can end a text that has no end is optional: so nothing is ever looked at twice. */
const TOKEN = /"((?:[^"\\]|\\.)*)["\\]?|[{}[\]:,]/gs;

/**
 * Texts of an object in JSON that is too large to be read: in one pass, without building anything of what it holds. Of use
 * only for texts that need no decoding, as ids do not.
 * @param names of fields of the object itself, not of what is in it
 */
export function topLevelTexts(payload: Uint8Array, names: readonly string[]): Record<string, string | undefined> {
  const json = Buffer.from(payload.subarray(0, LOOKED_AT)).toString('latin1');
  const found: Record<string, string | undefined> = {};
  let depth = 0;
  let name: string | undefined;
  let latest: string | undefined;
  for (const [token, text] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1) {
      if (text !== undefined && name !== undefined && names.includes(name)) found[name] = text;
      if (text !== undefined) latest = text;
      if (token === ':') name = latest;
      if (token === ',') name = undefined;
    }
  }
  return found;
}
