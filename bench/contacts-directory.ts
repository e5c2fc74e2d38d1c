// What the directory of 5,000 contacts costs the main thread: the first answer, one after each change, and one that has
// nothing new; with the list as a flow brings it, new each time.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median, percentile } from './statistics';

// As it is built: what runs the sources makes them slower.
const { ContactDirectory } =
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(
    join(__dirname, '../dist/src/contacts/contact-directory.js'),
  ) as typeof import('../src/contacts/contact-directory');

const CONTACTS = 5000;
const ROUNDS = 50;
/** ms that are wanted on a quiet machine; nobody is held to it. */
const WANTED = { changed: 50, unchanged: 5 };

function people(of: number): object[] {
  return Array.from({ length: CONTACTS }, (_, nth) => ({
    Name: `Person ${nth} of ${of}`,
    Number: `+49 30 ${100_000 + nth}`,
    Mobile: `+49 171 ${2_000_000 + nth}`,
    'E-mail': `person.${nth}@example.org`,
    Department: `Department ${nth % 40}`,
  }));
}

function measure(of: (round: number) => number): { changed: number[]; unchanged: number[]; characters: number } {
  const directory = new ContactDirectory();
  const times = { changed: [] as number[], unchanged: [] as number[], characters: 0 };
  const ask = (contacts: object[], sequence: number): number => {
    const begin = performance.now();
    const { text } = directory.answer({ contacts, lamps: [], sequence, client: 'desk', refresh: 60, now: 0 });
    const took = performance.now() - begin;
    times.characters = Math.max(times.characters, text.length);
    return took;
  };
  for (let round = 0; round < ROUNDS; round++) {
    times.changed.push(ask(people(of(round)), 2 * round));
    times.unchanged.push(ask(people(of(round)), 2 * round + 1));
  }
  return times;
}

const { changed, unchanged, characters } = measure((round) => round);
const line = (what: string, times: number[], wanted: number): void => {
  const [half, most] = [median(times), percentile(times, 0.95)].map((time) => time.toFixed(1));
  console.log(
    `  ${what}: ${half} ms (median), ${most} ms (95 %), the first ${times[0]?.toFixed(1) ?? '?'} ms; wanted: under ${wanted} ms`,
  );
};
console.log(`a directory of ${CONTACTS} contacts, ${(characters / 1024).toFixed(0)} KB`);
line('answer with all of them', changed, WANTED.changed);
line('answer without anything new', unchanged, WANTED.unchanged);
