export interface HeaderValue {
  /** What stands before the parameters. */
  head: string;
  /** By name in lower case, without quotes; of one that is there twice the first. */
  parameters: ReadonlyMap<string, string>;
}

/** Splits a header that may list several values. */
export function splitList(value: string): string[] {
  return splitOutside(value, ',').filter((part) => part !== '');
}

/** Takes a single value apart: `head;name=value;name="quoted; value"`. */
export function parametersOf(value: string): HeaderValue {
  const [head = '', ...rest] = splitOutside(value, ';');
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : unquoted(part.slice(equals + 1).trim()));
  }
  return { head, parameters };
}

/** Splits where the separator stands neither in quotes nor in angle brackets. */
function splitOutside(value: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') bracketed = true;
    else if (character === '>') bracketed = false;
    else if (character === separator && !bracketed) {
      parts.push(value.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1') : text;
}
