import { isVariable } from '../../phone/guard/rules/pattern-limits';
import { openFoldOf } from './folds';
import { entriesOf, regularExpressions } from '../checks/pattern-check';

/** A list of regular expressions is edited one per line, in a field that does not bear the property's name. */
const fieldOf = (name: string): JQuery => $(`#node-config-input-${name}-lines`);

export function showPatterns(node: EditorNode, name: string): void {
  const field = fieldOf(name).val(entriesOf(node[name]).join('\n'));
  const problem = $('<div class="microsip-wrong" role="alert">').insertAfter(field);
  const hint = $('<div class="microsip-form-hint" role="status">').insertAfter(problem);
  // Node-RED checks only fields that bear a property's name.
  const check = (): void => {
    const lines = readPatterns(name);
    const verdict = regularExpressions(node, lines);
    const variables = lines.filter(isVariable);
    field.toggleClass('input-error', verdict !== true).attr('aria-invalid', String(verdict !== true));
    problem.text(verdict === true ? '' : verdict);
    const element = field.get(0);
    if (verdict !== true && element) openFoldOf(element);
    const texts = { variables: variables.join(', ') };
    hint.text(variables.length === 0 ? '' : node._('hint.patternVariables', texts));
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
