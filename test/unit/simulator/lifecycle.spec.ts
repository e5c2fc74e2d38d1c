import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Watched } from './watched';

describe('life of the simulated MicroSIP', () => {
  let watched: Watched;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  });
  afterEach(async () => {
    mock.timers.reset();
    await watched.end();
  });

  const pass = async (milliseconds: number): Promise<void> => {
    mock.timers.tick(milliseconds);
    await watched.settle();
  };
  const presences = (): string[] => watched.seen.flatMap((one) => (one.type === 'presence' ? [one.presence] : []));
  const registrations = (): string[] =>
    watched.seen.flatMap((one) => (one.type === 'registration' ? [one.registration.state] : []));

  describe('WM_COPYDATA (docs/microsip/interface.md#2.1)', () => {
    it('an empty text is a probe without effect', async () => {
      watched = await Watched.start();
      for (const text of ['', '\0', '\x00rest']) assert.equal(watched.microsip.copyData(1, text), 0);
      assert.deepEqual(watched.microsip.journal.entries, []);
    });

    it('the text ends at the first NUL', async () => {
      watched = await Watched.start();
      await watched.command('1002\x00garbage');
      assert.deepEqual(watched.done('dialled'), ['1002']);
    });

    it('dwData 1 works at once, dwData 2 later', async () => {
      watched = await Watched.start({ singleMode: false });
      assert.equal(watched.microsip.copyData(2, '1003'), 0);
      assert.equal(watched.microsip.copyData(1, '1002'), 0);
      assert.deepEqual(watched.done('dialled'), ['1002']);
      await watched.settle();
      assert.deepEqual(watched.done('dialled'), ['1002', '1003']);
    });

    it('other dwData are ignored, and so is 2 before 3.20', async () => {
      watched = await Watched.start({ version: [3, 19, 27, 0] });
      for (const dwData of [0, 2, 3, -1]) assert.equal(watched.microsip.copyData(dwData, '1002'), 1);
      await watched.settle();
      assert.deepEqual(watched.microsip.journal.entries, []);
      assert.equal(watched.microsip.copyData(1, '1002'), 0);
    });

    it('is 1 and dropped while the SIP stack is down', async () => {
      watched = await Watched.start();
      watched.microsip.setReady(false);
      assert.equal(watched.microsip.copyData(1, ''), 1);
      assert.equal(watched.microsip.copyData(2, '1002'), 1);
      watched.microsip.setReady(true);
      await watched.settle();
      assert.deepEqual(watched.calls, []);
    });

    it('is not_running without a window', async () => {
      watched = await Watched.start();
      watched.microsip.crash();
      assert.throws(() => watched.microsip.copyData(1, ''), { code: 'not_running' });
    });
  });

  describe('the SIP stack', () => {
    it('going down ends the calls first, and coming up tells the registration', async () => {
      watched = await Watched.start();
      await watched.connected();
      watched.microsip.far.incoming({ number: '1005' });
      watched.microsip.setReady(false);
      watched.microsip.setReady(false);
      watched.microsip.setReady(true);
      await watched.settle();
      assert.deepEqual(watched.endings, ['200 local', '603 local']);
      assert.deepEqual(presences(), ['ready', 'starting', 'ready']);
      assert.deepEqual(registrations(), ['registered', 'registered']);
    });
  });

  it('registration comes and goes', async () => {
    watched = await Watched.start();
    watched.microsip.unregister();
    watched.microsip.register();
    await watched.settle();
    assert.deepEqual(registrations(), ['registered', 'unregistered', 'registered']);
    assert.deepEqual(watched.microsip.registration, { state: 'registered', sipStatus: 200 });
  });

  describe('a hang', () => {
    it('is seen after a moment, and when it is over', async () => {
      watched = await Watched.start();
      watched.microsip.hang(1000);
      await pass(299);
      assert.deepEqual(presences(), ['ready']);
      await pass(1);
      assert.deepEqual(presences(), ['ready', 'hung']);
      await pass(700);
      assert.deepEqual(presences(), ['ready', 'hung', 'ready']);
      assert.equal(watched.microsip.isHung, false);
    });

    it('that is short is not seen', async () => {
      watched = await Watched.start();
      watched.microsip.hang(200);
      await pass(1000);
      assert.deepEqual(presences(), ['ready']);
    });

    it('may be lengthened, not shortened', async () => {
      watched = await Watched.start();
      watched.microsip.hang(1000);
      watched.microsip.hang(2000);
      watched.microsip.hang(10);
      await pass(1999);
      assert.equal(watched.microsip.isHung, true);
      await pass(1);
      assert.equal(watched.microsip.isHung, false);
      assert.deepEqual(presences(), ['ready', 'hung', 'ready']);
    });

    it('keeps the sender waiting', async () => {
      watched = await Watched.start();
      watched.microsip.hang(1000);
      let answer: number | undefined;
      void Promise.resolve(watched.microsip.copyData(1, '1002')).then((value) => (answer = value));
      await pass(999);
      assert.equal(answer, undefined);
      assert.deepEqual(watched.done('received'), []);
      await pass(1);
      assert.equal(answer, 0);
      assert.deepEqual(watched.done('dialled'), ['1002']);
    });

    it('delays what the far end does, in order', async () => {
      watched = await Watched.start();
      await watched.connected();
      const { microsip } = watched;
      const { far } = microsip;
      const before = watched.seen.length;
      microsip.hang(200);
      far.hold();
      far.resume();
      const id = far.incoming({ number: '1005' });
      far.hangup(id);
      microsip.unregister();
      await pass(199);
      assert.equal(watched.seen.length, before);
      await pass(1);
      assert.deepEqual(watched.states.slice(2), ['held remote', 'connected', 'ringing']);
      assert.deepEqual(watched.endings, ['487 remote']);
      assert.deepEqual(registrations(), ['registered', 'unregistered']);
    });

    it('does not let an ended call come back', async () => {
      watched = await Watched.start();
      await watched.command('1002');
      watched.microsip.hang(200);
      watched.microsip.far.busy();
      watched.microsip.far.answer();
      await pass(200);
      assert.deepEqual(watched.states, ['dialing']);
      assert.deepEqual(watched.endings, ['486 remote']);
      assert.equal(watched.done('nothing_fits').length, 1);
    });

    it('delays texts and clicks that were taken before it', async () => {
      watched = await Watched.start();
      const key = watched.microsip.far.incoming({ number: '1005' });
      assert.equal(watched.microsip.copyData(2, '/hangupincoming'), 0);
      watched.microsip.hang(200);
      assert.equal(watched.microsip.clickRing(key, 1000), true);
      await pass(199);
      assert.deepEqual(watched.open, ['1005 ringing']);
      await pass(1);
      assert.deepEqual(watched.endings, ['603 local']);
      assert.deepEqual(watched.done('answered'), []);
    });

    it('delays DTMF behind the number', async () => {
      watched = await Watched.start();
      await watched.connected('1002,5');
      watched.microsip.hang(3000);
      await pass(2999);
      assert.deepEqual(watched.done('dtmf'), []);
      await pass(1);
      assert.deepEqual(watched.done('dtmf'), ['5']);
    });

    it('that begins while the last one is made up for stops that', async () => {
      watched = await Watched.start({ singleMode: false });
      const { microsip } = watched;
      const { calls, far } = microsip;
      microsip.hang(200);
      far.incoming({ number: '1005' });
      far.incoming({ number: '1006' });
      calls.once('changed', () => {
        microsip.hang(200);
      });
      await pass(200);
      assert.deepEqual(watched.open, ['1005 ringing']);
      await pass(200);
      assert.deepEqual(watched.open, ['1005 ringing', '1006 ringing']);
    });

    it('may end in a crash; who waits gets no 0', async () => {
      watched = await Watched.start();
      watched.microsip.hang(1000);
      const waiting = watched.microsip.copyData(2, '1002');
      await pass(500);
      watched.microsip.crash();
      assert.equal(await waiting, 1);
      await pass(1000);
      assert.deepEqual(presences(), ['ready', 'hung', 'absent']);
      assert.deepEqual(watched.deeds, []);
    });
  });

  describe('a crash', () => {
    it('takes the calls along without an end', async () => {
      watched = await Watched.start();
      await watched.connected();
      watched.microsip.crash();
      watched.microsip.crash();
      await watched.settle();
      assert.deepEqual(presences(), ['ready', 'absent']);
      assert.deepEqual(watched.ends, []);
      assert.deepEqual(watched.microsip.calls.all, []);
    });

    it('takes along what was posted, also when it starts again at once', async () => {
      watched = await Watched.start();
      await watched.microsip.copyData(2, '1002');
      watched.microsip.crash();
      watched.microsip.restart();
      await pass(1000);
      assert.deepEqual(watched.deeds, []);
    });

    it('leaves nobody to act on', async () => {
      watched = await Watched.start();
      const { microsip } = watched;
      microsip.crash();
      const acts: (() => void)[] = [
        () => {
          microsip.hang(1);
        },
        () => {
          microsip.register();
        },
        () => {
          microsip.unregister();
        },
        () => {
          microsip.setReady(true);
        },
        () => {
          microsip.user.dial('1002');
        },
      ];
      for (const act of acts) assert.throws(act, { code: 'not_running' });
      assert.equal(microsip.presence, 'absent');
    });
  });

  describe('a restart', () => {
    it('starts for a moment, then is ready, then registered', async () => {
      watched = await Watched.start({ registered: false });
      watched.microsip.crash();
      watched.microsip.restart();
      await pass(99);
      assert.deepEqual(presences(), ['ready', 'absent', 'starting']);
      assert.equal(watched.microsip.copyData(1, ''), 1);
      await pass(1);
      assert.deepEqual(presences(), ['ready', 'absent', 'starting', 'ready']);
      assert.deepEqual(registrations(), ['unregistered', 'registered']);
      assert.deepEqual(
        watched.seen.slice(-4).map(({ type }) => type),
        ['presence', 'audio', 'features', 'registration'],
      );
    });

    it('of a running one ends the calls the normal way', async () => {
      watched = await Watched.start();
      await watched.connected();
      watched.microsip.far.incoming({ number: '1005' });
      watched.microsip.restart();
      await pass(100);
      assert.deepEqual(watched.endings, ['200 local', '603 local']);
      assert.deepEqual(presences(), ['ready', 'absent', 'starting', 'ready']);
    });

    it('of a hung one is a crash', async () => {
      watched = await Watched.start();
      await watched.connected();
      watched.microsip.hang(60_000);
      watched.microsip.restart();
      await pass(100);
      assert.deepEqual(watched.ends, []);
      assert.equal(watched.microsip.isHung, false);
      assert.equal(watched.microsip.presence, 'ready');
    });

    it('twice is once', async () => {
      watched = await Watched.start();
      watched.microsip.restart();
      await pass(50);
      watched.microsip.restart();
      await pass(99);
      assert.equal(watched.microsip.presence, 'starting');
      await pass(1);
      assert.equal(watched.microsip.presence, 'ready');
      assert.deepEqual(registrations(), ['registered', 'registered']);
    });
  });

  it('the journal keeps the last 1000 entries', async () => {
    watched = await Watched.start();
    const { journal } = watched.microsip;
    for (let count = 0; count < 1500; count += 1) await watched.microsip.copyData(1, '/answer');
    assert.equal(journal.entries.length, 1000);
    assert.deepEqual(Object.keys(journal.entries[0] ?? {}), ['time', 'action', 'detail']);
  });

  it('disposing it leaves no timer, no task and no listener', async () => {
    watched = await Watched.start();
    const { microsip } = watched;
    await watched.connected('1002,1');
    microsip.hang(1000);
    void microsip.copyData(1, '1003');
    microsip.dispose();
    const deeds = watched.deeds.length;
    await pass(10_000);
    assert.equal(watched.deeds.length, deeds);
    assert.deepEqual(microsip.eventNames(), []);
    assert.deepEqual(microsip.calls.eventNames(), []);
  });
});
