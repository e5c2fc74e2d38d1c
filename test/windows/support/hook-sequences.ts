import type { StandInVersion } from './stand-in';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';

/** What a step needs of a MicroSIP, whether it is the stand-in or not. */
interface Played {
  readonly program: string;
  act(verb: string, ...fields: (string | number)[]): Promise<unknown>;
  request(verb: string, ...fields: (string | number)[]): Promise<string[]>;
  sync(): Promise<void>;
  exit(): Promise<void>;
}

type Step = (microsip: Played) => Promise<unknown>;

/** One row of "Sequences" (docs/microsip/interface.md#3), or a variant of it. */
export interface HookSequence {
  what: string;
  /** Where versions differ; otherwise the newest. */
  version?: StandInVersion;
  settings?: Record<string, string | number>;
  steps: Step[];
  /** The keys without `cmd` and `Call`, in order. */
  hooks: string;
  /** The life of each call as the observer tells it. */
  seen: string;
  /** Afterwards the program is gone, or has a call on its screen that never ends. */
  restart?: boolean;
}

const act =
  (verb: string, ...fields: (string | number)[]): Step =>
  (microsip) =>
    microsip.act(verb, ...fields);

/** As a program of the user would: MicroSIP's own second instance hands it over. */
const command =
  (text: string): Step =>
  async (microsip) => {
    const child = spawnSurely(microsip.program, [text], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    await microsip.sync();
  };

/** Until the phone has done by itself what it was set to do. */
const until =
  (state: string): Step =>
  async (microsip) => {
    const end = Date.now() + 20_000;
    for (;;) {
      const calls = (await microsip.request('calls')).join();
      if (state === '' ? calls === '' : calls.includes(state)) break;
      if (Date.now() > end) throw new Error(`no ${state || 'end'}: ${calls}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await microsip.sync();
  };

const dial = act('user-dial', '1002');
const incoming = act('incoming', '1005');
const answered = act('remote-answer');
const answer = act('user-answer');
const hangUp = act('user-hangup');
const farEnds = act('remote-hangup');
const exit: Step = async (microsip) => {
  await microsip.exit();
};

export const HOOK_SEQUENCES: readonly HookSequence[] = [
  {
    what: 'outgoing, answered, ended by remote',
    steps: [dial, act('remote-ring'), answered, farEnds],
    hooks: 'Outgoing Start End',
    seen: 'dialing connected ended',
  },
  {
    what: 'outgoing, answered, ended by the End button',
    steps: [dial, answered, hangUp],
    hooks: 'Outgoing Start End',
    seen: 'dialing connected ended',
  },
  {
    what: 'outgoing, answered, ended by /hangupall',
    steps: [dial, answered, command('/hangupall')],
    hooks: 'Outgoing Start End',
    seen: 'dialing connected ended',
  },
  {
    what: 'outgoing, answered, transferred away',
    steps: [dial, answered, command('/transfer:1009'), until('')],
    hooks: 'Outgoing Start End',
    seen: 'dialing connected ended',
  },
  ...[486, 600, 603].map((code) => ({
    what: `outgoing, ${code}`,
    steps: [dial, act('remote-fail', '', code)],
    hooks: 'Outgoing Busy',
    seen: 'dialing ended',
  })),
  ...[404, 408, 480, 503].map((code) => ({
    what: `outgoing, ${code}`,
    steps: [dial, act('remote-fail', '', code)],
    hooks: 'Outgoing End',
    seen: 'dialing ended',
  })),
  {
    what: 'outgoing, cancelled locally before the answer',
    steps: [dial, act('remote-ring'), hangUp],
    hooks: 'Outgoing End',
    seen: 'dialing ended',
  },
  {
    what: 'outgoing, the INVITE could not be created',
    steps: [act('user-dial', 'sip:@@@'), act('modal-close', 'ok')],
    hooks: '',
    seen: '',
  },
  {
    what: 'incoming, answered by hand',
    steps: [incoming, answer, farEnds],
    hooks: 'Incoming Ring Answer Start End',
    seen: 'ringing connected ended',
  },
  {
    what: 'incoming with video, answered by hand',
    steps: [act('incoming', '1005', '', '', '', '', '', '', 1), answer, farEnds],
    hooks: 'Incoming Ring Answer AnswerVideo Start End',
    seen: 'ringing connected ended',
  },
  {
    what: 'incoming, answered at once by itself',
    settings: { AA: 1 },
    steps: [incoming, farEnds],
    hooks: 'Incoming Answer Start End',
    seen: 'connected ended',
  },
  {
    what: 'incoming, answered after a while by itself',
    settings: { AA: 1, autoAnswerDelay: 1 },
    steps: [incoming, until('CONFIRMED'), farEnds],
    hooks: 'Incoming Ring Answer Start End',
    seen: 'ringing connected ended',
  },
  {
    what: 'incoming, Decline',
    steps: [incoming, act('user-decline')],
    hooks: 'Incoming Ring Busy',
    seen: 'ringing ended',
  },
  {
    what: 'incoming, /hangupincoming',
    steps: [incoming, command('/hangupincoming')],
    hooks: 'Incoming Ring End',
    seen: 'ringing ended',
  },
  ...(
    [
      ['3.22.16', 'End'],
      ['3.22.3', 'Busy'],
    ] as const
  ).map(([version, end]) => ({
    what: `incoming, key F4 in ${version}`,
    version,
    steps: [incoming, act('user-f4')],
    hooks: `Incoming Ring ${end}`,
    seen: 'ringing ended',
  })),
  {
    what: 'incoming, ring window closed, then given up',
    steps: [incoming, act('user-close-ring'), farEnds],
    hooks: 'Incoming Ring End',
    seen: 'ringing ended',
  },
  {
    what: 'incoming, the caller cancels',
    steps: [incoming, farEnds],
    hooks: 'Incoming Ring End',
    seen: 'ringing ended',
  },
  {
    what: 'incoming, answered elsewhere',
    steps: [incoming, act('remote-hangup', 'elsewhere')],
    hooks: 'Incoming Ring End',
    seen: 'ringing ended',
  },
  {
    what: 'incoming, do not disturb',
    settings: { DND: 1 },
    steps: [incoming],
    hooks: 'Incoming',
    seen: '',
  },
  {
    what: 'incoming, all denied',
    settings: { denyIncoming: 'all' },
    steps: [incoming],
    hooks: 'Incoming',
    seen: '',
  },
  {
    what: 'incoming above the limit of calls, or from a party already in a call',
    settings: { maxConcurrentCalls: 1 },
    steps: [incoming, act('incoming', '1006'), act('incoming', '1005'), act('user-decline')],
    hooks: 'Incoming Ring Incoming Incoming Busy',
    seen: 'ringing ended',
  },
  {
    what: 'incoming, forwarded at once',
    settings: { FWD: 1, forwarding: 'button', forwardingNumber: '1009' },
    steps: [incoming],
    hooks: 'Incoming',
    seen: '',
  },
  {
    what: 'incoming, forwarded after a while',
    settings: { FWD: 1, forwarding: 'button', forwardingNumber: '1009', forwardingDelay: 1 },
    steps: [incoming, until('')],
    hooks: 'Incoming Ring End',
    seen: 'ringing ended',
  },
  {
    what: 'call waiting: in single mode the answer ends the first call',
    steps: [incoming, answer, act('incoming', '1006'), answer, farEnds],
    hooks: 'Incoming Ring Answer Start Incoming Ring End Answer Start End',
    seen: 'ringing connected ended, ringing connected ended',
  },
  {
    what: 'outgoing, 481: MicroSIP drops the event',
    steps: [dial, act('remote-fail', '', 481)],
    hooks: 'Outgoing',
    seen: 'dialing',
    restart: true,
  },
  {
    what: 'MicroSIP 3.22.16 exits during a call',
    steps: [incoming, answer, exit],
    hooks: 'Incoming Ring Answer Start End',
    seen: 'ringing connected ended',
    restart: true,
  },
  {
    what: 'MicroSIP 3.22.3 exits during a call',
    version: '3.22.3',
    steps: [incoming, answer, exit],
    hooks: 'Incoming Ring Answer Start',
    seen: 'ringing connected',
    restart: true,
  },
];
