import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { WindowSnapshot } from '../../../src/microsip/window-snapshot';
import { WindowSession } from '../../../src/win32/thread/window-session';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

describe('the look for a box that waits for a click', () => {
  let standIn: StandIn | undefined;
  let session: WindowSession | undefined;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await session?.stop();
    await standIn?.end();
    session = standIn = undefined;
  });

  const watch = async (options: StandInOptions = {}): Promise<[StandIn, WindowSession]> => {
    const played = (standIn = await StandIn.start(options));
    session = new WindowSession({ program: played.program, pollInterval: 100, timeout: 8000 });
    await session.start();
    return [played, session];
  };
  const seen = (of: WindowSession, is: (snapshot: WindowSnapshot) => boolean): Promise<WindowSnapshot> =>
    eventually(() => (of.snapshot && is(of.snapshot) ? of.snapshot : undefined));
  const boxed = (of: WindowSession, title: string): Promise<WindowSnapshot> =>
    seen(of, ({ box }) => box?.title === title);
  const free = (of: WindowSession): Promise<WindowSnapshot> =>
    seen(of, ({ presence, box }) => presence === 'ready' && box === undefined);

  for (const [owner, kind] of [
    ['main', ''],
    ['main', 'task'],
    ['messages', ''],
    ['none', ''],
    ['none', 'task'],
  ] as const)
    it(`sees one ${owner === 'none' ? 'without owner' : `of the ${owner} window`}${kind && ', a task dialog'}`, async () => {
      const [played, of] = await watch();
      await free(of);
      await played.act('box', owner, kind, 'MicroSIP Update Available', 'Download it?');
      assert.equal((await boxed(of, 'MicroSIP Update Available')).presence, 'ready');
      await played.act('modal-close');
      await free(of);
    });

  it('tells it from what only looks like one', async () => {
    const [played, of] = await watch();
    await free(of);
    await played.act('dialog', 1);
    await played.act('incoming', '1005', 'Bob');
    await seen(of, ({ rings }) => rings.length === 1);
    await played.request('menu', 1);
    await pause(500);
    await of.refresh();
    assert.equal(of.snapshot?.box, undefined);
    await played.request('menu', 0);
    await played.act('box', 'main');
    await boxed(of, 'MicroSIP');
    // On top of the box by now, and of the same owner.
    await played.act('incoming', '1006');
    assert.equal((await seen(of, ({ rings }) => rings.length === 2)).box?.title, 'MicroSIP');
    await played.act('modal-close');
    await free(of);
  });

  it('names the topmost of two, then the other one', async () => {
    const [played, of] = await watch();
    await played.act('user-dial', 'sip:@@@');
    await boxed(of, 'MicroSIP');
    await played.act('box', 'main', '', 'Second');
    await boxed(of, 'Second');
    await played.act('modal-close');
    await boxed(of, 'MicroSIP');
    await played.act('modal-close');
    await free(of);
  });

  it('a build that is too old has a box and no window', async () => {
    const [played, of] = await watch({ expired: true });
    const { presence } = await seen(of, ({ problem }) => problem === 'expired');
    assert.deepEqual([presence, of.snapshot?.box], ['absent', { title: 'MicroSIP' }]);
    // Then it ends, perhaps before it has replied.
    await played.request('modal-close').catch(() => undefined);
    await seen(of, ({ problem }) => problem === 'not_running');
    assert.equal(await eventually(() => played.exitCode), 0);
  });
});
