import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { installationOf } from '../../../../src/doctor/host/find-microsip';
import type { Hook } from '../../../../src/microsip/hook-names';
import { HookCorrelator } from '../../../../src/observers/hooks/hook-correlator';
import { HookObserver } from '../../../../src/observers/hooks/hook-observer';
import type { Observation } from '../../../../src/phone/ports/observation';
import { hostOf } from '../../../support/observer-host';
import { doctor } from '../../support/doctor-program';
import { livesOf } from '../../support/hook-lives';
import { HOOK_SEQUENCES } from '../../support/hook-sequences';
import type { StandInVersion } from '../../support/stand-in';
import { tries, type Staged, type Stager } from '../staging/staged';

const PATIENCE = 8000;

/** Which programs MicroSIP runs, in which order. The doctor has installed them. */
export function hooksPart(start: Stager, version: StandInVersion, only: RegExp = /^/): void {
  let staged: Staged;
  let observer: HookObserver;
  let hooks: Hook[] = [];
  let seen: Observation[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its object
  const { take } = HookCorrelator.prototype;

  before(async () => {
    // The observer tells only what it makes of the hooks.
    HookCorrelator.prototype.take = function (hook, singleMode) {
      hooks.push(hook);
      return take.call(this, hook, singleMode);
    };
    staged = await start({
      before: (program) => doctor(['install', '--yes', '--events', 'all', '--program', program]),
    });
    observer = new HookObserver({ pipe: installationOf(staged.program, undefined).pipe });
    await observer.start(
      hostOf((observation) => seen.push(observation), {
        problem: (problem) => assert.fail(problem),
        singleMode: () => true,
      }),
    );
  });
  after(async () => {
    HookCorrelator.prototype.take = take;
    await (observer as HookObserver | undefined)?.stop();
    await (staged as Staged | undefined)?.end();
  });
  afterEach(() => staged.quiet());

  const named = (): string =>
    hooks.map(({ name }) => name.replace(/^cmd(Call)?/, '').replace(/^(.+)Call$/, '$1')).join(' ');

  for (const sequence of HOOK_SEQUENCES.filter(({ what }) => only.test(what))) {
    if (sequence.version !== undefined && sequence.version !== version) continue;
    tries(`${sequence.what}: ${sequence.hooks || 'none'}`, async () => {
      const usual = await changed(staged, sequence.settings ?? {});
      [hooks, seen] = [[], []];
      for (const step of sequence.steps) await step(staged);
      const end = Date.now() + PATIENCE;
      while (Date.now() < end && named().length < sequence.hooks.length) await sleep(100);
      await observer.refresh();
      const found = [named(), livesOf(seen)];
      for (const [key, value] of usual) await staged.act('setting', key, value);
      if (sequence.restart) {
        await staged.crash();
        await staged.run();
      }
      assert.deepEqual(found, [sequence.hooks, sequence.seen]);
    });
  }
}

/** @returns what the settings were before */
async function changed(staged: Staged, settings: Record<string, string | number>): Promise<[string, string][]> {
  const usual: [string, string][] = [];
  for (const [key, value] of Object.entries(settings)) {
    usual.push([key, (await staged.request('setting', key))[0] ?? '']);
    await staged.act('setting', key, value);
  }
  return usual;
}
