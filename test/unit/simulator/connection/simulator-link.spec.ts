import assert from 'node:assert/strict';
import type { LinkAction } from '../../../../src/phone/ports/link';
import { SimulatorLink } from '../../../../src/simulator/connection/simulator-link';
import { PhoneError, type ErrorCode } from '../../../../src/phone/errors/phone-error';
import type { SimulatedMicrosipOptions } from '../../../../src/simulator/simulated-options';
import { FakeClock } from '../../../support/fake-clock';
import { Watched } from '../watched';

/** ms: what ends long before does not wait for it. */
const HANG = 3000;

describe('link to the simulated MicroSIP', () => {
  let clock: FakeClock;
  let watched: Watched;
  let link: SimulatorLink;
  const start = async (options?: SimulatedMicrosipOptions): Promise<void> => {
    clock = new FakeClock();
    watched = await Watched.start({ ...options, clock });
    link = new SimulatorLink(watched.microsip);
  };
  afterEach(() => watched.end());
  const fails = async (code: ErrorCode, action: LinkAction, timeout = 1000): Promise<PhoneError> => {
    let failure: unknown;
    await clock.through(link.deliver(action, timeout)).catch((error: unknown) => (failure = error));
    assert.ok(failure instanceof PhoneError, `no PhoneError: ${String(failure)}`);
    assert.equal(failure.code, code);
    return failure;
  };

  const TEXTS: [LinkAction, string][] = [
    [{ do: 'dial', target: '1002' }, '1002'],
    [{ do: 'dial', target: '1002', account: 2 }, '/account:2 1002'],
    [{ do: 'answer' }, '/answer'],
    [{ do: 'hangup_all' }, '/hangupall'],
    [{ do: 'hangup_dialing' }, '/hangupcalling'],
    [{ do: 'reject_all' }, '/hangupincoming'],
    [{ do: 'dtmf', digits: '1#' }, '/dtmf:1#'],
  ];
  for (const [action, text] of TEXTS) {
    it(`${JSON.stringify(action)} arrives as ${text}`, async () => {
      await start();
      await clock.through(link.deliver(action, 1000));
      assert.deepEqual(watched.done('received'), [text]);
    });
  }

  it('resolves when the text is taken, before it has an effect', async () => {
    await start();
    await link.deliver({ do: 'dial', target: '1002' }, 1000);
    assert.deepEqual(watched.done('dialled'), []);
    await watched.settle();
    assert.deepEqual(watched.open, ['1002 dialing']);
  });

  it('answers and declines by SIP Call-ID', async () => {
    await start();
    const first = watched.microsip.far.incoming({ number: '1005' });
    const second = watched.microsip.far.incoming({ number: '1006' });
    await clock.through(link.deliver({ do: 'decline_ring', key: first }, 1000));
    await clock.through(link.deliver({ do: 'answer_ring', key: second }, 1000));
    await watched.settle();
    assert.deepEqual(watched.open, ['1006 connected']);
    assert.deepEqual(watched.endings, ['486 local']);
    assert.deepEqual(watched.done('received'), []);
  });

  it('no_call when the ringing call is gone', async () => {
    await start();
    const error = await fails('no_call', { do: 'answer_ring', key: 'gone' });
    assert.equal(error.messageKey, 'error.no_call.ended');
  });

  it('not_running, not_ready', async () => {
    await start();
    watched.microsip.restart();
    await fails('not_ready', { do: 'answer' });
    watched.microsip.crash();
    await fails('not_running', { do: 'answer' });
    await fails('not_running', { do: 'answer_ring', key: 'x' });
  });

  it('unsupported for what this version would dial', async () => {
    await start({ version: [3, 20, 5, 0] });
    await fails('unsupported', { do: 'reject_all' });
    assert.deepEqual(watched.done('received'), []);
  });

  it('an old version is not given dwData 2', async () => {
    await start({ version: [3, 19, 27, 0] });
    await clock.through(link.deliver({ do: 'dial', target: '1002' }, 1000));
    assert.deepEqual(watched.done('dialled'), ['1002']);
  });

  it('timeout while it hangs, and nothing arrives later', async () => {
    await start();
    watched.microsip.hang(HANG);
    const before = clock.now();
    const error = await fails('timeout', { do: 'dial', target: '1002' }, 50);
    const took = clock.now() - before;
    assert.ok(took >= 45 && took < HANG, `took ${took} ms`);
    assert.deepEqual(error.params, { timeout: 50 });
    await clock.pass(HANG);
    await watched.settle();
    assert.deepEqual(watched.microsip.journal.entries, []);
  });

  it('a hang that ends in time is only slow', async () => {
    await start();
    watched.microsip.hang(50);
    await clock.through(link.deliver({ do: 'dial', target: '1002' }, 1000));
    await watched.settle();
    assert.deepEqual(watched.done('dialled'), ['1002']);
  });

  it('not_running when it crashes while somebody waits', async () => {
    await start();
    watched.microsip.hang(1000);
    const failed = fails('not_running', { do: 'dial', target: '1002' });
    watched.microsip.crash();
    await failed;
  });
});
