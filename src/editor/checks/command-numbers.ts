import { DOCUMENTED_IDS, HIGHEST_ID } from '../../documented/documented-ids';

/** @returns true for the JSON of numbers for documented commands, each its own; or a sentence that says what is possible */
export function commandNumbers(node: EditorNode, value: unknown): true | string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  if (text.trim() === '' || value === undefined) return true;
  const problem = node._('problem.commandIds', { commands: Object.keys(DOCUMENTED_IDS).join(', ') });
  const given = parsed(text);
  if (!given) return problem;
  const ids: Record<string, unknown> = { ...DOCUMENTED_IDS, ...given };
  const numbers = Object.values(ids);
  const isNumber = (id: unknown): boolean => Number.isInteger(id) && Number(id) >= 0 && Number(id) <= HIGHEST_ID;
  const isWhole = Object.keys(ids).length === Object.keys(DOCUMENTED_IDS).length && numbers.every(isNumber);
  return (isWhole && new Set(numbers).size === numbers.length) || problem;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
