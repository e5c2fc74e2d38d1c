/** What is wrong with a text that is to be JSON, and where; lines and columns are counted from 1. */
export interface JsonMistake {
  what:
    | 'comma_missing'
    | 'comma_too_many'
    | 'colon_missing'
    | 'comment'
    | 'quotes'
    | 'backslash'
    | 'line_end'
    | 'not_ended'
    | 'more_behind'
    | 'key_twice'
    | 'too_deep'
    | 'unexpected';
  line: number;
  column: number;
}

const DEEPEST = 32;
const SPACE = /[ \t\r\n]*/y;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const PLAIN = /[^"\\\u0000-\u001f]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * The first mistake. `JSON.parse` would quote what stands there, which may be a password, tells seldom where it is, and
 * takes the second of two equal keys.
 */
export function jsonMistake(text: string): JsonMistake | undefined {
  try {
    new Scan(text).document();
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) return { what: error.what, ...placeOf(text, error.at) };
    throw error;
  }
}

class Mistake extends Error {
  constructor(
    readonly what: JsonMistake['what'],
    readonly at: number,
  ) {
    super(what);
  }
}

class Scan {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.mistake('more_behind');
  }

  private value(depth: number): void {
    this.space();
    if (depth > DEEPEST) throw this.mistake('too_deep');
    switch (this.text.charAt(this.at)) {
      case '{':
        this.members(depth);
        return;
      case '[':
        this.list(']', () => {
          this.value(depth + 1);
        });
        return;
      case '"':
        this.string();
        return;
      default:
        if (this.take(WORD) === '') throw this.mistake();
    }
  }

  private members(depth: number): void {
    const keys = new Set<string>();
    this.list('}', () => {
      this.space();
      const start = this.at;
      const key = this.string();
      if (keys.has(key)) throw new Mistake('key_twice', start);
      keys.add(key);
      this.space();
      if (this.text[this.at] !== ':') throw this.mistake('colon_missing');
      this.at += 1;
      this.value(depth + 1);
    });
  }

  private list(end: string, item: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      const behind = this.at;
      this.space();
      const next = this.text[this.at];
      this.at += 1;
      if (next === end) return;
      if (next !== ',') {
        this.at -= 1;
        // Where it should be: behind what was last, not on the next line.
        throw /["{[\w-]/.test(next ?? '') ? new Mistake('comma_missing', behind) : this.mistake();
      }
      const comma = this.at - 1;
      this.space();
      if (this.text[this.at] === end || this.text[this.at] === ',') throw new Mistake('comma_too_many', comma);
    }
  }

  private string(): string {
    const start = this.at;
    if (this.text[this.at] !== '"') throw this.mistake();
    this.at += 1;
    for (;;) {
      this.take(PLAIN);
      const next = this.text[this.at];
      if (next === '"') break;
      if (next === undefined) throw new Mistake('not_ended', start);
      if (next !== '\\') throw new Mistake('line_end', start);
      if (this.take(ESCAPE) === '') throw this.mistake('backslash');
    }
    this.at += 1;
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  /** What people write where it cannot be. */
  private mistake(otherwise: JsonMistake['what'] = 'unexpected'): Mistake {
    const rest = this.text.slice(this.at, this.at + 2);
    if (rest === '') return new Mistake('not_ended', this.at);
    if (/^(?:\/[/*]|#)/.test(rest)) return new Mistake('comment', this.at);
    if (/^['\u2018-\u201f\u00ab\u00bb`]/.test(rest)) return new Mistake('quotes', this.at);
    return new Mistake(otherwise, this.at);
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
