import { isTooMuch, isVariable, PATTERN_LIMITS, patternFault } from '../../phone/guard/rules/pattern-limits';

interface Texts {
  _(key: string, parameters?: Record<string, string | number>): string;
}

/** @returns true, or a sentence that names the first entry that a phone refuses; what variables hold only a phone knows */
export function regularExpressions(texts: Texts, list: unknown): true | string {
  const entries = entriesOf(list);
  if (entries.some((entry) => entry.trim() === '')) return texts._('error.config.pattern_blank');
  const patterns = entries.filter((entry) => !isVariable(entry));
  for (const pattern of patterns) {
    const fault = patternFault(pattern);
    if (fault === 'pattern') return texts._('problem.pattern', { pattern });
    if (fault !== undefined) return texts._(`error.config.${fault}`, { pattern });
  }
  return isTooMuch(patterns) ? texts._('error.config.pattern_size', { ...PATTERN_LIMITS }) : true;
}

/** A flow that was written by hand may have a text instead of a list. */
export function entriesOf(list: unknown): string[] {
  return [list ?? []].flat().map(String);
}
