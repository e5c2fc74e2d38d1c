import type { PeerKind } from '../../../src/win32/peer-window';
import assert from 'node:assert/strict';
import { commandIds } from '../../../src/documented/command-ids';
import { DdeLink } from '../../../src/links/dde-link';
import { DocumentedLink } from '../../../src/links/documented-link';
import type { Link, LinkAction } from '../../../src/phone/ports/link';
import { ProgramLink } from '../../../src/links/program-link';
import { WindowLink } from '../../../src/links/window-link';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { WindowSession } from '../../../src/win32/thread/window-session';
import { meaningOf, wantedMeaning } from '../../support/command-meaning';
import { guarded, hostileInputs } from '../../support/hostile-input';
import { skipBecause } from '../../support/skip';
import { executesTo, ordersTo, startPeer } from '../support/documented-peer';
import { dontNotify } from '../support/documented-world';
import { StandIn, whyNoStandIn } from '../support/stand-in';

interface Way {
  name: string;
  peer: PeerKind;
  inputs: number;
  /** Each costs the start of a program. */
  mostSent?: number;
  link: (session: WindowSession, standIn: StandIn) => Link;
  /** What came, as the peer understands it. */
  received: (standIn: StandIn) => Promise<unknown[]>;
  wanted: (action: LinkAction) => unknown;
}

const WAYS: Way[] = [
  {
    name: 'window',
    peer: 'microsip',
    inputs: 4000,
    link: (session, { program }) => new WindowLink(session, { program }),
    received: commandsTo,
    wanted: wantedMeaning,
  },
  {
    name: 'program',
    peer: 'microsip',
    inputs: 1000,
    mostSent: 60,
    link: (session, { program }) => new ProgramLink(session, { program }),
    received: commandsTo,
    wanted: wantedMeaning,
  },
  {
    name: 'documented window messages',
    peer: 'documented',
    inputs: 4000,
    link: (session) => new DocumentedLink(session, commandIds(undefined)),
    received: ordersTo,
    wanted: (action) => orderOf(action).join(' '),
  },
  {
    name: 'DDE',
    peer: 'dde',
    inputs: 4000,
    link: (session) => new DdeLink(session),
    received: async (standIn) => (await executesTo(standIn)).map(understoodByDde),
    wanted: (action) => {
      const [command, parameter] = orderOf(action);
      return [[{ dial: 'Dial', transfer: 'Transfer', dtmf: 'SendDTMF' }[command], parameter]];
    },
  },
];

describe('hostile values', function () {
  this.timeout(120_000);
  let standIn: StandIn;
  let session: WindowSession;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await session.stop();
    await standIn.end();
  });

  for (const { name, peer, inputs, mostSent = Infinity, link: linkOf, received, wanted } of WAYS) {
    it(`bring nothing to MicroSIP by ${name} but what the flow asked for (${inputs} of them)`, async () => {
      standIn = peer === 'microsip' ? await StandIn.start() : await startPeer();
      if (peer === 'dde') await dontNotify(standIn);
      // One that stood still for a moment has to be looked at again before a command gives up waiting for it.
      session = new WindowSession({ peer, program: standIn.program, pollInterval: 2000, timeout: 5000 });
      await session.start();
      const link = linkOf(session, standIn);
      const sent: unknown[] = [];
      for (const command of hostileInputs(inputs).inputs) {
        const actions = guarded(command) ?? [];
        for (const action of sent.length < mostSent ? actions : [])
          if (await reaches(link, action)) sent.push(wanted(action));
      }
      await standIn.sync();
      assert.deepEqual(await received(standIn), sent);
      console.log(`hostile values by ${name}: ${sent.length} passed the guard`);
      assert.ok(sent.length >= 50, 'nothing was tried');
    });
  }
});

/** Whether the peer got it, also if it did not want it. */
async function reaches(link: Link, action: LinkAction): Promise<boolean> {
  try {
    await link.deliver(action, 5000);
    return true;
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    const { messageKey } = error;
    if (messageKey === 'error.line_busy.peer' || messageKey === 'error.unsupported.dde_refused') return true;
    if (messageKey === 'error.unsupported.not_documented') return false;
    // It would call another host.
    if (messageKey === 'error.invalid_number.unreachable') return false;
    throw error;
  }
}

async function commandsTo(standIn: StandIn): Promise<unknown[]> {
  const received = (await standIn.received()).filter(({ probe }) => !probe);
  assert.ok(received.every(({ dwData }) => dwData === 1 || dwData === 2));
  return received.map(({ text }) => meaningOf(text));
}

/** The commands that a server finds in one text: several are several. */
function understoodByDde(execute: string): (string | undefined)[][] {
  return [...execute.matchAll(/\[(\w+)(?:\("([^"]*)"\))?\]/g)].map(([, word, parameter]) => [word, parameter]);
}

/** The actions that carry values of flows, as the document has them. */
function orderOf(action: LinkAction): ['dial' | 'transfer' | 'dtmf', string] {
  if (action.do === 'dial' || action.do === 'transfer') return [action.do, action.target];
  return action.do === 'dtmf' ? [action.do, action.digits] : assert.fail(action.do);
}
