/** A command line that CommandLineToArgvW takes apart into these arguments again. */
export function commandLine(args: readonly string[]): string {
  return args.map(quoted).join(' ');
}

/** Backslashes mean something only before a quotation mark, also before the one that closes the argument. */
function quoted(argument: string): string {
  if (/^[\w.:/\\=-]+$/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)("|$)/g, (_, slashes: string, mark: string) => slashes + slashes + (mark && '\\"'))}"`;
}
