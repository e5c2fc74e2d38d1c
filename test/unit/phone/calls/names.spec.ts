import assert from 'node:assert/strict';
import { admitted, admittedFacts, admittedFinished } from '../../../../src/phone/calls/observed-texts';
import { e164Formatter } from '../../../../src/phone/numbers/e164';
import { createPhone } from '../../../../src/create-phone';
import type { CallFacts, Source } from '../../../../src/phone/calls/call';
import { newTracker } from '../../../support/new-tracker';

describe('names from contacts', () => {
  const asked: string[] = [];
  const known = {
    e164: e164Formatter('DE'),
    names: (number: string): string | undefined => {
      asked.push(number);
      return { '+4930123456': 'Ada\u202e', '101': 'Reception' }[number];
    },
  };
  beforeEach(() => {
    asked.length = 0;
  });

  it('are asked for by the international form, else by the number', () => {
    assert.deepEqual(admittedFacts({ number: '030 123456' }, known), {
      ...{ number: '030 123456', name: 'Ada', nameSource: 'contacts' },
    });
    assert.equal(admittedFacts({ number: '101' }, known).name, 'Reception');
    assert.deepEqual(admittedFacts({ number: '102' }, known), { number: '102' });
    assert.deepEqual(asked, ['+4930123456', '101', '102']);
  });

  it('are not asked for where the network sent a name, or no number', () => {
    assert.deepEqual(admittedFacts({ number: '101', name: 'Grace' }, known), { number: '101', name: 'Grace' });
    assert.deepEqual(admittedFacts({}, known), {});
    assert.deepEqual(asked, []);
  });

  it('are missing where who is asked for them throws or has no text', () => {
    const answers: unknown[] = [null, 42, {}, ['Ada'], Promise.resolve('Ada'), Symbol('Ada'), ''];
    const asked = answers.map((answer) => (() => answer) as () => string);
    const throws = (): never => {
      throw new Error('no list');
    };
    for (const names of [...asked, throws])
      assert.deepEqual(admittedFacts({ number: '101' }, { names }), { number: '101' });
    assert.throws(() => createPhone({ connection: 'simulator' }, { names: new Map() as never }), { code: 'config' });
    for (const none of [null, 'simulator', [], 1] as never[]) {
      assert.throws(() => createPhone(none), { code: 'config' });
      assert.throws(() => createPhone({ connection: 'simulator' }, none), { code: 'config' });
    }
    assert.throws(() => createPhone(undefined as never), { code: 'config' });
  });

  it('are those of calls that come in when they are over, too', () => {
    const { call } = admittedFinished(
      {
        call: { callId: '1', callState: 'ended', startTime: 1, number: '101' },
        ...{ replayed: true, source: 'history', confidence: 'exact' },
      },
      known,
    );
    assert.deepEqual([call.name, call.nameSource], ['Reception', 'contacts']);
  });

  it('give way to what the network said, whichever source has it', () => {
    const tracker = newTracker();
    const see = (source: Source, facts: CallFacts, time: number): void => {
      const call = { type: 'call', time, source, key: source, direction: 'inbound', state: 'ringing' } as const;
      tracker.observe(admitted({ ...call, facts }, known));
    };
    tracker.observe({ type: 'presence', time: 0, source: 'window', presence: 'ready' });
    tracker.observe({ type: 'looked_around', time: 0 });
    see('log', { number: '101' }, 1);
    assert.deepEqual([tracker.calls[0]?.name, tracker.calls[0]?.nameSource], ['Reception', 'contacts']);
    see('window', { number: '101', name: 'Grace' }, 2);
    assert.deepEqual([tracker.calls[0]?.name, tracker.calls[0]?.nameSource], ['Grace', undefined]);
    see('log', { number: '101' }, 3);
    assert.deepEqual([tracker.calls[0]?.name, tracker.calls[0]?.nameSource], ['Grace', undefined]);
  });
});
