import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/clock';
import { tryHook } from '../../../../src/doctor/hooks/hook-trial';
import { HookReceiver } from '../../../../src/observers/hooks/hook-receiver';
import { skipBecause } from '../../../support/skip';

const HOUR = 3_600_000;

describe('the trial of the hooks', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hook-trial-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  for (const [what, set] of [
    ['as the doctor', 0],
    ['an hour behind, since the clock was set forward', -HOUR],
    ['an hour ahead, since the clock was set back', HOUR],
  ] as const) {
    it(`measures by its own clock when that of Node-RED is ${what}`, async function () {
      if (process.platform === 'win32') skipBecause(this, 'its pipe is a socket in a folder');
      const pipe = join(folder, 'hook.sock');
      const program = join(folder, 'hook.cjs');
      // Takes so long before it hands over what it was given.
      const takes = 40;
      writeFileSync(
        program,
        `setTimeout(() => require('node:net').connect(${JSON.stringify(pipe)}).end(
          JSON.stringify({ event: 'trial', time: 0, parameter: process.argv[2] }) + '\\n'), ${takes});`,
      );
      const clock = { ...systemClock, now: () => systemClock.now() + set };
      const receiver = new HookReceiver({ pipe, clock, onHook: () => undefined, warn: () => undefined });
      await receiver.start();
      try {
        const trial = await tryHook(`"${process.execPath}" "${program}"`, pipe, 1);
        assert.equal(trial.received, 1);
        assert.equal(trial.receiver, 'node-red');
        assert.ok((trial.latency ?? 0) >= takes && (trial.latency ?? HOUR) < HOUR, String(trial.latency));
      } finally {
        await receiver.stop();
      }
    });
  }
});
