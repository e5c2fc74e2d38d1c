import assert from 'node:assert/strict';
import { WindowInterpreter } from '../../../../src/observers/window/window-interpreter';
import { calls, options, snapshot, type Shown } from './snapshots';

const ADA = 'ringA|Ada|4711@pbx.test\r\n\r\nTo: 1001@pbx.test';
const BOB = 'ringB|Bob|4722@pbx.test\r\n\r\nTo: 1001@pbx.test';
const ADA_RINGS: Shown = { rings: [ADA], tab: 'ringing', title: 'Ada \u2013 4711', status: 'Ringing' };
const IN_CALL_WITH = (title: string, seconds: number): Shown => ({
  tab: 'connected',
  title,
  status: `Connected 0:${String(seconds).padStart(2, '0')}`,
});

describe('window interpreter: one call in single-call mode', () => {
  it('a call that is connected when it is first seen was answered when its age says', () => {
    for (const [shown, answeredAt] of [
      [IN_CALL_WITH('200', 9), 91_000],
      [{ ...IN_CALL_WITH('200', 9), tab: 'held', status: 'Hold 0:02 / 1:05' }, 35_000],
      [{ tab: 'dialing', title: '200', status: 'Calling 200 ...' }, undefined],
    ] as [Shown, number | undefined][]) {
      const { observations } = new WindowInterpreter(options()).look(snapshot(shown, 100_000), 100_000);
      const [call] = observations.filter(({ type }) => type === 'call');
      assert.equal(call?.type === 'call' ? call.answeredAt : 0, answeredAt);
    }
  });

  const ROWS: [name: string, steps: [number, Shown][], expected: string[]][] = [
    ['nothing', [[0, {}]], []],
    ['a call rings', [[0, ADA_RINGS]], ['ringA inbound ringing 4711 Ada']],
    [
      'rings, is answered, ends',
      [
        [0, ADA_RINGS],
        [500, IN_CALL_WITH('Ada \u2013 4711', 0)],
        [1500, IN_CALL_WITH('Ada \u2013 4711', 1)],
        [1900, {}],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada', 'ringA ended'],
    ],
    [
      'an answered call is not alerting on its way',
      [
        [0, ADA_RINGS],
        [500, { tab: 'alerting', title: 'Ada \u2013 4711', status: 'Verbinde...' }],
        [700, { tab: 'alerting', title: 'Ada \u2013 4711', status: 'Kapcsolódás' }],
        [900, IN_CALL_WITH('Ada \u2013 4711', 0)],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada'],
    ],
    [
      'the ringing window goes one look before the call shows',
      [
        [0, ADA_RINGS],
        [500, {}],
        [540, IN_CALL_WITH('Ada \u2013 4711', 0)],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada'],
    ],
    [
      'rings and is missed',
      [
        [0, ADA_RINGS],
        [500, {}],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA ended'],
    ],
    [
      'rings on in its tab after its window was closed',
      [
        [0, ADA_RINGS],
        [500, { ...ADA_RINGS, rings: [] }],
        [9000, {}],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA ended'],
    ],
    [
      'was ignored and is answered after all',
      [
        [0, ADA_RINGS],
        [500, { ...ADA_RINGS, rings: [] }],
        [3000, IN_CALL_WITH('Ada \u2013 4711', 0)],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada'],
    ],
    [
      'an ignored call is there when the watching begins',
      [
        [0, { ...ADA_RINGS, rings: [] }],
        [5000, {}],
      ],
      ['line1 inbound ringing 4711 Ada', 'line1 ended'],
    ],
    [
      'the tab rings before the window is there',
      [
        [0, { ...ADA_RINGS, rings: [] }],
        [400, ADA_RINGS],
        [2000, {}],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA ended'],
    ],
    [
      'dialled, rings there, is answered, held, resumed, ends',
      [
        [0, { tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
        [300, { tab: 'alerting', title: '200', status: 'Ringing' }],
        [600, { tab: 'alerting', title: '200', status: 'Connecting...' }],
        [700, IN_CALL_WITH('200', 0)],
        [1700, { ...IN_CALL_WITH('200', 1), tab: 'held', status: 'Hold 0:00 / 0:01' }],
        [2700, IN_CALL_WITH('200', 2)],
        [3000, {}],
      ],
      [
        'line1 outbound dialing 200',
        'line1 outbound alerting 200',
        'line1 outbound connected 200',
        'line1 outbound held 200',
        'line1 outbound connected 200',
        'line1 ended',
      ],
    ],
    [
      'dialled and busy',
      [
        [0, { tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
        [300, {}],
      ],
      ['line1 outbound dialing 200', 'line1 ended'],
    ],
    [
      'first seen alerting',
      [[0, { tab: 'alerting', title: 'Ada \u2013 200', status: 'Session Progress' }]],
      ['line1 outbound alerting 200 Ada'],
    ],
    [
      'rings for too short a time to be looked at',
      [
        [0, { glimpsed: [ADA] }],
        [1000, {}],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA ended'],
    ],
    [
      'is gone before it has told who calls',
      [
        [0, { glimpsed: ['ringA||'] }],
        [1000, {}],
      ],
      ['ringA inbound ringing - inferred', 'ringA ended'],
    ],
    [
      'rings for too short a time because it is answered at once',
      [
        [0, { ...IN_CALL_WITH('Ada \u2013 4711', 0), glimpsed: [ADA] }],
        [1000, IN_CALL_WITH('Ada \u2013 4711', 1)],
      ],
      ['ringA inbound connected 4711 Ada'],
    ],
    ['first seen connected', [[0, IN_CALL_WITH('200', 9)]], ['line1 unknown connected 200']],
    ['first seen held', [[0, { ...IN_CALL_WITH('200', 9), tab: 'held' }]], ['line1 unknown held 200']],
    [
      'answered without ringing',
      [
        [0, { tab: 'alerting', title: 'Ada \u2013 4711', status: 'Connecting...' }],
        [80, IN_CALL_WITH('Ada \u2013 4711', 0)],
      ],
      ['line1 unknown connected 4711 Ada'],
    ],
    [
      'dialled again at once: two calls',
      [
        [0, { tab: 'alerting', title: '200', status: 'Ringing' }],
        [300, { tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
      ],
      ['line1 outbound alerting 200', 'line1 ended', 'line2 outbound dialing 200'],
    ],
    [
      'a younger call in the same place is another one',
      [
        [0, IN_CALL_WITH('200', 50)],
        [300, IN_CALL_WITH('200', 0)],
      ],
      ['line1 unknown connected 200', 'line1 ended', 'line2 unknown connected 200'],
    ],
    [
      'the far end tells another identity (3.22.16)',
      [
        [0, { tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
        [300, { tab: 'alerting', title: 'Support \u2013 299', status: 'Ringing' }],
      ],
      ['line1 outbound dialing 200', 'line1 outbound alerting 299 Support'],
    ],
    [
      'somebody types digits during a call',
      [
        [0, IN_CALL_WITH('Ada \u2013 4711', 1)],
        [300, { ...IN_CALL_WITH('Ada \u2013 4711', 1), box: '12#' }],
      ],
      ['line1 unknown connected 4711 Ada'],
    ],
    [
      'hangs, and the call goes on',
      [
        [0, IN_CALL_WITH('200', 1)],
        [300, { ...IN_CALL_WITH('200', 1), presence: 'hung' }],
        [5000, IN_CALL_WITH('200', 6)],
      ],
      ['line1 unknown connected 200'],
    ],
    [
      'nothing that is shown counts while it hangs',
      [
        [0, ADA_RINGS],
        [300, { presence: 'hung' }],
        [5000, IN_CALL_WITH('Ada \u2013 4711', 3)],
      ],
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada'],
    ],
    [
      'another tab is selected during the call',
      [
        [0, IN_CALL_WITH('200', 1)],
        [300, { title: 'Chat', dialerCall: true, status: 'Connected 0:02' }],
        [900, IN_CALL_WITH('200', 3)],
        [1200, { title: 'Chat' }],
      ],
      ['line1 unknown connected 200', 'line1 ended'],
    ],
    [
      'is answered while another tab is selected',
      [
        [0, { tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
        [300, { title: 'Chat', dialerCall: true, status: 'Ringing' }],
        [900, { title: 'Chat', dialerCall: true, status: 'Connected 0:00' }],
      ],
      ['line1 outbound dialing 200', 'line1 outbound connected 200'],
    ],
  ];
  for (const [name, steps, expected] of ROWS) {
    it(name, () => {
      assert.deepEqual(calls(steps), expected);
    });
  }
});

describe('window interpreter: two calls in single-call mode', () => {
  const first: Shown = IN_CALL_WITH('Ada \u2013 4711', 10);
  const waiting: Shown = { ...first, rings: [BOB] };

  it('a waiting call is a second call', () => {
    assert.deepEqual(
      calls([
        [0, first],
        [300, waiting],
      ]),
      ['line1 unknown connected 4711 Ada', 'ringB inbound ringing 4722 Bob'],
    );
  });

  it('a waiting call is rejected', () => {
    assert.deepEqual(
      calls([
        [0, first],
        [300, waiting],
        [900, first],
      ]).slice(2),
      ['ringB ended'],
    );
  });

  it('a waiting call is rejected while its tab is selected', () => {
    const ringing: Shown = { rings: [BOB], tab: 'ringing', title: 'Bob \u2013 4722', dialerCall: true, status: '0:11' };
    assert.deepEqual(
      calls([
        [0, first],
        [300, ringing],
        [900, first],
      ]).slice(1),
      ['ringB inbound ringing 4722 Bob', 'ringB ended'],
    );
  });

  for (const [how, steps] of [
    ['seen in between', [[900, { rings: [BOB], tab: 'ringing', title: 'Bob \u2013 4722' }]]],
    ['seen connecting', [[900, { tab: 'alerting', title: 'Bob \u2013 4722', status: 'Connecting...' }]]],
    ['seen only in the end', []],
  ] as [string, [number, Shown][]][]) {
    it(`answering a waiting call ends the first one, ${how}`, () => {
      assert.deepEqual(
        calls([[0, first], [300, waiting], ...steps, [1200, IN_CALL_WITH('Bob \u2013 4722', 0)]]).slice(2),
        ['line1 ended', 'ringB inbound connected 4722 Bob'],
      );
    });
  }

  it('two calls ring, and each has its own life', () => {
    const both: Shown = { ...ADA_RINGS, rings: [ADA, BOB] };
    assert.deepEqual(
      calls([
        [0, both],
        [300, { ...both, rings: [BOB], tab: 'ringing', title: 'Bob \u2013 4722' }],
        [900, IN_CALL_WITH('Bob \u2013 4722', 0)],
      ]),
      [
        'ringA inbound ringing 4711 Ada',
        'ringB inbound ringing 4722 Bob',
        'ringA ended',
        'ringB inbound connected 4722 Bob',
      ],
    );
  });
});

describe('window interpreter: names up to 3.22.3', () => {
  const version: [number, number, number, number] = [3, 22, 3, 0];

  it('takes the number from the number box and the name from the title', () => {
    const steps: [number, Shown][] = [[0, { version, tab: 'dialing', title: 'Ada', box: '4711', status: 'Calling' }]];
    assert.deepEqual(calls(steps), ['line1 outbound dialing 4711 Ada']);
  });

  it('knows an answered call by its name', () => {
    assert.deepEqual(
      calls([
        [0, { ...ADA_RINGS, version, title: 'Ada' }],
        [300, { ...IN_CALL_WITH('Ada', 0), version, box: '4711' }],
      ]),
      ['ringA inbound ringing 4711 Ada', 'ringA inbound connected 4711 Ada'],
    );
  });

  it('leaves the number open when nothing tells it', () => {
    const steps: [number, Shown][] = [[0, { version, multi: true, tab: 'dialing', title: 'Ada', status: 'Calling' }]];
    assert.deepEqual(calls(steps), ['line1 outbound dialing - Ada']);
  });
});
