import assert from 'node:assert/strict';
import type { HistoryRow } from '../../../../src/observers/history/rows/history-row';
import type { SimulatedMicrosipOptions } from '../../../../src/simulator/simulated-options';
import { skipBecause } from '../../../support/skip';
import { HAS_SQLITE, Traced } from './traced';

type Step = (phone: Traced) => unknown;

interface Sequence {
  name: string;
  options?: SimulatedMicrosipOptions;
  steps: Step[];
  hooks: string[];
  /** `type number name info`, a row each. */
  rows: string[];
  /** Calls in the log that never rang. */
  silent?: number;
}

const dial: Step = (phone) => phone.command('1002');
const ring: Step = ({ microsip }) => {
  microsip.far.ring();
};
const taken: Step = ({ microsip }) => {
  microsip.far.answer();
};
const comes: Step = ({ microsip }) => microsip.far.incoming({ number: '1005', name: 'Ada' });
const second: Step = ({ microsip }) => microsip.far.incoming({ number: '1006', name: 'Bob' });
const answer: Step = ({ microsip }) => {
  microsip.user.answer();
};
const theyHangUp: Step = ({ microsip }) => {
  microsip.far.hangup();
};
const hangUp: Step = (phone) => phone.command('/hangupall');
const failed =
  (status: number, reason: string): Step =>
  ({ microsip }) => {
    microsip.far.fail(status, reason);
  };
const wait =
  (ms: number): Step =>
  () =>
    new Promise((resolve) => setTimeout(resolve, ms));

