import assert from 'node:assert/strict';
import { ContactDirectory } from '../../../src/contacts/contact-directory';
import { readContact } from '../../../src/contacts/reading/read-contact';
import { e164Formatter } from '../../../src/phone/numbers/e164';

const NO_NUMBERS = [
  'undefined',
  'NaN',
  true,
  '[object Object]',
  '/exit',
  '-h',
  'javascript:1',
  'mailto:ada@pc',
  'tel:/account:1/password:x',
  'tel:;ext=1',
  '\u2013h',
  '1'.repeat(256),
];
const ADA = { name: 'Ada', number: '101' };
const GRACE = { name: 'Grace', number: '102' };

describe('the directory for MicroSIP', () => {
  let directory: ContactDirectory;
  let lost: () => void;
  const ask = (sequence: unknown, contacts: unknown, { client = '', lamps = [] as unknown, now = 0 } = {}) => {
    const answer = directory.answer({ contacts, lamps, sequence, client, refresh: 60, now });
    lost = answer.lost;
    return { ...(JSON.parse(answer.text) as { items?: object[]; presence: object[] }), notes: answer.notes };
  };
  const gets = (...asked: Parameters<typeof ask>): boolean => ask(...asked).items !== undefined;
  beforeEach(() => {
    directory = new ContactDirectory();
  });

  it('gives each MicroSIP every change, also when several look the same', () => {
    assert.deepEqual([gets('0', [ADA]), gets('1', [ADA]), gets('0', [ADA])], [true, false, true]);
    // One of them is at 2 and the other at 1.
    assert.deepEqual(
      [gets('2', [GRACE]), gets('1', [GRACE]), gets('3', [GRACE]), gets('2', [GRACE])],
      [true, true, false, false],
    );
  });

  it('gives the list to whom it cannot tell what he has', () => {
    assert.equal(gets('7', [ADA]), true);
    assert.equal(gets('8', [ADA]), false);
    assert.equal(gets('10', [ADA]), true);
    assert.equal(gets('11', [ADA], { client: 'another' }), true);
    assert.equal(gets('11', [ADA], { now: 3_600_000 }), true);
    for (const sequence of [undefined, '', '-1', ['1'], {}, '1e3']) assert.equal(gets(sequence, [ADA]), true);
  });

  it('gives the list again when the answer did not get there', () => {
    gets('0', [ADA]);
    lost();
    assert.equal(gets('1', [ADA]), true);
  });

  it('sends a field empty that a contact has lost', () => {
    ask('0', [{ ...ADA, mobile: '0171', starred: 1 }]);
    assert.deepEqual(ask('1', [ADA]).items, [{ ...ADA, mobile: '', starred: 0 }]);
  });

  it('takes whatever comes', () => {
    const cycle: Record<string, unknown> = { ...ADA };
    cycle['self'] = cycle;
    const trap = new Proxy([ADA], {
      get: () => {
        throw new Error('no');
      },
    });
    const getter = {
      get name(): string {
        throw new Error('no');
      },
    };
    const big = { name: 'Big', number: 4930123456n };
    const lamps = [cycle, null, 'x', { number: '101', status: 'nonsense' }, { number: 101, status: ' BUSY ' }];
    const answer = ask('0', [cycle, getter, big, JSON.parse('{"__proto__": {"number": "1"}}'), GRACE, GRACE, [[]]], {
      lamps,
    });
    assert.deepEqual(answer.items, [
      { number: '4930123456', name: 'Big' },
      { number: '102', name: 'Grace' },
    ]);
    assert.deepEqual(answer.presence, [{ number: '101', status: 'busy' }]);
    for (const nothing of [trap, 1, 'x', null, { length: 3 }]) assert.equal(gets('0', nothing), false);
  });

  it('warns of very many contacts', () => {
    const many = Array.from({ length: 5001 }, (_, index) => ({ name: `n${index}`, number: index }));
    assert.deepEqual(ask('0', many).notes, [{ note: 'many', count: 5001 }]);
  });

  it('answers for 5,000 contacts in next to no time, and in less when nothing has changed', () => {
    const people = (of: string) =>
      Array.from({ length: 5000 }, (_, index) => ({ Name: `${of} ${index}`, Number: `+49 30 ${100_000 + index}` }));
    const cost = (run: () => void): number => {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    // Generously: what counts is that nothing is done for each with each. A Node.js that measures coverage is slower, too.
    const costs = Array.from({ length: 5 }, (_, nth) => cost(() => ask(String(2 * nth), people(`${nth}`))));
    assert.ok(Math.min(...costs) < 500, String(costs));
    const same = people('x');
    const another = { client: 'another' };
    ask('0', same, another);
    const again = Array.from({ length: 5 }, (_, nth) =>
      cost(() => {
        assert.equal(gets(String(nth + 1), same, another), false);
      }),
    );
    assert.ok(Math.min(...again) < 50, String(again));
  });
});

describe('a contact of an export', () => {
  for (const [entry, number, name] of [
    [{ NAME: 'Ada', TELEPHONE: 4930 }, '4930', 'Ada'],
    [{ Vorname: 'Ada', Nachname: 'Byron', Telefon: '030 1' }, '030 1', 'Ada Byron'],
    [{ 'Teléfono móvil': '', Móvil: '+34 1', Nombre: 'Ana', Apellidos: 'Gil' }, '+34 1', 'Ana Gil'],
    [{ displayName: 'Ada', businessPhones: ['+1 2', '+1 3'] }, '+1 2', 'Ada'],
    [{ names: [{ displayName: 'Ada' }], phoneNumbers: [{ value: '+1 2' }] }, '+1 2', 'Ada'],
    [{ 'First Name': 'Ada', 'Phone 1 - Value': '+1 2 ::: +1 3' }, '+1 2', 'Ada'],
    [{ fn: [{ value: 'Ada' }], tel: [{ value: '1', meta: { type: ['FAX'] } }, { value: '2' }] }, '2', 'Ada'],
    [
      [
        'vcard',
        [
          ['n', {}, 'text', ['Byron', 'Ada']],
          ['tel', {}, 'uri', 'tel:+49-30;ext=1'],
        ],
      ],
      '+49-30',
      'Ada Byron',
    ],
    [{ tel: '5' }, '5', '5'],
    [{ name: 'Ada\u0000\u202e', number: '1\r\n2' }, '1 2', 'Ada'],
  ] as const)
    it(JSON.stringify(entry), () => {
      const contact = readContact(JSON.parse(JSON.stringify(entry)));
      assert.deepEqual([contact?.number, contact?.name], [number, name]);
    });

  it('without a number is none', () => {
    for (const entry of [
      { name: 'Ada' },
      { number: '4.9E+11' },
      { number: '--' },
      ...NO_NUMBERS.map((number) => ({ number })),
      { number: 1.5 },
      [],
      'x',
    ])
      assert.equal(readContact(entry), undefined);
  });

  it('is known by its number however that is written', () => {
    const directory = new ContactDirectory();
    const request = { lamps: undefined, sequence: '0', client: '', refresh: 60, now: 0 };
    directory.answer({ ...request, contacts: [{ name: 'Ada', number: '101', mobile: '0171 123 45 67' }] });
    const names = directory.latest?.names ?? assert.fail();
    const e164 = e164Formatter('DE');
    assert.equal(names.nameOf('+491711234567', e164), 'Ada');
    assert.equal(names.nameOf('101', e164), 'Ada');
    assert.equal(names.nameOf('+491721234567', e164), undefined);
    directory.answer({ ...request, contacts: [{ name: 'Bo', number: '030 555' }] });
    assert.equal(directory.latest?.names.nameOf('+4930555', e164), 'Bo');
  });
});
