/** A program and the text of its arguments, as MicroSIP hands them to Windows. */
export interface ProgramRun {
  program: string;
  arguments: string;
}

/**
 * What MicroSIP makes of the value of a `cmd*` key (docs/microsip/interface.md#3, Command construction): the value is
 * split by CommandLineToArgvW and the arguments are joined by single blanks, without the quotes that held them
 * together.
 */
export function programRunBy(value: string): ProgramRun {
  const { program, args } = splitCommand(value) ?? { program: '', args: [] };
  return { program, arguments: args.join(' ') };
}

/** The program and its arguments. @returns undefined for a line that names no program */
export function splitCommand(line: string): { program: string; args: string[] } | undefined {
  const text = line.trim();
  // The program ends at the next quote or blank; backslashes mean nothing in it.
  const [whole = '', quoted, bare = ''] = /^(?:"([^"]*)"?|([^ \t]*))/.exec(text) ?? [];
  const program = quoted ?? bare;
  return program === '' ? undefined : { program, args: splitArguments(text.slice(whole.length)) };
}

/** The rules of CommandLineToArgvW for everything after the program. */
export function splitArguments(text: string): string[] {
  const result: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let at = 0; at < text.length;) {
    const [slashes] = /^\\*/.exec(text.slice(at)) ?? [''];
    at += slashes.length;
    const char = text.charAt(at);
    if (char === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(slashes.length / 2));
      at += 1;
      if (slashes.length % 2 === 1) current += '"';
      else if (quoted && text.charAt(at) === '"') {
        current += '"';
        at += 1;
        quoted = false;
      } else quoted = !quoted;
      continue;
    }
    if (slashes !== '') current = (current ?? '') + slashes;
    if (char === '') break;
    at += 1;
    if ((char === ' ' || char === '\t') && !quoted) {
      if (current !== undefined) result.push(current);
      current = undefined;
    } else current = (current ?? '') + char;
  }
  if (current !== undefined) result.push(current);
  return result;
}
