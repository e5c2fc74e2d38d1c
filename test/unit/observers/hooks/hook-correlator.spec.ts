import assert from 'node:assert/strict';
import { carriedCall } from '../../../../src/observers/hooks/carried-calls';
import { HookCorrelator } from '../../../../src/observers/hooks/hook-correlator';
import type { HookName } from '../../../../src/microsip/hook-names';
import type { Call } from '../../../../src/phone/calls/call';
import { admitted } from '../../../../src/phone/calls/observed-texts';
import { newTracker, eventsOf } from '../../../support/new-tracker';
import type { Observation } from '../../../../src/phone/ports/observation';

type Short = 'Incoming' | 'Ring' | 'Outgoing' | 'Answer' | 'AnswerVideo' | 'Start' | 'Busy' | 'End';
const NAMES: Record<Short, HookName> = {
  Incoming: 'cmdIncomingCall',
  Ring: 'cmdCallRing',
  Outgoing: 'cmdOutgoingCall',
  Answer: 'cmdCallAnswer',
  AnswerVideo: 'cmdCallAnswerVideo',
  Start: 'cmdCallStart',
  Busy: 'cmdCallBusy',
  End: 'cmdCallEnd',
};

interface Given {
  /** `Ring 1001`, `Ring 1001 @5000` (ms after the first); without a time 1 s after the one before. */
  hooks: string;
  singleMode?: boolean;
}

function observed({ hooks, singleMode }: Given): Observation[] {
  const correlator = new HookCorrelator();
  let time = 0;
  return hooks.split(/,\s*/).flatMap((step) => {
    const [, name = '', parameter = '', at] = /^(\w+) ?([^@]*?) ?(?:@(\d+))?$/.exec(step) ?? [];
    time = at === undefined ? time + 1000 : Number(at);
    if (name === 'wait') return correlator.passTime(time);
    return correlator.take({ name: NAMES[name as Short], time, parameter }, singleMode);
  });
}

/** What a phone makes of it: `incoming 1001`, `answered 1001?` (`?`: inferred), `ended 1001 missed`. */
function events(given: Given): string[] {
  const tracker = newTracker(undefined, undefined, {});
  tracker.observe({ type: 'presence', time: 0, source: 'hooks', presence: 'ready' });
  return observed(given)
    .flatMap((seen) => eventsOf(tracker.observe(seen)))
    .map(({ event, call, confidence }) => {
      const end = call?.disposition ? ` ${call.disposition}` : '';
      return `${event} ${call?.number ?? '-'}${confidence === 'inferred' ? '?' : ''}${end}`;
    });
}

const begun = ['incoming 1001'];
const talked = ['incoming 1001', 'answered 1001', 'ended 1001 answered'];

