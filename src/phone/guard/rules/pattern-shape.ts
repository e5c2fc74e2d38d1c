/** What can be said of a regular expression from its text alone, so that the dialog and the phone say the same. */
export interface PatternShape {
  /** It has look-around or a back reference, which no engine can search for in linear time. */
  looksAround: boolean;
  /** How long it is when what is repeated `{n}` times is written out. */
  steps: number;
  /** The loops and optional parts in that: what makes a search slow. */
  loops: number;
}

interface Size {
  steps: number;
  loops: number;
}

const NOTHING: Size = { steps: 0, loops: 0 };
const STEP: Size = { steps: 1, loops: 0 };
const LOOK_AROUND = /\((?:\?<?[=!])/y;
const GROUP = /\((?:\?(?:<[^>]*>|[a-z-]*:))?/y;
const BACK_REFERENCE = /\\(?:[1-9]|k<)/y;
const ESCAPE = /\\(?:[pPu]\{[^}]*\}|[^])/y;
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y;
const REPEAT = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;

/** @param pattern a regular expression with the flag `u`; another has a shape that says nothing */
export function patternShape(pattern: string): PatternShape {
  const outer: Size[] = [];
  let whole = NOTHING;
  let last = NOTHING;
  const after = (size: Size): void => {
    whole = sum(whole, size);
    last = size;
  };
  for (let at = 0; at < pattern.length;) {
    const match = (part: RegExp): RegExpExecArray | null => {
      part.lastIndex = at;
      const found = part.exec(pattern);
      if (found) at = part.lastIndex;
      return found;
    };
    const repeat = match(REPEAT);
    if (repeat) {
      const repeated = repeatedSize(last, repeat);
      whole = { steps: whole.steps - last.steps + repeated.steps, loops: whole.loops - last.loops + repeated.loops };
      last = repeated;
    } else if (match(LOOK_AROUND) ?? match(BACK_REFERENCE)) {
      return { looksAround: true, steps: pattern.length, loops: 0 };
    } else if (match(ESCAPE) ?? match(CLASS)) {
      after(STEP);
    } else if (match(GROUP)) {
      outer.push(whole);
      whole = STEP;
    } else if (pattern[at] === ')') {
      at += 1;
      const group = whole;
      whole = outer.pop() ?? NOTHING;
      after(group);
    } else {
      at += 1;
      after(STEP);
    }
  }
  return { looksAround: false, ...outer.reduce(sum, whole) };
}

function repeatedSize({ steps, loops }: Size, [, least, comma, most]: RegExpExecArray): Size {
  const fewest = Number(least ?? 0);
  const open = least === undefined || (comma !== '' && most === '');
  const copies = Math.max(1, open || comma === '' ? fewest : Number(most));
  const optional = open ? 1 : copies - Math.min(fewest, copies);
  return { steps: steps * copies, loops: loops * copies + optional };
}

function sum(one: Size, other: Size): Size {
  return { steps: one.steps + other.steps, loops: one.loops + other.loops };
}