/** The table "Sequences" (docs/microsip/interface.md#3), with the differences of 3.22.16 (docs/microsip/3.22.16.md#2). */
const SEQUENCES: Sequence[] = [
  {
    name: 'outgoing, answered, ended by the far end',
    steps: [dial, ring, taken, theyHangUp],
    hooks: ['Outgoing 1002', 'Start 1002', 'End 1002'],
    rows: ['0 1002 1002 Call Ended'],
  },
  {
    name: 'outgoing, early media, answered, ended by us',
    steps: [
      dial,
      ({ microsip }) => {
        microsip.far.ring(undefined, 183);
      },
      taken,
      hangUp,
    ],
    hooks: ['Outgoing 1002', 'Start 1002', 'End 1002'],
    rows: ['0 1002 1002 Call Ended'],
  },
  {
    name: 'outgoing, ended since the transfer is done',
    steps: [dial, taken, (phone) => phone.command('/transfer:1009')],
    hooks: ['Outgoing 1002', 'Start 1002', 'End 1002'],
    rows: ['0 1002 1002 Call Ended'],
  },
  ...(
    [
      [486, 'Busy Here'],
      [600, 'Busy Everywhere'],
      [603, 'Decline'],
    ] as const
  ).map(([status, reason]) => ({
    name: `outgoing, ${status}`,
    steps: [dial, ring, failed(status, reason)],
    hooks: ['Outgoing 1002', 'Busy 1002'],
    rows: [`0 1002 1002 ${reason}`],
  })),
  ...(
    [
      [404, 'Not Found', 'Incorrect dialing or non-existent number.'],
      [408, 'Request Timeout', 'Request Timeout'],
      [480, 'Temporarily Unavailable', 'Temporarily Unavailable'],
      [488, 'Not Acceptable Here', 'Unsupported codecs, encryption methods, or other media parameters.'],
      [503, 'Service Unavailable', 'Server error (503). Service Unavailable'],
    ] as const
  ).map(([status, reason, info]) => ({
    name: `outgoing, ${status}`,
    steps: [dial, failed(status, reason)],
    hooks: ['Outgoing 1002', 'End 1002'],
    rows: [`0 1002 1002 ${info}`],
  })),
  {
    name: 'outgoing, cancelled before an answer',
    steps: [dial, ring, (phone) => phone.command('/hangupcalling')],
    hooks: ['Outgoing 1002', 'End 1002'],
    rows: ['0 1002 1002 Canceled'],
  },
  {
    name: 'outgoing, the INVITE could not be created',
    steps: [(phone) => phone.command('a"b')],
    hooks: [],
    rows: [],
  },
  {
    name: 'a call that ends with 481: the event is dropped',
    steps: [dial, failed(481, 'Call/Transaction Does Not Exist')],
    hooks: ['Outgoing 1002'],
    rows: ['0 1002 1002 '],
  },
  {
    name: 'incoming, answered by hand, ended by the far end',
    steps: [comes, answer, theyHangUp],
    hooks: ['Incoming 1005', 'Ring 1005', 'Answer 1005', 'Start 1005', 'End 1005'],
    rows: ['1 1005 Ada Call Ended'],
  },
  {
    name: 'incoming with video, answered by hand, ended by us',
    steps: [({ microsip }) => microsip.far.incoming({ number: '1005', name: 'Ada', video: true }), answer, hangUp],
    hooks: ['Incoming 1005', 'Ring 1005', 'Answer 1005', 'AnswerVideo 1005', 'Start 1005', 'End 1005'],
    rows: ['1 1005 Ada Call Ended'],
  },
  {
    name: 'incoming, answered automatically at once',
    options: { autoAnswerDelay: 0 },
    steps: [comes, theyHangUp],
    hooks: ['Incoming 1005', 'Answer 1005', 'Start 1005', 'End 1005'],
    rows: ['1 1005 Ada Call Ended'],
  },
  {
    name: 'incoming, answered automatically after a while',
    options: { autoAnswerDelay: 0.02 },
    steps: [comes, wait(50), theyHangUp],
    hooks: ['Incoming 1005', 'Ring 1005', 'Answer 1005', 'Start 1005', 'End 1005'],
    rows: ['1 1005 Ada Call Ended'],
  },
  {
    name: 'incoming, the Decline button',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.user.decline();
      },
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'Busy 1005'],
    rows: ['2 1005 Ada Declined'],
  },
  {
    name: 'incoming, /hangupincoming',
    steps: [comes, (phone) => phone.command('/hangupincoming')],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Decline'],
  },
  {
    name: 'incoming, the F4 key',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.user.hangup(microsip.calls.ringing[0]?.sipCallId);
      },
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Declined'],
  },
  {
    name: 'incoming, the ringing window is closed, and the caller gives up later',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.user.ignore();
      },
      wait(5),
      theyHangUp,
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Canceled'],
  },
  {
    name: 'incoming, the ringing window is closed, and the call is taken all the same',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.user.ignore();
      },
      (phone) => phone.command('/answer'),
      hangUp,
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'Answer 1005', 'Start 1005', 'End 1005'],
    rows: ['1 1005 Ada Call Ended'],
  },
  {
    name: 'incoming, the caller gives up',
    steps: [comes, theyHangUp],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Canceled'],
  },
  {
    name: 'incoming, the caller gives up with a reason',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.far.hangup(undefined, false, 'Ring timeout');
      },
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Ring timeout'],
  },
  {
    name: 'incoming, answered elsewhere',
    steps: [
      comes,
      ({ microsip }) => {
        microsip.far.hangup(undefined, true);
      },
    ],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['3 1005 Ada Answered Elsewhere'],
  },
  ...(
    [
      ['do not disturb', { doNotDisturb: true }],
      ['blocked', { denyIncoming: true }],
    ] as const
  ).map(([name, options]) => ({
    name: `incoming, ${name}`,
    options,
    steps: [comes],
    hooks: ['Incoming 1005'],
    rows: ['2 1005 Ada Busy Here'],
    silent: 1,
  })),
  ...(
    [
      ['above the limit of calls', { maxConcurrentCalls: 1 }],
      ['without call waiting', { callWaiting: false }],
    ] as const
  ).map(([name, options]) => ({
    name: `incoming, ${name}`,
    options,
    steps: [comes, second],
    hooks: ['Incoming 1005', 'Ring 1005', 'Incoming 1006'],
    rows: ['1 1005 Ada ', '2 1006 Bob Busy Here'],
    silent: 1,
  })),
  {
    name: 'incoming, the same caller is in a call already: no row',
    steps: [comes, comes],
    hooks: ['Incoming 1005', 'Ring 1005', 'Incoming 1005'],
    rows: ['1 1005 Ada '],
    silent: 1,
  },
  {
    name: 'incoming, no free slot: MicroSIP hears nothing of it',
    steps: [
      ...['1', '2', '3', '4', '5'].map(
        (number): Step =>
          ({ microsip }) =>
            microsip.far.incoming({ number }),
      ),
    ],
    hooks: ['1', '2', '3', '4'].flatMap((number) => [`Incoming ${number}`, `Ring ${number}`]),
    rows: ['1', '2', '3', '4'].map((number) => `1 ${number} ${number} `),
    silent: 1,
  },
  {
    name: 'incoming, forwarded at once',
    options: { forwardingNumber: '1009' },
    steps: [comes],
    hooks: ['Incoming 1005'],
    rows: ['2 1005 Ada Moved Temporarily'],
    silent: 1,
  },
  {
    name: 'incoming, forwarded after a while',
    options: { forwardingNumber: '1009', forwardingDelay: 0.02 },
    steps: [comes, wait(50)],
    hooks: ['Incoming 1005', 'Ring 1005', 'End 1005'],
    rows: ['2 1005 Ada Moved Temporarily'],
  },
  {
    name: 'call waiting in single-call mode: the answer ends the first call before it',
    steps: [comes, answer, second, answer, theyHangUp],
    hooks: [
      ...['Incoming 1005', 'Ring 1005', 'Answer 1005', 'Start 1005'],
      ...['Incoming 1006', 'Ring 1006', 'End 1005', 'Answer 1006', 'Start 1006', 'End 1006'],
    ],
    rows: ['1 1005 Ada Call Ended', '1 1006 Bob Call Ended'],
  },
  {
    name: 'call waiting in multi-call mode: the answer holds the first call',
    options: { singleMode: false },
    steps: [comes, answer, second, answer, theyHangUp, hangUp],
    hooks: [
      ...['Incoming 1005', 'Ring 1005', 'Answer 1005', 'Start 1005'],
      ...['Incoming 1006', 'Ring 1006', 'Answer 1006', 'Start 1006', 'End 1006', 'End 1005'],
    ],
    rows: ['1 1005 Ada Call Ended', '1 1006 Bob Call Ended'],
  },
  {
    name: 'hold and resume by both sides',
    steps: [
      ...[dial, taken, (phone: Traced) => phone.command('msip:hold')],
      ({ microsip }) => {
        microsip.far.hold();
      },
      (phone) => phone.command('msip:hold'),
      ({ microsip }) => {
        microsip.far.resume();
      },
      hangUp,
    ],
    hooks: ['Outgoing 1002', 'Start 1002', 'End 1002'],
    rows: ['0 1002 1002 Call Ended'],
  },
  {
    name: 'digits behind the number, another host, what was typed as the name',
    steps: [(phone) => phone.command('sip:1002@other.test,12'), failed(486, 'Busy Here')],
    hooks: ['Outgoing 1002', 'Busy 1002'],
    rows: ['0 1002@other.test,12 1002@other.test Busy Here'],
  },
];

