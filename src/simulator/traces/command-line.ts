/**
 * Windows' rules for command lines, as `CommandLineToArgvW` applies them: blanks part arguments, quotes keep them
 * together, backslashes before a quote escape it.
 */

/** The program and its arguments. @returns undefined for an empty line, which names no program */
export function splitCommand(line: string): { program: string; args: string[] } | undefined {
  const text = line.trim();
  // In the program's name backslashes are only backslashes.
  const [, quoted, plain = ''] = /^(?:"([^"]*)"?|([^\s"]*))/.exec(text) ?? [];
  const program = quoted ?? plain;
  if (program === '') return undefined;
  const length = quoted === undefined ? plain.length : Math.min(text.length, quoted.length + 2);
  return { program, args: splitArguments(text.slice(length)) };
}

/** The arguments that a program finds in its command line behind its own name. */
export function splitArguments(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (const [part = '', slashes = '', mark = ''] of line.matchAll(/(\\*)("|[ \t]|[^\\" \t]+|$)/g)) {
    if (part === '') continue;
    if (mark === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) current += '"';
      else quoted = !quoted;
    } else if (/^[ \t]$/.test(mark) && !quoted) {
      if (slashes !== '') current = (current ?? '') + slashes;
      if (current !== undefined) args.push(current);
      current = undefined;
    } else current = (current ?? '') + part;
  }
  if (current !== undefined) args.push(current);
  return args;
}
