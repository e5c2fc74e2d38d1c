/** JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Some text with something in it that is filled in only when the file is read. */
const VARIABLE = '\\$\\{[^{}]+\\}';

export const TEXT: JsonSchema = { type: 'string' };
export const FILLED_TEXT: JsonSchema = { type: 'string', minLength: 1 };
export const TRUTH: JsonSchema = { type: ['boolean', 'string'], pattern: `^(?:true|false)$|${VARIABLE}` };

export function choice(words: readonly string[]): JsonSchema {
  return { anyOf: [{ enum: words }, { type: 'string', pattern: VARIABLE }] };
}

/** A text of this shape, or one that is filled in. */
export function shaped(shape: string): JsonSchema {
  return { type: 'string', pattern: `^(?:${shape})$|${VARIABLE}` };
}
