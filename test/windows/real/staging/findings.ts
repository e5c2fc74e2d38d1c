export type Outcome = 'seen' | 'not as documented' | 'could not be tried';

interface Finding {
  part: string;
  what: string;
  outcome: Outcome;
  note: string;
}

const LONGEST_NOTE = 300;

/** What a run against a MicroSIP has shown, as a table that can be posted. */
export class Findings {
  private readonly all: Finding[] = [];

  add(part: string, what: string, outcome: Outcome, note = ''): void {
    this.all.push({ part, what, outcome, note });
  }

  count(outcome: Outcome): number {
    return this.all.filter((one) => one.outcome === outcome).length;
  }

  /** @param about on what it was found, such as `MicroSIP 3.22.16` */
  table(about: readonly string[]): string {
    const counts = (['seen', 'not as documented', 'could not be tried'] as const)
      .map((outcome) => `${this.count(outcome)} ${outcome}`)
      .join(', ');
    return [
      `### ${about.join(', ')}`,
      '',
      `${counts}.`,
      '',
      '| part | what | outcome | note |',
      '| --- | --- | --- | --- |',
      ...this.all.map(({ part, what, outcome, note }) => `| ${[part, what, outcome, note].map(cell).join(' | ')} |`),
      '',
    ].join('\n');
  }
}

/** In one line, without what a table would take for its own, and without the paths of who ran it. */
function cell(text: string): string {
  const line = text
    .replace(/[A-Z]:\\Users\\[^\\\s]+/gi, '~')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
  return line.length > LONGEST_NOTE ? `${line.slice(0, LONGEST_NOTE)} …` : line;
}
