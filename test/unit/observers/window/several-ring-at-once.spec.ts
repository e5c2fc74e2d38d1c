import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { WindowInterpreter } from '../../../../src/observers/window/window-interpreter';
import { eventsOf, newTracker } from '../../../support/new-tracker';
import { checkPromises } from '../../phone/tracker/promises';
import { calls, options, snapshot, type Shown } from './snapshots';

const ADA = 'ringA|Ada|4711@pbx.test\r\n\r\nTo: 1001@pbx.test';
const BOB = 'ringB|Bob|4722@pbx.test\r\n\r\nTo: 1001@pbx.test';
const WITH_ADA: Shown = {
  tab: 'connected',
  title: 'Ada \u2013 4711',
  status: 'Connected 0:04',
  box: 'Ada \u2013 4711 ',
};

describe('window interpreter: several calls ring while MicroSIP does not answer, and one is answered', () => {
  const STORIES: [name: string, steps: [number, Shown][], told: string[]][] = [
    [
      'none of them had told who calls',
      [
        [0, { ...WITH_ADA, glimpsed: ['ringA||', 'ringB||', 'ringC||'] }],
        [1000, WITH_ADA],
      ],
      [
        'ringA inbound connected 4711 Ada inferred',
        'ringB inbound ringing - inferred',
        'ringB ended',
        'ringC inbound ringing - inferred',
        'ringC ended',
      ],
    ],
    [
      'the answered one had not told who calls',
      [
        [0, { ...WITH_ADA, glimpsed: [BOB, 'ringA||', 'ringC||'] }],
        [1000, WITH_ADA],
      ],
      [
        'ringB inbound ringing 4722 Bob',
        'ringA inbound connected 4711 Ada inferred',
        'ringB ended',
        'ringC inbound ringing - inferred',
        'ringC ended',
      ],
    ],
    [
      'only the answered one had told who calls',
      [
        [0, { ...WITH_ADA, glimpsed: ['ringC||', ADA, 'ringD||'] }],
        [1000, WITH_ADA],
      ],
      [
        'ringA inbound connected 4711 Ada',
        'ringC inbound ringing - inferred',
        'ringC ended',
        'ringD inbound ringing - inferred',
        'ringD ended',
      ],
    ],
    [
      'its window goes only now, without having told who calls',
      [
        [0, { ...WITH_ADA, untold: true }],
        [150, { ...WITH_ADA, glimpsed: ['ringA||'] }],
        [1000, WITH_ADA],
      ],
      ['ringA inbound connected 4711 Ada inferred'],
    ],
    [
      'behind another tab, it is told by the dialer page',
      [
        [0, { tab: 'none', dialerCall: true, box: '4722 ', status: 'Connected 0:04', glimpsed: [ADA, BOB] }],
        [1000, { tab: 'none', dialerCall: true, box: '4722 ', status: 'Connected 0:05' }],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringB inbound connected 4722 Bob', 'ringA ended'],
    ],
    [
      'behind another tab, and its window goes only now',
      [
        [0, { tab: 'none', dialerCall: true, box: '', status: 'Connected 0:04', untold: true }],
        [150, { tab: 'none', dialerCall: true, box: '', status: 'Connected 0:04', glimpsed: ['ringA||', 'ringB||'] }],
        [1000, { tab: 'none', dialerCall: true, box: '', status: 'Connected 0:05' }],
      ],
      ['ringA inbound connected - inferred', 'ringB inbound ringing - inferred', 'ringB ended'],
    ],
    [
      'somebody else rings, and it was dialled',
      [
        [0, { ...WITH_ADA, untold: true }],
        [300, { ...WITH_ADA, rings: [BOB] }],
        [1000, WITH_ADA],
      ],
      ['ringB inbound ringing 4722 Bob', 'line1 unknown connected 4711 Ada', 'ringB ended'],
    ],
  ];
  for (const [name, steps, told] of STORIES)
    it(name, () => {
      assert.deepEqual(calls(steps), told);
    });

  it('each begins once and ends once, and the answered one is one of those that rang', () => {
    const party = (index: number): string => `Caller ${index} \u2013 47${index}`;
    const window = (index: number, told: boolean): string =>
      told ? `ring${index}|Caller ${index}|47${index}@pbx.test\r\n\r\nTo: 1@x` : `ring${index}||`;
    const rings = fc.array(fc.constantFrom('told before', 'glimpsed', 'gone untold', 'goes untold later'), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(rings, fc.nat(), fc.boolean(), (how, choice, multi) => {
        const answered = choice % how.length;
        const which = (...kinds: string[]): number[] => [...how.keys()].filter((one) => kinds.includes(how[one] ?? ''));
        const inCall: Shown = { tab: 'connected', title: party(answered), status: 'Connected 0:04', multi };
        const glimpsed = [...how.keys()].filter((one) => how[one] === 'glimpsed' || how[one] === 'gone untold');
        const later = which('goes untold later');
        const seen = calls([
          [0, { rings: which('told before').map((one) => window(one, true)) }],
          [200, { presence: 'hung' }],
          [
            3000,
            {
              ...inCall,
              glimpsed: glimpsed.map((one) => window(one, how[one] === 'glimpsed')),
              untold: later.length > 0,
            },
          ],
          [3150, { ...inCall, glimpsed: later.map((one) => window(one, false)) }],
          [6000, inCall],
          [9000, {}],
        ]);
        const begun = new Map<string, string[]>();
        for (const line of seen) {
          const [key = ''] = line.split(' ');
          begun.set(key, [...(begun.get(key) ?? []), line]);
        }
        const connected = seen.filter((line) => line.includes(' connected '));
        assert.equal(connected.length, 1, seen.join('\n'));
        assert.match(connected[0] ?? '', new RegExp(`^ring\\d inbound connected 47${answered} `), seen.join('\n'));
        assert.equal(begun.size, how.length, seen.join('\n'));
        for (const lines of begun.values())
          assert.deepEqual(lines.map((line) => line.endsWith(' ended')).filter(Boolean), [true], seen.join('\n'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('calls that the log tells of, and that the windows show only when all but one are over', () => {
  const NUMBERS = ['1005', '1010', '1011', '1012', '1013', '1014'];

  function told(shown: Shown[], direction: 'inbound' | 'outbound' = 'inbound'): PhoneEvent[] {
    const tracker = newTracker();
    const events: PhoneEvent[] = [];
    const feed = (seen: Observation, at: number): void => {
      events.push(...eventsOf(tracker.observe(seen, at)));
    };
    const interpreter = new WindowInterpreter(options());
    const look = (one: Shown, time: number): void => {
      for (const seen of interpreter.look(snapshot(one, time), time).observations) feed(seen, time);
    };
    look({}, 0);
    feed({ type: 'registration', time: 0, source: 'log', registration: { state: 'registered', sipStatus: 200 } }, 0);
    const log = (index: number, time: number, state: 'ringing' | 'dialing' | 'connected'): void => {
      const key = `log${index}`;
      const facts = { sipCallId: key, number: NUMBERS[index] ?? '' };
      feed(
        { type: 'call', time, source: 'log', key, direction: index === 0 ? direction : 'inbound', state, facts },
        time,
      );
    };
    const logEnd = (index: number, time: number): void => {
      const ending = { endedBy: 'remote' as const, sipStatus: 487 };
      feed({ type: 'call_ended', time, source: 'log', key: `log${index}`, ending }, time);
    };
    log(0, 100, direction === 'inbound' ? 'ringing' : 'dialing');
    log(0, 350, 'connected');
    for (const index of [1, 2, 3, 4, 5]) {
      log(index, 400 + index * 600, 'ringing');
      logEnd(index, 700 + index * 600);
    }
    shown.forEach((one, index) => {
      look(one, 4400 + index * 100);
    });
    for (const time of [5000, 6000, 7000, 20_000]) {
      look({ ...shown.at(-1), glimpsed: [], untold: false }, time);
      feed({ type: 'source_live', time, source: 'log' }, time);
    }
    logEnd(0, 21_000);
    look({}, 21_100);
    look({}, 21_300);
    for (const time of [24_000, 40_000]) look({}, time);
    return events;
  }

  const inCall: Shown = {
    tab: 'connected',
    title: 'Bob \u2013 1005',
    status: 'Connected 0:04',
    box: 'Bob \u2013 1005 ',
  };
  const untold = ['r1||', 'r2|x|1010@pbx.test\r\n\r\nTo: 1@x', 'r3||', 'r4|x|To: 1@x', 'r5||', 'r6||'];
  function check(shown: Shown[], direction: 'inbound' | 'outbound'): void {
    const events = told(shown, direction);
    checkPromises(events);
    const lines = events.filter(({ call }) => call).map(({ event, call }) => `${event} ${call?.number ?? '-'}`);
    assert.deepEqual(
      lines,
      [
        `${direction === 'inbound' ? 'incoming' : 'outgoing'} 1005`,
        'answered 1005',
        ...NUMBERS.slice(1).flatMap((number) => [`incoming ${number}`, `ended ${number}`]),
        'ended 1005',
      ],
      direction,
    );
    assert.ok(events.every(({ event, source }) => event !== 'ended' || source === 'log'));
  }

  for (const [how, shown] of [
    ['by windows that have not told who called', [{ ...inCall, glimpsed: untold }, inCall]],
    ['by windows that go one look later', [{ ...inCall, untold: true }, { ...inCall, glimpsed: untold }, inCall]],
    [
      'by windows of calls behind a tab',
      [
        { multi: true, status: 'Connected 0:04', glimpsed: untold },
        { ...inCall, multi: true },
      ],
    ],
  ] as [string, Shown[]][])
    for (const direction of ['inbound', 'outbound'] as const)
      it(`begin once and end once: ${how} (${direction})`, () => {
        check(shown, direction);
      });

  it('begin once and end once, whatever the windows had time to tell', () => {
    const window = fc.constantFrom(
      (key: string) => `${key}||`,
      (key: string, name: string) => `${key}|${name}|To: 1@x`,
      (key: string, name: string, number: string) => `${key}|${name}|${number}@pbx.test\r\n\r\nTo: 1@x`,
    );
    const windows = fc.tuple(...NUMBERS.map(() => fc.tuple(window, fc.boolean())));
    const first = fc.constantFrom<Shown>(inCall, { status: 'Connected 0:04' }, { presence: 'hung' });
    fc.assert(
      fc.property(windows, first, fc.boolean(), fc.constantFrom('inbound', 'outbound'), (rings, before, multi, way) => {
        const own = way === 'inbound' ? 0 : 1;
        const texts = (isLate: boolean): string[] =>
          rings.flatMap(([ring, late], index) =>
            index >= own && late === isLate
              ? [ring(`r${index}`, index === 0 ? 'Bob' : `Caller ${index}`, NUMBERS[index] ?? '')]
              : [],
          );
        const [early, late] = [texts(false), texts(true)];
        check(
          [
            { ...before, multi, glimpsed: early, untold: late.length > 0 },
            { ...inCall, multi, glimpsed: late },
            { ...inCall, multi },
          ],
          way,
        );
      }),
      { numRuns: 500 },
    );
  });
});