async function played({ options, steps }: Pick<Sequence, 'options' | 'steps'>): Promise<Traced> {
  const phone = await Traced.begin(options);
  for (const step of steps) {
    await step(phone);
    await phone.settle();
  }
  return phone;
}

const shown = ({ type, number, name, info }: HistoryRow): string => `${type} ${number} ${name} ${info}`;

describe('traces of each known sequence', () => {
  let phone: Traced;
  afterEach(() => phone.end());

  for (const sequence of SEQUENCES) {
    it(`hooks in order, and a log that tells the same: ${sequence.name}`, async () => {
      phone = await played(sequence);
      assert.deepEqual(phone.hooks, sequence.hooks);
      phone.checkLog();
      assert.equal(phone.logged.filter(({ states }) => states.length === 0).length, sequence.silent ?? 0);
    });
  }

  it('MicroSIP exits in a call: its calls end first, and the log in good order', async () => {
    phone = await played({ steps: [comes, answer, second] });
    phone.microsip.restart();
    assert.deepEqual(phone.hooks.slice(-2), ['End 1005', 'End 1006']);
    await phone.settle();
    phone.checkLog();
    assert.deepEqual(phone.happenings.at(-1)?.type, 'program');
  });
});

describe('call history of each known sequence', () => {
  let phone: Traced;
  before(function () {
    if (!HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has no SQLite`);
  });
  afterEach(() => phone.end());

  for (const sequence of SEQUENCES) {
    it(sequence.name, async () => {
      phone = await played(sequence);
      const rows = phone.rows();
      assert.deepEqual(rows.map(shown), sequence.rows);
      const ids = new Set(phone.logged.map(({ id }) => id));
      assert.ok(rows.every(({ sipCallId = '' }) => ids.has(sipCallId)));
    });
  }

  it('MicroSIP exits in a call: the rows are not corrected any more', async () => {
    phone = await played({ steps: [comes, answer, second] });
    phone.microsip.restart();
    await phone.settle();
    assert.deepEqual(phone.rows().map(shown), ['1 1005 Ada Call Ended', '1 1006 Bob Call Ended']);
  });
});
