import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandIds } from '../../../src/documented/command-ids';
import { DocumentedLink } from '../../../src/links/documented-link';
import { encodeDocumented } from '../../../src/documented/documented-protocol';
import type { LinkAction } from '../../../src/phone/ports/link';
import { FakeWindow } from '../observers/window/fake-window';

const IDS = commandIds(undefined);
const ROWS: [LinkAction, number, string][] = [
  [{ do: 'dial', target: 'sip:ada@example.org' }, 1, 'sip:ada@example.org'],
  [{ do: 'hangup_all' }, 2, ''],
  [{ do: 'hangup_dialing' }, 2, ''],
  [{ do: 'answer' }, 3, ''],
  [{ do: 'answer_ring', key: 'status:1' }, 3, ''],
  [{ do: 'dtmf', digits: '12#' }, 6, '12#'],
  [{ do: 'toggle_hold' }, 7, ''],
  [{ do: 'transfer', target: '200' }, 8, '200'],
  [{ do: 'toggle_mute', device: 'microphone' }, 9, ''],
  [{ do: 'reject_all' }, 10, ''],
  [{ do: 'decline_ring', key: 'status:1' }, 10, ''],
  [{ do: 'set_volume', device: 'speaker', level: 40 }, 11, '40'],
  [{ do: 'exit' }, 12, ''],
];
const NOT_THERE: LinkAction[] = [
  { do: 'dial', target: '1', account: 2 },
  { do: 'audio', word: 'micmute' },
  { do: 'toggle_mute', device: 'speaker' },
  { do: 'set_volume', device: 'microphone', level: 1 },
  { do: 'message', target: '1', text: 'hello' },
  { do: 'account', account: 1 },
  { do: 'show' },
  { do: 'minimize' },
  { do: 'start' },
];

describe('documented protocol', () => {
  for (const [action, id, parameters] of ROWS)
    it(`${JSON.stringify(action)} is ${id} "${parameters}"`, () => {
      const answersLine = action.do === 'dial' && { answersLine: true };
      const closes = action.do === 'exit' && { closes: true };
      assert.deepEqual(encodeDocumented(action, IDS), { id, parameters, ...answersLine, ...closes });
    });

  for (const action of NOT_THERE)
    it(`has no ${JSON.stringify(action)}`, () => {
      assert.throws(() => encodeDocumented(action, IDS), { code: 'unsupported' });
    });

  it('uses the ids of the settings', async () => {
    const window = new FakeWindow();
    await new DocumentedLink(window, commandIds({ hangup: 0, hold: 4_294_967_295 })).deliver({ do: 'hangup_all' }, 5);
    assert.deepEqual(window.delivered, [[{ id: 0, parameters: '' }, 5]]);
  });

  it('passes parameters on as they are, or not at all', () => {
    const odd = fc.string({ unit: fc.constantFrom('\0', '\n', '\r', '\u202e', '\u2028', '\ud800', 'é', '1', ' ') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), (target) => {
        let encoded: string;
        try {
          encoded = encodeDocumented({ do: 'transfer', target }, IDS).parameters;
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'invalid_number');
          return;
        }
        assert.equal(encoded, target);
        // Neither shortened by a NUL on the way nor changed by UTF-8.
        assert.equal(Buffer.from(encoded).toString('utf8'), target);
        assert.doesNotMatch(encoded, /\p{Cc}/u);
      }),
    );
    for (const bad of ['', '1\0', '1\r\n2', '1\u202e']) {
      assert.throws(() => encodeDocumented({ do: 'dial', target: bad }, IDS), { code: 'invalid_number' });
      assert.throws(() => encodeDocumented({ do: 'dtmf', digits: bad }, IDS), { code: 'invalid_digits' });
    }
    for (const level of [-1, 101, 1.5, NaN])
      assert.throws(() => encodeDocumented({ do: 'set_volume', device: 'speaker', level }, IDS), { code: 'config' });
  });
});

describe('command ids', () => {
  it('are the documented ones as far as none are given', () => {
    for (const none of [undefined, null, '', ' ', '{}', {}]) assert.deepEqual(commandIds(none), IDS);
    assert.deepEqual(commandIds('{"dial": 101}'), { ...IDS, dial: 101 });
    assert.deepEqual(commandIds({ dial: 2, hangup: 1 }), { ...IDS, dial: 2, hangup: 1 });
  });

  const wrong: unknown[] = [
    ...['rubbish', '[1]', '1', 'null', [], 7],
    ...[-1, 0.5, 4_294_967_296, '101', null, NaN].map((dial) => ({ dial })),
    { dail: 101 },
    { constructor: 101 },
    '{"__proto__": 101}',
    { dial: 4 },
    { dial: 50, mute: 50 },
  ];
  for (const given of wrong)
    it(`are not ${JSON.stringify(given)}`, () => {
      assert.throws(() => commandIds(given), { code: 'config' });
    });

  it('tell which commands share an id', () => {
    assert.throws(() => commandIds({ dial: 4 }), /dial = status/);
  });

  it('never are two alike, whatever is given', () => {
    const names = fc.constantFrom(...Object.keys(IDS));
    fc.assert(
      fc.property(fc.dictionary(names, fc.integer({ min: -2, max: 20 })), (given) => {
        try {
          const ids = Object.values(commandIds(given));
          assert.equal(new Set(ids).size, ids.length);
          assert.ok(ids.every((id) => id >= 0));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'config');
        }
      }),
    );
  });
});
