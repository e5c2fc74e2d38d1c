import assert from 'node:assert/strict';
import { ContactSearch } from '../../../src/contacts/contact-search';
import type { Contact } from '../../../src/contacts/contact';

const contact = (name: string, number: string, mobile?: string): Contact => ({ name, number, mobile }) as Contact;
const SEARCH = new ContactSearch([
  contact('Zoë Müller', '+49 30 123456', '0171 5550'),
  contact('Ada Lovelace', '1001'),
  contact('Nevada Office', '2001'),
]);
const names = (text: string, most = 6): string[] => SEARCH.find(text, most).map(({ name }) => name);

describe('a search for contacts', () => {
  it('finds names by their beginning first, without accents and case', () => {
    assert.deepEqual(names('ada'), ['Ada Lovelace', 'Nevada Office']);
    assert.deepEqual(names('zoe'), ['Zoë Müller', 'Zoë Müller']);
    assert.deepEqual(names('MULLER', 1), ['Zoë Müller']);
    assert.deepEqual(names('ada', 1), ['Ada Lovelace']);
  });

  it('finds numbers however they are written', () => {
    assert.deepEqual(SEARCH.find('4930-12', 6), [{ name: 'Zoë Müller', number: '+49 30 123456' }]);
    assert.deepEqual(SEARCH.find('555', 6), [{ name: 'Zoë Müller', number: '0171 5550' }]);
    assert.deepEqual(names('001'), ['Ada Lovelace', 'Nevada Office']);
  });

  it('finds nothing without a text, and takes none for a pattern', () => {
    for (const text of ['', '  ', '.*', '(', '+'])
      assert.deepEqual(
        names(text).filter((name) => name === 'Ada Lovelace'),
        [],
      );
  });
});
