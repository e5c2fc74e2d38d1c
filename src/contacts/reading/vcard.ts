/**
 * A vCard as jCard (RFC 7095), `["vcard", [["tel", {"type": "cell"}, "uri", "tel:+49…"], …]]`, as fields with their values
 * and sorts. Anything else is returned as it is.
 */
export function fieldsOfCard(entry: unknown): unknown {
  if (!Array.isArray(entry) || entry[0] !== 'vcard' || !Array.isArray(entry[1])) return entry;
  const fields = new Map<string, unknown[]>();
  for (const property of entry[1] as unknown[]) {
    if (!Array.isArray(property) || typeof property[0] !== 'string') continue;
    const [name, params, , value] = property as unknown[];
    const values = fields.get(name as string) ?? [];
    values.push({ value, params });
    fields.set(name as string, values);
  }
  return Object.fromEntries(fields);
}
