import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Contact } from '../../../src/contacts/contact';
import { ContactDirectory } from '../../../src/contacts/contact-directory';

type Listed = Pick<Contact, 'number' | 'name'> & { mobile?: string | undefined; starred?: number | undefined };

/** As MicroSIP keeps them: an entry that is not listed goes, a field that is left out stays. */
class Microsip {
  sequence = 0;
  private has = new Map<string, Listed>();

  restart(): void {
    this.sequence = 0;
    this.has = new Map();
  }

  read(text: string): void {
    const { items } = JSON.parse(text) as { items?: Listed[] };
    if (items) this.has = new Map(items.map((item) => [keyOf(item), { ...this.has.get(keyOf(item)), ...item }]));
  }

  get shows(): string[] {
    return shown([...this.has.values()]);
  }
}

const keyOf = ({ number, name }: Listed): string => `${number} ${name}`;
const shown = (list: readonly Listed[]): string[] =>
  list.map((one) => `${keyOf(one)} ${one.mobile ?? ''} ${one.starred ? 1 : 0}`).sort();

const list = fc.uniqueArray(
  fc.record(
    {
      number: fc.constantFrom('101', '102'),
      name: fc.constantFrom('Ada', 'Grace'),
      mobile: fc.constantFrom('01', '02'),
      starred: fc.constant(1),
    },
    { requiredKeys: ['number', 'name'] },
  ),
  { selector: keyOf, maxLength: 3 },
);
const step = fc.record({
  list: fc.option(list),
  who: fc.nat(2),
  does: fc.constantFrom('ask', 'ask', 'ask', 'ask', 'ask', 'lose', 'restart', 'sleep'),
});

describe('several MicroSIPs behind one address', () => {
  it('have exactly the newest list after each answer, whatever got lost and however the lists change', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const directory = new ContactDirectory();
        const all = [new Microsip(), new Microsip(), new Microsip()];
        let contacts: Listed[] = [];
        let now = 0;
        for (const { list, who, does } of steps) {
          contacts = list ?? contacts;
          now += does === 'sleep' ? 1_000_000 : 60_000;
          const microsip = all[who] ?? assert.fail();
          if (does === 'restart') microsip.restart();
          const sequence = String(microsip.sequence++);
          const answer = directory.answer({ contacts, lamps: [], sequence, client: 'nat', refresh: 60, now });
          if (does === 'lose') answer.lost();
          else {
            microsip.read(answer.text);
            assert.deepEqual(microsip.shows, shown(contacts));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
