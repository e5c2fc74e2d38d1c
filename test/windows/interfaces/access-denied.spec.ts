import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { WindowSnapshot } from '../../../src/microsip/window-snapshot';
import { kernel32 } from '../../../src/win32/api/kernel32';
import { user32 } from '../../../src/win32/api/user32';
import type { Encoded } from '../../../src/win32/peer-window';
import { makeWatch } from '../../../src/win32/thread/make-watch';
import type { PeerWatch } from '../../../src/win32/thread/peer-watch';
import { budgetOf } from '../../../src/win32/window/budget';
import { eventually } from '../../support/eventually';
import { failsWith } from '../../support/fails-with';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

const ERROR_ACCESS_DENIED = 5;
const NONE = 0;

/**
 * What Windows does with messages to a program with more rights (docs/microsip/further.md#H). Wine lets all of them pass,
 * so here the calls themselves answer as Windows would.
 */
describe('a MicroSIP that Windows does not let us talk to', () => {
  let standIn: StandIn;
  let watch: PeerWatch;
  let seen: WindowSnapshot | undefined;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(async () => {
    standIn = await StandIn.start();
    begin();
    await eventually(() => {
      watch.look(false);
      return seen?.presence === 'ready' || undefined;
    });
  });
  afterEach(async () => {
    mock.restoreAll();
    watch.close();
    await standIn.end();
  });

  const begin = (): void => {
    seen = undefined;
    watch = makeWatch(
      { program: standIn.program, pollInterval: 100, timeout: 2000 },
      (snapshot) => {
        seen = snapshot;
      },
      () => undefined,
    );
  };
  const deliver = async (encoded: Encoded): Promise<void> => {
    await Promise.resolve();
    watch.deliver(encoded, budgetOf(2000));
  };
  /** Such a call answers 0, like a MicroSIP that has taken a command. */
  const deny = (...calls: ('sendCopyData' | 'sendNumber' | 'PostMessageW' | 'ShowWindowAsync')[]): void => {
    for (const call of calls) mock.method(user32(), call, () => NONE);
    mock.method(kernel32(), 'GetLastError', () => ERROR_ACCESS_DENIED);
  };
  const texts = async (): Promise<string[]> =>
    (await standIn.received()).filter(({ probe }) => !probe).map(({ text }) => text);

  it('is told as such, although its texts can be read', () => {
    deny('sendCopyData', 'sendNumber', 'PostMessageW');
    watch.look(false);
    assert.deepEqual([seen?.presence, seen?.problem], ['absent', 'access_denied']);
    mock.restoreAll();
    watch.look(false);
    assert.deepEqual([seen?.presence, seen?.problem], ['ready', undefined]);
  });

  it('never has taken a command: 0 with that error is no answer of its own', async () => {
    deny('sendCopyData');
    await failsWith('access_denied', deliver({ text: '1001' }));
    await failsWith('access_denied', deliver({ text: '/hangupall' }));
    mock.restoreAll();
    assert.deepEqual(await texts(), []);
    await deliver({ text: 'msip:micmute' });
    assert.deepEqual(await texts(), ['msip:micmute']);
  });

  it('nor one that only its probe let pass', async () => {
    const { sendCopyData } = user32();
    let sent = 0;
    mock.method(user32(), 'sendCopyData', (...args: Parameters<typeof sendCopyData>) => {
      sent += 1;
      return sent === 1 ? sendCopyData(...args) : NONE;
    });
    mock.method(kernel32(), 'GetLastError', () => ERROR_ACCESS_DENIED);
    await failsWith('access_denied', deliver({ text: '1001' }));
    mock.restoreAll();
    assert.deepEqual([sent, await texts()], [2, []]);
  });

  it('nor a click', async () => {
    await standIn.act('incoming', '1005', 'Bob');
    const ring = await eventually(() => {
      watch.look(false);
      return seen?.rings[0]?.key;
    });
    deny('PostMessageW', 'ShowWindowAsync');
    await failsWith('access_denied', deliver({ ring, button: 1000 }));
    await failsWith('access_denied', deliver({ feature: 'dnd', on: true }));
    await failsWith('access_denied', deliver({ app: 'exit' }));
    await failsWith('access_denied', deliver({ app: 'show' }));
    mock.restoreAll();
    assert.deepEqual(
      (await standIn.actions()).filter((action) => /^(?:answer|feature|exit)/.test(action)),
      [],
    );
  });

  it('is told to be in another session when its windows are on another desktop', () => {
    const session = kernel32().ProcessIdToSessionId;
    watch.close();
    begin();
    mock.method(user32(), 'FindWindowExW', () => NONE);
    mock.method(kernel32(), 'ProcessIdToSessionId', (pid: number, out: [number]) => {
      const found = session(pid, out);
      out[0] += pid === process.pid ? 0 : 1;
      return found;
    });
    watch.look(false);
    assert.deepEqual([seen?.presence, seen?.problem], ['absent', 'other_session']);
    assert.throws(
      () => {
        watch.deliver({ text: '1001' }, budgetOf(2000));
      },
      { code: 'other_session' },
    );
  });
});
