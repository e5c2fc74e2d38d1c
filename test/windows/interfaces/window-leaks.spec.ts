import assert from 'node:assert/strict';
import koffi from 'koffi';
import { createPhone } from '../../../src/create-phone';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

const TIMES = 100;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the real window, again and again', function () {
  this.timeout(240_000);
  let standIn: StandIn | undefined;

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    standIn = await StandIn.start();
  });
  after(() => standIn?.end());

  it(`${TIMES} times opened and closed: no handle, thread or timer is left`, async () => {
    const cycle = async (): Promise<void> => {
      const phone = createPhone({ connection: 'window', program: standIn?.program });
      await phone.open();
      await phone.close();
    };
    const resources = (): number => process.getActiveResourcesInfo().length;
    for (let i = 0; i < 5; i++) await cycle();
    await pause(300);
    const before = { handles: handleCount(), resources: resources() };
    for (let i = 0; i < TIMES; i++) await cycle();
    await pause(500);
    const after = { handles: handleCount(), resources: resources() };
    console.log(
      `      handles ${before.handles} → ${after.handles}, resources ${before.resources} → ${after.resources}`,
    );
    assert.ok(before.handles > 0, 'handles cannot be counted');
    assert.ok(after.handles - before.handles < TIMES / 5, 'handles are left behind');
    assert.ok(after.resources <= before.resources + 1, 'timers or workers are left behind');
  });
});

/** Wine 8 counts no handles but always gives the lowest free one, so a new handle tells how many are in use. */
function handleCount(): number {
  const kernel32 = koffi.load('kernel32.dll');
  const self = kernel32.func('intptr_t __stdcall GetCurrentProcess()') as () => number;
  const count = kernel32.func('int __stdcall GetProcessHandleCount(intptr_t process, _Out_ uint32_t *count)') as (
    process: number,
    count: number[],
  ) => number;
  const create = kernel32.func('intptr_t __stdcall CreateEventW(void *, int, int, void *)') as (
    ...values: unknown[]
  ) => number;
  const close = kernel32.func('int __stdcall CloseHandle(intptr_t handle)') as (handle: number) => number;
  const result = [0];
  count(self(), result);
  if (result[0]) return result[0];
  const handle = create(null, 0, 0, null);
  close(handle);
  return handle / 4;
}
