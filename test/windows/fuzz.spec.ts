import assert from 'node:assert/strict';
import type { Link } from '../../src/links/link';
import { ProgramLink } from '../../src/links/program-link';
import { WindowLink } from '../../src/links/window-link';
import { WindowSession } from '../../src/win32/window-session';
import { meaningOf, wantedMeaning } from '../support/command-meaning';
import { guarded, hostileInputs } from '../support/hostile-input';
import { skipBecause } from '../support/skip';
import { StandIn, whyNoStandIn } from './stand-in';

interface Way {
  name: string;
  inputs: number;
  /** Each costs the start of a program. */
  mostSent?: number;
  link: (session: WindowSession, standIn: StandIn) => Link;
}

const WAYS: Way[] = [
  { name: 'window', inputs: 4000, link: (session, { program }) => new WindowLink(session, { program }) },
  {
    name: 'program',
    inputs: 1000,
    mostSent: 60,
    link: (session, { program }) => new ProgramLink(session, { program }),
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
  beforeEach(async () => {
    standIn = await StandIn.start();
    session = new WindowSession({ program: standIn.program, pollInterval: 10_000, timeout: 5000 });
    await session.start();
  });
  afterEach(async () => {
    await session.stop();
    await standIn.end();
  });

  for (const { name, inputs, mostSent = Infinity, link: linkOf } of WAYS) {
    it(`bring nothing to MicroSIP by ${name} but what the flow asked for (${inputs} of them)`, async () => {
      const link = linkOf(session, standIn);
      const sent: unknown[] = [];
      for (const command of hostileInputs(inputs).inputs) {
        const actions = guarded(command) ?? [];
        for (const action of sent.length < mostSent ? actions : []) {
          await link.deliver(action, 5000);
          sent.push(wantedMeaning(action));
        }
      }
      await standIn.sync();
      const received = (await standIn.received()).filter(({ probe }) => !probe);
      assert.deepEqual(
        received.map(({ text }) => meaningOf(text)),
        sent,
      );
      assert.ok(received.every(({ dwData }) => dwData === 1 || dwData === 2));
      console.log(`hostile values by ${name}: ${sent.length} passed the guard`);
    });
  }
});
