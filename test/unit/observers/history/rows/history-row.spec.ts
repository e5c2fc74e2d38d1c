import assert from 'node:assert/strict';
import fc from 'fast-check';
import { historyRow, isOver, rowDirection, rowFacts } from '../../../../../src/observers/history/rows/history-row';
import { row } from '../rows';

const values = { id: 1, key: 'a@b', number: '1001', name: 'Ada', type: 0, time: 1_795_377_600, duration: 0, info: '' };

describe('a row of the call history', () => {
  it('is taken from whole numbers of both kinds', () => {
    assert.deepEqual(historyRow(values), values);
    assert.deepEqual(historyRow({ ...values, id: 1n, type: 3n, duration: 61n })?.duration, 61);
  });

  it('is refused when MicroSIP cannot have written it', () => {
    const wrong = [
      { id: null },
      { id: 1n << 60n },
      { key: '' },
      { key: null },
      { number: new Uint8Array(3) },
      { type: 4 },
      { type: '0' },
      { time: 0 },
      { time: 1e15 },
      { time: 1.5 },
      { duration: -1 },
    ];
    for (const one of wrong) assert.equal(historyRow({ ...values, ...one }), undefined, Object.keys(one)[0]);
  });

  it('never throws and never gives a time that is no date, whatever is in it', () => {
    const anything = fc.record({
      id: fc.anything(),
      key: fc.anything(),
      number: fc.anything(),
      name: fc.anything(),
      type: fc.oneof(fc.integer(), fc.anything()),
      time: fc.oneof(fc.maxSafeInteger(), fc.anything()),
      duration: fc.anything(),
      info: fc.anything(),
    });
    fc.assert(
      fc.property(anything, (some) => {
        const found = historyRow(some);
        if (!found) return;
        assert.doesNotThrow(() => new Date(found.time * 1000).toISOString());
        rowFacts(found);
      }),
    );
  });

  it('tells inbound from outbound and going on from over', () => {
    assert.deepEqual(
      ([0, 1, 2, 3] as const).map((type) => [rowDirection(row({ id: 1, type })), isOver(row({ id: 1, type }))]),
      [
        ['outbound', false],
        ['inbound', false],
        ['inbound', true],
        ['inbound', true],
      ],
    );
    assert.equal(isOver(row({ id: 1, info: 'Call Ended' })), true);
  });
});

describe('the other party of a row', () => {
  const facts = (number: string, name: string, type: 0 | 1 = 1): unknown => {
    const { sipCallId, ...rest } = rowFacts(row({ id: 1, number, name, type }));
    assert.equal(sipCallId, 'call-1@host');
    return rest;
  };

  it('is the user part of its address', () => {
    assert.deepEqual(facts('1001', 'Ada'), { number: '1001', name: 'Ada' });
    assert.deepEqual(facts('ada@example.org', 'Ada'), { number: 'ada', name: 'Ada', uri: 'sip:ada@example.org' });
    assert.deepEqual(facts('ada@example.org:5070;transport=tcp', 'Ada'), {
      number: 'ada',
      name: 'Ada',
      uri: 'sip:ada@example.org:5070',
    });
    assert.deepEqual(facts('example.org', 'Ada'), { number: 'example.org', name: 'Ada' });
  });

  it('has no DTMF digits in its number', () => {
    assert.deepEqual(facts('1001,,123#', 'Ada', 0), { number: '1001', name: 'Ada' });
    assert.deepEqual(facts('ada@example.org;user=phone,12', 'Ada', 0), {
      number: 'ada',
      name: 'Ada',
      uri: 'sip:ada@example.org',
    });
  });

  it('has no name when MicroSIP only shows the number again', () => {
    assert.deepEqual(facts('+4930123456', '+4930123456'), { number: '+4930123456' });
    assert.deepEqual(facts('+4930123456', '+49 (30) 123-456', 0), { number: '+4930123456' });
    assert.deepEqual(facts('ada@example.org', 'ada'), { number: 'ada', uri: 'sip:ada@example.org' });
    assert.deepEqual(facts('ada@example.org', 'sip:ada@example.org'), { number: 'ada', uri: 'sip:ada@example.org' });
  });

  it('is its number, however it is routed and whoever vouches for it', () => {
    for (const number of ['+15145550100;verstat=TN-Validation-Passed', '+15145550100;npdi;rn=+15145550000']) {
      assert.deepEqual(facts(number, number), { number });
      assert.deepEqual(facts(`${number}@ims.example;user=phone`, '+15145550100'), {
        number,
        uri: `sip:${number}@ims.example`,
      });
    }
  });
});
