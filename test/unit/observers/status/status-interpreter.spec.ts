import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StatusInterpreter } from '../../../../src/observers/status/status-interpreter';
import type { Observation } from '../../../../src/phone/ports/observation';

type Step = [status: number, number?: string] | { dial: string } | { wait: number };

/** 100 ms between two steps. */
function play(steps: Step[]): Observation[] {
  const interpreter = new StatusInterpreter();
  let time = 0;
  return steps.flatMap((step) => {
    time += 100;
    if ('wait' in step) time += step.wait;
    if ('dial' in step) return interpreter.dialled(step.dial, time);
    return Array.isArray(step) ? interpreter.look(step[0], step[1], time) : [];
  });
}

/** Calls are named a, b … in the order in which they come. */
function words(steps: Step[]): string[] {
  const names: string[] = [];
  return play(steps).map((seen) => {
    assert.ok(seen.type === 'call' || seen.type === 'call_ended');
    if (!names.includes(seen.key)) names.push(seen.key);
    const name = 'abcdef'[names.indexOf(seen.key)] ?? '';
    return seen.type === 'call' ? `${name} ${seen.direction ?? 'unknown'} ${seen.state}` : `${name} ended`;
  });
}

describe('status interpreter', () => {
  it('follows a call, each change once', () => {
    assert.deepEqual(words([[0], [1], [1], [2], [3], [2], [4], [0]]), [
      'a inbound ringing',
      'a inbound connected',
      'a inbound held',
      'a inbound connected',
      'a ended',
    ]);
  });

  it('knows no direction of a call that it never saw ring', () => {
    assert.deepEqual(words([[0], [2], [0]]), ['a unknown connected', 'a ended']);
  });

  it('tells a new call by its ringing or its number', () => {
    assert.deepEqual(words([[2], [1]]), ['a unknown connected', 'a ended', 'b inbound ringing']);
    assert.deepEqual(
      words([
        [1, '123'],
        [1, '456'],
      ]),
      ['a inbound ringing', 'a ended', 'b inbound ringing'],
    );
    const sameCall = words([[2, '123'], [2], [2, '456']]);
    assert.deepEqual(sameCall, ['a unknown connected', 'a ended', 'b unknown connected']);
  });

  it('learns a number late', () => {
    const numbers = play([[1], [1, '123'], [2]]).map((seen) => seen.type === 'call' && seen.facts.number);
    assert.deepEqual(numbers, [undefined, '123', '123']);
  });

  it('takes what rings after our dial for the far end', () => {
    assert.deepEqual(words([[0], { dial: '+49301' }, [1], [2], [0]]), [
      'a outbound dialing',
      'a outbound alerting',
      'a outbound connected',
      'a ended',
    ]);
  });

  it('keeps a dialled number, however the peer writes it', () => {
    const seen = play([{ dial: '+49301234' }, [1, '49301234'], [2, '301234']]);
    assert.deepEqual(new Set(seen.map((one) => one.type === 'call' && one.facts.number)), new Set(['+49301234']));
  });

  it('waits for the call of a dial, and gives it up at last', () => {
    const dialled = 'a outbound dialing';
    assert.deepEqual(words([{ dial: '1' }, [0], [0], [1]]), [dialled, 'a outbound alerting']);
    assert.deepEqual(words([{ dial: '1' }, [0], { wait: 3000 }, [0]]), [dialled, 'a ended']);
  });

  it('believes that a dial was disconnected, unless that was said of the call before', () => {
    const dialled = 'a outbound dialing';
    assert.deepEqual(words([[0], { dial: '1' }, [4]]), [dialled, 'a ended']);
    assert.deepEqual(words([[4], { dial: '1' }, [4], [1]]), [dialled, 'a outbound alerting']);
    assert.deepEqual(words([[4], { dial: '1' }, [1], [4]]).at(-1), 'a ended');
  });

  it('sees another call ring after a dialled one was answered', () => {
    const seen = words([{ dial: '1' }, [2], [1]]);
    assert.deepEqual(seen.slice(2), ['a ended', 'b inbound ringing']);
  });

  it('tells of a recalled call again under its key', () => {
    const interpreter = new StatusInterpreter();
    interpreter.look(2, '123', 1);
    const { open } = interpreter;
    assert.ok(open);
    const next = new StatusInterpreter();
    next.recall(open);
    assert.deepEqual(
      next.look(2, '123', 2).map((seen) => [seen.type, 'key' in seen && seen.key]),
      [['call', open.key]],
    );
    const late = new StatusInterpreter();
    late.recall(open);
    assert.equal(late.look(0, undefined, 2)[0]?.type, 'call_ended');
  });

  it('says until when it waits', () => {
    const interpreter = new StatusInterpreter();
    assert.equal(interpreter.decidesIn(0), undefined);
    interpreter.dialled('1', 1000);
    assert.equal(interpreter.decidesIn(2000), 2000);
    interpreter.look(1, undefined, 2000);
    assert.equal(interpreter.decidesIn(2000), undefined);
  });

  it('gives every call one end, whatever is sampled and dialled', () => {
    const number = fc.option(fc.constantFrom('123', '456'), { nil: undefined });
    const sample = fc.tuple(fc.integer({ min: -1, max: 6 }), number);
    const dial = fc.record({ dial: fc.constantFrom('123', '789') });
    const wait = fc.record({ wait: fc.constantFrom(0, 2900, 5000) });
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: sample }, dial, wait)), (steps) => {
        const over = new Set<string>();
        let open: string | undefined;
        for (const seen of play([...(steps as Step[]), { wait: 5000 }, [0]])) {
          assert.ok((seen.type === 'call' || seen.type === 'call_ended') && seen.inferred);
          assert.ok(!over.has(seen.key) && (open ?? seen.key) === seen.key);
          open = seen.type === 'call' ? seen.key : undefined;
          if (!open) over.add(seen.key);
        }
        assert.equal(open, undefined);
      }),
    );
  });
});
