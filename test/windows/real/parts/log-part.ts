import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Follower } from '../../support/log-follower';
import { LOG_SCENARIOS } from '../../support/log-scenarios';
import { CannotStage, tries, type Staged, type Stager } from '../staging/staged';

/** The last words of a call may come as late as the answer to its BYE. */
const PATIENCE = 8000;
/** An account without registrar tells of none, and its restarts are no scenario. */
const OF_ACCOUNT = /^(un)?registered|^registering|^failed \d|^presence|^call_mode/;

/** What MicroSIP's log tells, scenario by scenario. */
export function logPart(start: Stager, only: RegExp = /^/): void {
  let staged: Staged;
  let follower: Follower;

  before(async () => {
    staged = await start();
    follower = await new Follower(staged.log).start();
  });
  after(async () => {
    await (follower as Follower | undefined)?.stop();
    await (staged as Staged | undefined)?.end();
  });
  afterEach(() => staged.quiet());

  for (const [name, { steps, said }] of Object.entries(LOG_SCENARIOS).filter(([title]) => only.test(title))) {
    tries(name, async () => {
      await follower.news();
      await played(staged, steps);
      const heard: string[] = [];
      const end = Date.now() + PATIENCE;
      do {
        heard.push(...(await follower.news()).filter((line) => !OF_ACCOUNT.test(line)));
        if (heard.length >= said.length) break;
        await sleep(100);
      } while (Date.now() < end);
      assert.deepEqual(heard, said);
    });
  }
}

/** What cannot be done must not be left half done. */
async function played(staged: Staged, steps: Parameters<Staged['play']>[0]): Promise<void> {
  try {
    await staged.play(steps);
  } catch (error) {
    if (error instanceof CannotStage) await staged.quiet();
    throw error;
  }
}
