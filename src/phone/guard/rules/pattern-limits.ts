import { patternShape } from './pattern-shape';

/** What a list may have, so that one question to it takes a fraction of a second at worst. */
export const PATTERN_LIMITS = { entries: 1000, steps: 10_000, loops: 1000 } as const;

/** Node-RED puts the variable's value in its place; it stays as it is when there is no such variable. */
const VARIABLE = /^\$(?:\{\S+\}|\(\S+\))$/;

export type PatternFault = 'pattern' | 'pattern_look_around';

export function isVariable(entry: string): boolean {
  return VARIABLE.test(entry);
}

/** Why an entry cannot be in a list, as far as that shows without the engine. */
export function patternFault(pattern: string): PatternFault | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'pattern';
  }
  return patternShape(pattern).looksAround ? 'pattern_look_around' : undefined;
}

/** Whether the whole list is too much. */
export function isTooMuch(patterns: readonly string[]): boolean {
  if (patterns.length > PATTERN_LIMITS.entries) return true;
  const shapes = patterns.map(patternShape);
  const total = (what: 'steps' | 'loops'): number => shapes.reduce((sum, shape) => sum + shape[what], 0);
  return !(total('steps') <= PATTERN_LIMITS.steps && total('loops') <= PATTERN_LIMITS.loops);
}
