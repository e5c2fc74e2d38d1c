import assert from 'node:assert/strict';
import { SimulatorLink } from '../../../src/links/simulator-link';
import type { LinkAction } from '../../../src/links/link';
import { parseText, splitDialText } from '../../../src/simulator/command-parser';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { guarded, hostileInputs } from '../../support/hostile-input';

const INPUTS = 15_000;

/** What MicroSIP's parser, which is not the encoder's other half, understands. */
function meaningOf(text: string): unknown {
  const parsed = parseText(text);
  if (parsed.kind === 'account') return { account: parsed.account, password: parsed.password, ...dialOf(parsed.rest) };
  return parsed.kind === 'dial' ? dialOf(parsed) : parsed;
}

function dialOf(parsed: ReturnType<typeof parseText>): object {
  return parsed.kind === 'dial' ? (splitDialText(parsed.text) ?? {}) : parsed;
}

type FuzzedAction = Extract<LinkAction, { do: 'dial' | 'transfer' | 'message' | 'dtmf' }>;

function wanted(action: FuzzedAction): unknown {
  switch (action.do) {
    case 'dial': {
      const { target: number, account } = action;
      return { ...(account !== undefined && { account, password: false }), number, message: '' };
    }
    case 'transfer':
      return { kind: 'transfer', target: action.target };
    case 'message':
      return { number: action.target, message: action.text };
    case 'dtmf':
      return { kind: 'dtmf', digits: action.digits };
  }
}

describe('hostile values', () => {
  it(`never become another command than the flow asked for (${INPUTS} of them)`, async function () {
    this.timeout(60_000);
    const microsip = new SimulatedMicrosip();
    const link = new SimulatorLink(microsip);
    const passed: Record<string, number> = {};
    for (const command of hostileInputs(INPUTS).inputs) {
      for (const action of guarded(command) ?? []) {
        passed[action.do] = (passed[action.do] ?? 0) + 1;
        await link.deliver(action, 1000);
        const [text = '', ...more] = microsip.journal.details('received');
        assert.deepEqual(more, []);
        assert.deepEqual(meaningOf(text), wanted(action as FuzzedAction), JSON.stringify(command));
        microsip.journal.entries.length = 0;
      }
    }
    microsip.dispose();
    for (const kind of ['dial', 'transfer', 'message', 'dtmf'])
      assert.ok((passed[kind] ?? 0) > INPUTS / 100, `too few passed the guard: ${JSON.stringify(passed)}`);
  });
});
