import fc from 'fast-check';

// Lists of contacts for property tests: what people have, and what nobody should.

/** Letters of all scripts, quotes, controls, direction marks, halves of characters, and what JSON and MicroSIP take apart. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '"',
    '\\',
    '\\u0000',
    '\0',
    'a\0b',
    '\ud83d',
    '\ude00',
    '\ud83d\ude00',
    '\u202e123',
    '\u2028',
    '\r\n',
    '%s',
  ),
  fc.constantFrom(
    '</script>',
    '__proto__',
    'null',
    '/*',
    '//',
    '{',
    ']]',
    'NaN',
    '\ufeffAda',
    'Zoë',
    '名前',
    'שלום',
    '٠١٢',
  ),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
  fc.integer({ min: 0, max: 700 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 250, max: 260 }).map((length) => `${'x'.repeat(length)}\ud83d\ude00`),
);
const anyNumber = fc.oneof(
  fc.integer({ min: 100, max: 110 }).map(String),
  fc.stringMatching(/^\+?[0-9][0-9 ()/.-]{2,12}$/),
  fc.constantFrom<unknown>(
    101,
    0,
    -5,
    1.5,
    1e21,
    NaN,
    Infinity,
    4930123456n,
    '４９',
    '+49\u00a030\u20111',
    'tel:+49-30;ext=1',
    '1\u00002',
  ),
  anyText,
);
const FIELDS = [
  'number',
  'Name',
  'name',
  'firstname',
  'lastname',
  'phone',
  'telephone',
  'mobile',
  'email',
  'info',
  'id',
  'starred',
];
const anyValue = fc.oneof(
  anyText,
  anyNumber,
  fc.boolean(),
  fc.constantFrom(null, undefined, {}, [], ['1', '2']),
  fc.jsonValue(),
);

const anyContact = fc.oneof(
  { weight: 6, arbitrary: fc.record({ number: anyNumber, name: anyText }) },
  {
    weight: 3,
    arbitrary: fc.dictionary(
      fc.oneof(fc.constantFrom(...FIELDS), fc.constantFrom('__proto__', 'constructor', 'toString'), anyText),
      anyValue,
    ),
  },
  { weight: 1, arbitrary: fc.anything() },
);

export const anyContactList: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: fc.array(anyContact, { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.anything() },
);

export const anyLamps: fc.Arbitrary<unknown> = fc.oneof(
  fc.array(
    fc.record({
      number: anyNumber,
      status: fc.oneof(fc.constantFrom<unknown>('online', 'RING', ' phone ', 'busy', 'asleep', 1, null), anyText),
      info: anyValue,
    }),
    { maxLength: 8 },
  ),
  fc.anything(),
);
