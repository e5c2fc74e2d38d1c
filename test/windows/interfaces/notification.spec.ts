import type { TakenNotification } from '../../../src/documented/notification';
import assert from 'node:assert/strict';
import { NotificationObserver } from '../../../src/observers/notification/notification-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import type { PhoneError } from '../../../src/phone/errors/phone-error';
import { hostOf } from '../../support/observer-host';
import { NOTIFICATION_CLASS, NotificationWindow } from '../../../src/win32/window/notification-window';
import { WindowSession } from '../../../src/win32/thread/window-session';
import { windowsOfClass } from '../../../src/win32/window/window-search';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

const CYCLES = 200;

describe('notifications by window message', () => {
  let standIn: StandIn;
  let session: WindowSession;
  let taken: TakenNotification[];

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    standIn = await StandIn.start();
  });
  after(() => standIn.end());
  afterEach(() => session.stop());

  async function open(program = standIn.program): Promise<void> {
    taken = [];
    session = new WindowSession({ program, pollInterval: 250, timeout: 2000, notifications: true });
    session.onNotification((one) => taken.push(one));
    await session.start();
  }
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  const notify = (text: string, from = standIn): Promise<string[]> => from.request('notify', hex(text));
  /** Reports come on their own way. */
  const all = (count: number): Promise<TakenNotification[]> =>
    eventually(() => (taken.length >= count ? taken : undefined));

  it('are taken from the program of the phone', async () => {
    await open();
    assert.deepEqual(await notify('incoming +49301'), ['1']);
    assert.deepEqual(await notify('Connected Jürgen\0'), ['1']);
    for (const status of [0, 1, 2, 3, 4]) assert.deepEqual(await standIn.request('notify-status', status), ['1']);
    assert.deepEqual(await standIn.request('notify-status', 2, 1), ['1']);
    assert.deepEqual(await all(8), [
      { event: 'ringing', number: '+49301' },
      { event: 'connected', number: 'Jürgen' },
      ...['idle', 'ringing', 'connected', 'held', 'ended', 'connected'].map((event) => ({ event })),
    ]);
  });

  it('become calls', async () => {
    await open();
    const seen: Observation[] = [];
    const seenWarnings: string[] = [];
    const observer = new NotificationObserver(session);
    const problem = ({ messageKey }: PhoneError): number => seenWarnings.push(messageKey);
    await observer.start(hostOf((observation) => seen.push(observation), { problem }));
    for (const text of ['incoming 10', 'connected 10', 'idle']) await notify(text);
    await eventually(() => (seen.length >= 3 ? true : undefined));
    await observer.stop();
    assert.deepEqual(seenWarnings, []);
    assert.deepEqual(
      seen.map((one) => [one.type, 'state' in one && one.state]),
      [
        ['call', 'ringing'],
        ['call', 'connected'],
        ['call_ended', false],
      ],
    );
  });

  it('are dropped when they are odd', async () => {
    await open();
    const odd: (string | number)[][] = [
      ['notify', hex('hallo')],
      ['notify', 'ff20ff'],
      ['notify', ''],
      ['notify', hex('idle '), 300],
      // Wine copies it to the receiver's stack, so megabytes would only show how large that is.
      ['notify', hex('x'), 100_000],
      ['notify-status', 5],
      ['notify-status', -1],
    ];
    for (const [verb = '', ...fields] of odd)
      assert.deepEqual(await standIn.request(String(verb), ...fields), ['0'], `${verb} ${fields.join(' ')}`);
    assert.deepEqual(
      await all(odd.length),
      odd.map(() => ({ refused: 'malformed' })),
    );
    assert.deepEqual(await standIn.request('notify', hex('idle'), 1, 1), ['0']);
    assert.deepEqual((await all(odd.length + 1)).at(-1), { refused: 'sender' });
    // It still looks and takes.
    assert.ok(await session.refresh());
    assert.deepEqual(await notify('idle'), ['1']);
  });

  it('are not taken from another program', async () => {
    await open();
    const other = await StandIn.start();
    try {
      assert.deepEqual(await notify('incoming 10', other), ['0']);
      assert.deepEqual(await other.request('notify-status', 2), ['0']);
      assert.deepEqual(await all(2), [{ refused: 'sender' }, { refused: 'sender' }]);
    } finally {
      await other.end();
    }
  });

  it('do not disturb a command that is under way', async () => {
    await open();
    const commands = Promise.all(Array.from({ length: 20 }, () => session.deliver({ text: '/dtmf:1' }, 5000)));
    for (let n = 0; n < 20; n += 1) assert.deepEqual(await notify(`incoming ${n}`), ['1']);
    await commands;
    assert.equal((await all(20)).length, 20);
  });

  it('have one window for each phone', async () => {
    await open();
    const more = new WindowSession({ program: standIn.program, pollInterval: 250, timeout: 2000, notifications: true });
    await more.start();
    assert.deepEqual(await notify('idle'), ['1', '1']);
    await more.stop();
    assert.deepEqual(await notify('idle'), ['1']);
    await session.stop();
    assert.deepEqual(await notify('idle'), []);
  });

  it(`leave nothing behind, ${CYCLES} times`, async () => {
    await open();
    await session.stop();
    const cycle = (): void => {
      new NotificationWindow({ accepts: () => true, take: () => undefined }).close();
    };
    cycle();
    const before = process.memoryUsage.rss();
    for (let n = 0; n < CYCLES; n += 1) cycle();
    assert.deepEqual(windowsOfClass(0, NOTIFICATION_CLASS), []);
    const grown = (process.memoryUsage.rss() - before) / 1024 ** 2;
    console.log(`${CYCLES} notification windows: ${grown.toFixed(1)} MB more`);
    assert.ok(grown < 30);
  });

  it('leave no window behind when threads come and go', async () => {
    for (let n = 0; n < 20; n += 1) {
      await open();
      assert.deepEqual(await notify('idle'), ['1']);
      await session.stop();
    }
    assert.deepEqual(windowsOfClass(0, NOTIFICATION_CLASS), []);
  });
});
