import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../../../src/create-phone';
import type { Command } from '../../../../src/phone/commands/command';
import type { Phone } from '../../../../src/phone/phone';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../../support/fake-clock';
import { TABLE } from './command-table';

interface Stage {
  clock: FakeClock;
  phone: Phone;
  microsip: SimulatedMicrosip;
}

/** Each brings a phone, which is idle at first, into the state of its name. */
const STATES = {
  offline: ({ microsip }: Stage) => {
    microsip.crash();
  },
  idle: () => undefined,
  dialing: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
  },
  alerting: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
    microsip.far.ring();
  },
  ringing: ({ microsip }: Stage) => {
    microsip.far.incoming({ number: '1003' });
  },
  connected: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
    microsip.far.answer();
  },
  held: async (stage: Stage) => {
    STATES.connected(stage);
    await stage.clock.until(() => (stage.phone.snapshot().state === 'connected' ? true : undefined));
    stage.microsip.user.toggleHold();
  },
  /** A second caller in single-call mode. */
  waiting: async (stage: Stage) => {
    STATES.connected(stage);
    await stage.clock.until(() => (stage.phone.snapshot().state === 'connected' ? true : undefined));
    stage.microsip.far.incoming({ number: '1003' });
  },
  /** Multi-call mode: MicroSIP holds the first call while there is a second. */
  two: async (stage: Stage) => {
    stage.microsip.setSingleMode(false);
    await STATES.held(stage);
    await stage.clock.until(() => (stage.phone.snapshot().state === 'held' ? true : undefined));
    stage.microsip.user.dial('1003');
    stage.microsip.far.answer();
  },
};
type State = keyof typeof STATES;
const CALLS: Partial<Record<State, string>> = { waiting: 'ringing connected', two: 'connected held' };

/** What the phone's calls look like in a state, the most urgent first. */
function callsIn(state: State): string {
  return CALLS[state] ?? (state === 'offline' || state === 'idle' ? '' : state);
}

const NAMES = Object.keys(STATES) as State[];

describe('every command in every state of a phone', () => {
  let recordings: string;
  before(() => {
    recordings = mkdtempSync(join(tmpdir(), 'recordings-'));
  });
  after(() => {
    rmSync(recordings, { recursive: true, maxRetries: 5 });
  });
  for (const [name, command, ...cells] of TABLE) {
    describe(name, () => {
      for (const [column, state] of NAMES.entries()) {
        const cell = cells[column] ?? '(no cell)';
        it(`${state}: ${cell}`, async () => {
          const clock = new FakeClock();
          const microsip = new SimulatedMicrosip({ clock, traces: { recordings } });
          const phone = createPhone(
            { connection: 'simulator', timeout: 400, pollInterval: 50 },
            { simulated: microsip },
          );
          try {
            await phone.open();
            await STATES[state]({ clock, phone, microsip });
            await clock.until(() => (isIn(phone, state) ? true : undefined));
            assert.equal(await outcome({ clock, phone, microsip }, command), cell);
          } finally {
            await phone.close();
            microsip.dispose();
          }
        });
      }
    });
  }
});

function isIn(phone: Phone, state: State): boolean {
  return callsNow(phone) === callsIn(state) && (phone.snapshot().state === 'offline') === (state === 'offline');
}

function callsNow(phone: Phone): string {
  return phone
    .snapshot()
    .calls.map(({ callState }) => callState)
    .join(' ');
}

async function outcome({ clock, phone, microsip }: Stage, command: Command): Promise<string> {
  const sent = (): string[] => [...microsip.journal.details('received'), ...microsip.journal.details('clicked')];
  let unsure: string;
  try {
    unsure = (await clock.through(phone.execute(command))).verified === false ? '~' : '';
  } catch (error) {
    assert.ok(error instanceof PhoneError, String(error));
    assert.deepEqual(sent(), [], 'refused, and sent all the same');
    return error.code;
  }
  await clock.pass(20);
  return `${unsure}${sent().join(' + ') || 'nothing'} => ${callsNow(phone) || 'none'}`;
}
