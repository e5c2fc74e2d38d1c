/** A list of regular expressions is edited one per line. */
export function linesOf(list: unknown): string {
  return Array.isArray(list) ? list.join('\n') : '';
}

export function listOf(lines: unknown): string[] {
  return (typeof lines === 'string' ? lines : '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** @returns true, or a sentence that names the first entry that is no regular expression */
export function regularExpressions(node: EditorNode, list: unknown): true | string {
  for (const pattern of Array.isArray(list) ? (list as string[]) : []) {
    try {
      new RegExp(pattern, 'u');
    } catch {
      return node._('problem.pattern', { pattern });
    }
  }
  return true;
}
