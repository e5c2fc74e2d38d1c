import assert from 'node:assert/strict';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { SimulatorLink } from '../../../src/simulator/connection/simulator-link';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { meaningOf, wantedMeaning } from '../../support/command-meaning';
import { guarded, hostileInputs } from '../../support/hostile-input';

const INPUTS = 15_000;

const PREFIXES = ['', '9', '00', '*31#'];

describe('hostile values', () => {
  it(`never become another command than the flow asked for (${INPUTS} of them)`, async () => {
    const microsip = new SimulatedMicrosip();
    const link = new SimulatorLink(microsip);
    const passed: Record<string, number> = {};
    for (const command of hostileInputs(INPUTS).inputs) {
      for (const action of guarded(command) ?? []) {
        passed[action.do] = (passed[action.do] ?? 0) + 1;
        if (await isUnreachable(link.deliver(action, 1000))) continue;
        const [text = '', ...more] = microsip.journal.details('received');
        assert.deepEqual(more, []);
        for (const prefix of PREFIXES)
          assert.deepEqual(meaningOf(text, prefix), wantedMeaning(action, prefix), JSON.stringify(command));
        microsip.journal.entries.length = 0;
      }
    }
    microsip.dispose();
    for (const kind of ['dial', 'transfer', 'message', 'dtmf'])
      assert.ok((passed[kind] ?? 0) > INPUTS / 100, `too few passed the guard: ${JSON.stringify(passed)}`);
  });
});

/** MicroSIP would call another host: nothing was sent. */
async function isUnreachable(delivery: Promise<void>): Promise<boolean> {
  try {
    await delivery;
    return false;
  } catch (error) {
    if (error instanceof PhoneError && error.messageKey === 'error.invalid_number.unreachable') return true;
    throw error;
  }
}
