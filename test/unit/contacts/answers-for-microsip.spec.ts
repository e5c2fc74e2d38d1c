import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContactDirectory } from '../../../src/contacts/contact-directory';
import { DirectoryOfMicrosip } from '../../support/directory-of-microsip';
import { anyContactList, anyLamps } from '../../support/any-contacts';

const RUNS = 300;

describe("the answers to MicroSIP, by MicroSIP's own rules", () => {
  it('are read to their end, whatever the list has in it, and without a box', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyContactList, anyLamps), { minLength: 1, maxLength: 4 }), (lists) => {
        const [directory, microsip] = [new ContactDirectory(), new DirectoryOfMicrosip()];
        for (const [contacts, lamps] of lists) {
          const { sequence } = microsip;
          const { text, count } = directory.answer({ contacts, lamps, sequence, client: '', refresh: 60, now: 0 });
          microsip.load({ body: text });
          assert.deepEqual([microsip.crashed, microsip.broke, microsip.balloons], [false, false, []]);
          assert.deepEqual([microsip.refresh, microsip.silent], [60, true]);
          if (count !== undefined) assert.equal(microsip.contacts.size, count);
          assert.ok(microsip.lamps.every(({ status }) => status !== 'unknown'));
          for (const contact of microsip.contacts.values()) assertPlain(contact);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leave MicroSIP with exactly the newest list, however the lists before were', () => {
    fc.assert(
      fc.property(fc.array(anyContactList, { minLength: 2, maxLength: 5 }), (lists) => {
        const [directory, microsip] = [new ContactDirectory(), new DirectoryOfMicrosip()];
        const answer = (contacts: unknown, sequence: number, client = ''): string =>
          directory.answer({ contacts, lamps: undefined, sequence, client, refresh: 60, now: 0 }).text;
        for (const contacts of lists) microsip.load({ body: answer(contacts, microsip.sequence) });
        const last = lists.findLast((contacts) => {
          const fresh = new DirectoryOfMicrosip();
          fresh.load({ body: new ContactDirectory().answer(request(contacts)).text });
          return fresh.contacts.size > 0 || (Array.isArray(contacts) && contacts.length === 0);
        });
        const fresh = new DirectoryOfMicrosip();
        if (last !== undefined) fresh.load({ body: new ContactDirectory().answer(request(last)).text });
        assert.deepEqual(filled(microsip), filled(fresh));
      }),
      { numRuns: RUNS },
    );
  });

  it('are read however many entries there are, and end where nobody could use them', () => {
    for (const contacts of [
      Array.from({ length: 1_000_000 }, (_, nth) => ({ name: `n${nth}`, number: nth })),
      Object.assign(new Array(1_000_000), { 5: { name: 'Ada', number: '101' } }),
    ]) {
      const [directory, microsip] = [new ContactDirectory(), new DirectoryOfMicrosip()];
      const { text, count, notes } = directory.answer(request(contacts));
      microsip.load({ body: text });
      assert.deepEqual([microsip.contacts.size, notes[0]?.note], [count, 'cut']);
    }
  });

  it('give a lamp the very text of its contact', () => {
    const [directory, microsip] = [new ContactDirectory(), new DirectoryOfMicrosip()];
    const contacts = [{ name: 'Ada', number: '+49 (30) 12\u201134' }];
    const lamps = [{ number: '+49301234', status: 'PHONE', info: 'a\u0000b' }];
    microsip.load({ body: directory.answer({ ...request(contacts), lamps }).text });
    const [contact] = microsip.contacts.values();
    assert.deepEqual(microsip.lamps, [{ number: contact?.number, status: 'phone', info: 'ab' }]);
  });
});

function request(contacts: unknown): Parameters<ContactDirectory['answer']>[0] {
  return { contacts, lamps: undefined, sequence: 0, client: '', refresh: 60, now: 0 };
}

/** What is empty, MicroSIP shows as what is not there. */
function filled({ contacts }: DirectoryOfMicrosip): unknown[] {
  return [...contacts.values()].map((contact) =>
    Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== '' && value !== 0)),
  );
}

function assertPlain(contact: Record<string, string | number>): void {
  for (const value of Object.values(contact)) {
    if (typeof value !== 'string') continue;
    assert.ok(value.length <= 255, value);
    assert.doesNotMatch(value, /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  }
}
