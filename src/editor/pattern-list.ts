/** A list of regular expressions is edited one per line, in a field that does not bear the property's name. */
const fieldOf = (name: string): JQuery => $(`#node-config-input-${name}-lines`);

export function showPatterns(node: EditorNode, name: string): void {
  const list = node[name];
  const field = fieldOf(name).val(Array.isArray(list) ? list.join('\n') : '');
  const problem = $('<div role="alert">').css('color', 'var(--red-ui-text-color-error)').insertAfter(field);
  // Node-RED checks only fields that bear a property's name.
  const check = (): void => {
    const verdict = regularExpressions(node, readPatterns(name));
    field.toggleClass('input-error', verdict !== true).attr('aria-invalid', String(verdict !== true));
    problem.text(verdict === true ? '' : verdict);
  };
  field.on('input', check);
  check();
}

export function readPatterns(name: string): string[] {
  return String(fieldOf(name).val() ?? '')
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