describe('hook correlator', () => {
  describe("knows MicroSIP's sequences", () => {
    const sequences: [scenario: string, hooks: string, expected: string[]][] = [
      [
        'outgoing, answered, ended',
        'Outgoing 1001, Start 1001, End 1001',
        ['outgoing 1001', 'answered 1001', 'ended 1001 answered'],
      ],
      ['outgoing, 486 / 600 / 603', 'Outgoing 1001, Busy 1001', ['outgoing 1001', 'ended 1001? busy']],
      ['outgoing, any other failure', 'Outgoing 1001, End 1001', ['outgoing 1001', 'ended 1001? failed']],
      ['outgoing to a host without a user', 'Outgoing, Start, End', ['outgoing -', 'answered -', 'ended - answered']],
      [
        'outgoing to a host, whose end carries the host',
        'Outgoing, Start, End pbx.example',
        ['outgoing -', 'answered -', 'ended -? answered'],
      ],
      ['incoming, answered', 'Incoming 1001, Ring 1001, Answer 1001, Start 1001, End 1001', talked],
      [
        'incoming with video, answered',
        'Incoming 1001, Ring 1001, Answer 1001, AnswerVideo 1001, Start 1001, End 1001',
        talked,
      ],
      [
        'incoming, auto-answer without delay',
        'Incoming 1001, Answer 1001, Start 1001, End 1001',
        ['incoming 1001?', 'answered 1001', 'ended 1001 answered'],
      ],
      ['incoming, auto-answer with delay', 'Incoming 1001, Ring 1001, Answer 1001, Start 1001, End 1001', talked],
      ['incoming, Decline or F4', 'Incoming 1001, Ring 1001, Busy 1001', [...begun, 'ended 1001 rejected']],
      [
        'incoming, /hangupincoming; ignored; cancelled; answered elsewhere; forwarded after a delay',
        'Incoming 1001, Ring 1001, End 1001',
        [...begun, 'ended 1001? missed'],
      ],
      ['incoming, refused by MicroSIP or forwarded at once', 'Incoming 1001, wait @700000', []],
      ['only rings', 'Incoming 1001, Ring 1001', begun],
      [
        'call waiting in single mode',
        'Ring 1001, Answer 1001, Start 1001, Incoming 2002, Ring 2002, End 1001, Answer 2002, Start 2002, End 2002',
        [
          'incoming 1001',
          'answered 1001',
          'incoming 2002',
          'ended 1001 answered',
          'answered 2002',
          'ended 2002 answered',
        ],
      ],
      [
        'a call waits and is declined',
        'Outgoing 1001, Start 1001, Ring 2002, Busy 2002, End 1001',
        ['outgoing 1001', 'answered 1001', 'incoming 2002', 'ended 2002 rejected', 'ended 1001 answered'],
      ],
      [
        'MicroSIP 3.14, which reports the start before the answer',
        'Incoming 1001, Ring 1001, Start 1001, Answer 1001, End 1001',
        talked,
      ],
    ];
    for (const [scenario, hooks, expected] of sequences) {
      it(scenario, () => {
        assert.deepEqual(events({ hooks }), expected);
      });
      it(`${scenario}, without the hooks that need not be installed`, () => {
        const fewer = hooks
          .split(/,\s*/)
          .filter((hook) => !/^(Incoming|AnswerVideo)/.test(hook))
          .join(', ');
        assert.deepEqual(events({ hooks: fewer }), expected);
      });
    }
  });

  it('an invitation alone never rings', () => {
    assert.deepEqual(observed({ hooks: 'Incoming 1001, Incoming 1002, Incoming 1001' }), []);
  });

  describe('goes by the order when the number changes on the way', () => {
    it('an outgoing call that answers under another number keeps the dialled one', () => {
      assert.deepEqual(events({ hooks: 'Outgoing 1001, Start 49301, End 49301' }), [
        'outgoing 1001',
        'answered 1001?',
        'ended 1001 answered',
      ]);
    });

    it('an auto-answered call is not taken for another one that rings', () => {
      assert.deepEqual(events({ hooks: 'Ring 1001, Incoming 2002, Answer 2002, Start 2002, End 2002, End 1001' }), [
        'incoming 1001',
        'incoming 2002?',
        'answered 2002',
        'ended 2002 answered',
        'ended 1001? missed',
      ]);
    });
  });

  describe('ends no call that is being talked on because of an end with a number that no call has', () => {
    const kept: [what: string, hooks: string, open: number][] = [
      ['of a call that was dialled', 'Outgoing 1001, Start 1001, End 9999', 1],
      ['of a call that came in', 'Ring 1001, Answer 1001, Start 1001, End 9999, Busy 8888', 1],
      ['of a host', 'Outgoing 1001, Start 1001, End pbx.example', 1],
      ['of a call that rings', 'Ring 1001, End 9999', 1],
      ['of a call that is dialled', 'Outgoing 1001, Busy 9999', 1],
      ['of one of two', 'Outgoing 1, Start 1, Outgoing 2, Start 2, End 8, End 9', 2],
      ['while another one rings', 'Outgoing 1001, Start 1001, Ring 2002, End 9999', 2],
    ];
    for (const [what, hooks, open] of kept) {
      it(what, () => {
        const told = events({ hooks });
        assert.equal(told.filter((event) => event.startsWith('ended')).length, 0);
        assert.equal(told.filter((event) => /^(incoming|outgoing)/.test(event)).length, open);
      });
    }

    it('but ends one that was taken for answered because of the order alone, and says that it is a guess', () => {
      const hooks = 'Outgoing 1001, Start 49301, End 7777';
      assert.deepEqual(events({ hooks }).slice(-2), ['answered 1001?', 'ended 1001? answered']);
    });

    const doubted: [what: string, hooks: string, last: string][] = [
      ['within an hour', 'Ring 49301, Answer 49301, Start 49301, End 1001, wait @3700000', 'ended 49301? answered'],
      ['within half a minute when nobody answered', 'Outgoing 1001, Busy 49301, wait @40000', 'ended 1001? failed'],
      ['before the next call is answered', 'Ring 493, Answer 493, Start 493, End 1, Ring 2, Answer 2', 'answered 2'],
    ];
    for (const [what, hooks, last] of doubted) {
      it(`and such an end lets the only call not last for ever: it is over ${what}`, () => {
        const told = events({ hooks });
        assert.equal(told.at(-1), last);
        assert.equal(told.filter((event) => event.startsWith('ended')).length, 1);
      });
    }
  });

  describe('survives lost hooks', () => {
    const losses: [what: string, given: Given, last: string | undefined, count: number][] = [
      ['the beginning: an end alone is nothing', { hooks: 'End 1001, Busy 1002' }, undefined, 0],
      ['ringing and answer', { hooks: 'Incoming 1001, Start 1001, End 1001' }, 'ended 1001 answered', 3],
      ['the answer', { hooks: 'Ring 1001, Start 1001, End 1001' }, 'ended 1001 answered', 3],
      ['the start of an inbound call', { hooks: 'Ring 1001, Answer 1001, End 1001' }, 'ended 1001 answered', 3],
      ['everything but the start', { hooks: 'Start 1001, End 1001' }, 'ended 1001 answered', 3],
      ['the end, and the same party calls again', { hooks: 'Ring 1001, Ring 1001 @9000' }, 'incoming 1001', 3],
      ['the end, and the same party is dialled again', { hooks: 'Outgoing 1, Outgoing 1 @9000' }, 'outgoing 1', 3],
      [
        'the end, and it auto-answers the same party again',
        { hooks: 'Incoming 1, Answer 1, Start 1, Incoming 1 @90000, Answer 1, Start 1' },
        'answered 1',
        5,
      ],
      [
        'the end, in single mode, and another one is dialled',
        { hooks: 'Outgoing 1, Start 1, Outgoing 2', singleMode: true },
        'outgoing 2',
        4,
      ],
      [
        'the end, in single mode, and another one is answered',
        { hooks: 'Outgoing 1, Start 1, Ring 2, Answer 2', singleMode: true },
        'answered 2',
        5,
      ],
      ['the end of a call that rang', { hooks: 'Ring 1, wait @700000' }, 'ended 1? missed', 2],
      ['the end of a dialled call', { hooks: 'Outgoing 1, wait @700000' }, 'ended 1? failed', 2],
      ['the end of a conversation', { hooks: 'Outgoing 1, Start 1, wait @90000000' }, 'ended 1? answered', 3],
    ];
    for (const [what, given, last, count] of losses) {
      it(what, () => {
        const seen = events(given);
        assert.deepEqual([seen.at(-1), seen.length], [last, count]);
      });
    }

    it('but ends no long conversation', () => {
      assert.deepEqual(events({ hooks: 'Outgoing 1, Start 1, wait @36000000' }), ['outgoing 1', 'answered 1']);
    });

    it('and keeps waiting calls and second calls while the mode is not known', () => {
      const hooks = 'Outgoing 1, Start 1, Outgoing 2, Start 2, End 1, End 2';
      assert.deepEqual(events({ hooks }).slice(-2), ['ended 1 answered', 'ended 2 answered']);
    });
  });

  describe('takes nothing twice', () => {
    it('each hook of a call', () => {
      const hooks = 'Incoming 1001, Ring 1001, Answer 1001, Start 1001, End 1001';
      const twice = hooks.replace(/(\w+) 1001/g, '$1 1001, $1 1001');
      assert.deepEqual(events({ hooks: twice }), talked);
    });

    it('an end that comes again leaves other calls alone', () => {
      const hooks = 'Outgoing 1, Start 1, Ring 2, End 2, End 2';
      assert.equal(events({ hooks }).at(-1), 'ended 2? missed');
    });

    it('a dial that comes again, in single mode', () => {
      const hooks = 'Outgoing 1, Outgoing 1, Start 1, End 1';
      assert.deepEqual(events({ hooks, singleMode: true }), ['outgoing 1', 'answered 1', 'ended 1 answered']);
    });
  });

  for (const parameter of [
    '030123456;cpc=ordinary',
    '+4930123456;verstat=TN-Validation-Passed',
    '%2B4930123456',
    '"Ada" <sips:+4930123456',
    'tel:+49-30-123456',
    'ada\u202e\u200b',
  ]) {
    it(`ends a call with ${JSON.stringify(parameter)} that goes on over a deploy`, () => {
      const before = new HookCorrelator();
      const took = (correlator: HookCorrelator, name: HookName): Observation[] =>
        correlator.take({ name, time: 1000, parameter });
      const [began] = took(before, 'cmdCallRing').map((seen) => admitted(seen));
      const number = began?.type === 'call' ? (began.facts.number ?? '') : '';
      assert.match(number, /^(?:\+?[0-9-]+|ada)$/);
      const call: Call = { callId: 'id1', direction: 'inbound', number, callState: 'ringing', startTime: 1000 };
      const [ended, ...others] = took(new HookCorrelator(500, [carriedCall(call)]), 'cmdCallEnd');
      assert.deepEqual([ended?.type === 'call_ended' && ended.key, others.length], ['id1', 0]);
    });
  }

  it('says when time alone changes something', () => {
    const correlator = new HookCorrelator();
    assert.equal(correlator.nextDeadline, undefined);
    correlator.take({ name: 'cmdCallRing', time: 1000, parameter: '1' });
    assert.equal(correlator.nextDeadline, 601_000);
    correlator.take({ name: 'cmdCallAnswer', time: 5000, parameter: '1' });
    assert.equal(correlator.nextDeadline, 5000 + 24 * 3_600_000);
    correlator.take({ name: 'cmdCallEnd', time: 6000, parameter: '1' });
    assert.equal(correlator.nextDeadline, undefined);
  });

  it('keeps no more calls than any MicroSIP has', () => {
    const hooks = Array.from({ length: 50 }, (_, index) => `Ring ${index}`).join(', ');
    const seen = observed({ hooks });
    assert.equal(seen.filter(({ type }) => type === 'call').length, 50);
    assert.equal(seen.filter(({ type }) => type === 'call_ended').length, 18);
  });
});
