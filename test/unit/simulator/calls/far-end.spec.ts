import assert from 'node:assert/strict';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import type { FarEnd } from '../../../../src/simulator/calls/far-end';
import type { SimulatedMicrosipOptions } from '../../../../src/simulator/simulated-options';
import type { IncomingCall } from '../../../../src/simulator/played-microsip';
import { Watched } from '../watched';

type Act = 'ring' | 'answer' | 'busy' | 'reject' | 'noAnswer' | 'hangup' | 'hold' | 'resume';

const nothingFits = (act: () => unknown): void => {
  assert.throws(act, (error) => {
    assert.ok(error instanceof PhoneError);
    assert.equal(error.messageKey, 'error.no_call.nothing_fits');
    return true;
  });
};

describe('far end of the simulated MicroSIP', () => {
  let watched: Watched;
  afterEach(() => watched.end());
  const play = async (act: (far: FarEnd) => unknown): Promise<void> => {
    act(watched.microsip.far);
    await watched.settle();
  };

  describe('of an outgoing call', () => {
    const ROWS: [Act[], string[], string[]][] = [
      [['ring'], ['dialing', 'alerting'], []],
      [['answer'], ['dialing', 'connected'], []],
      [['ring', 'answer', 'hangup'], ['dialing', 'alerting', 'connected'], ['200 OK remote']],
      [['busy'], ['dialing'], ['486 Busy Here remote']],
      [['ring', 'reject'], ['dialing', 'alerting'], ['603 Decline remote']],
      [['ring', 'noAnswer'], ['dialing', 'alerting'], ['480 Temporarily Unavailable remote']],
      [['answer', 'hold', 'resume'], ['dialing', 'connected', 'held remote', 'connected'], []],
      [['answer', 'hold', 'hangup'], ['dialing', 'connected', 'held remote'], ['200 OK remote']],
    ];
    for (const [acts, states, endings] of ROWS) {
      it(acts.join(', '), async () => {
        watched = await Watched.start();
        await watched.command('1002');
        for (const act of acts) {
          await play((far) => {
            far[act]();
          });
        }
        assert.deepEqual(watched.states, states);
        assert.deepEqual(
          watched.ends.map(
            ({ ending }) => `${ending.sipStatus ?? 0} ${ending.sipReason ?? ''} ${ending.endedBy ?? ''}`,
          ),
          endings,
        );
      });
    }
  });

  it('refuses our call with any status, but none after which MicroSIP would try again', async () => {
    watched = await Watched.start();
    await watched.command('1002');
    for (const status of [200, 302, 399, 401, 407, 422, 700, NaN]) {
      assert.throws(
        () => {
          watched.microsip.far.fail(status, 'Some Phrase');
        },
        (error) => error instanceof PhoneError && error.code === 'config',
      );
    }
    await play((far) => {
      far.fail(503, 'Service Unavailable');
    });
    assert.deepEqual(watched.endings, ['503 remote']);
  });

  describe('of an incoming call', () => {
    it('takes numbers for their digits, and the address alone; what is neither is told at once', async () => {
      watched = await Watched.start({ account: 1001 as never });
      const incoming = (call: object): Promise<void> => play((far) => far.incoming(call as IncomingCall));
      for (const call of [{}, { number: null }, { number: {} }, { number: '1', name: {} }, { number: '1', uri: 5 }])
        await assert.rejects(incoming(call), (error) => error instanceof PhoneError && error.code === 'config');
      await incoming({ number: 1001 });
      await incoming({ uri: 'sip:bob@pbx.test' });
      const facts = watched.calls.map((call) => call.facts);
      assert.deepEqual(
        facts.map(({ number, uri, account }) => [number, uri, account]),
        [
          ['1001', 'sip:1001@example.org', '1001'],
          ['bob', 'sip:bob@pbx.test', '1001'],
        ],
      );
    });

    it('it rings with number, name and address', async () => {
      watched = await Watched.start();
      await play((far) => far.incoming({ number: '+4930123456', name: 'Ada', uri: 'sip:+4930123456@pbx.test;x=1' }));
      const [call] = watched.calls;
      assert.equal(call?.direction, 'inbound');
      assert.equal(call.state, 'ringing');
      assert.deepEqual(call.facts, {
        sipCallId: call.key,
        number: '+4930123456',
        name: 'Ada',
        uri: 'sip:+4930123456@pbx.test',
        account: '1001',
      });
    });

    for (const name of [undefined, '', '1005']) {
      it(`it has no name when that is ${JSON.stringify(name)}`, async () => {
        watched = await Watched.start();
        await play((far) => far.incoming({ number: '1005', ...(name !== undefined && { name }) }));
        assert.ok(watched.calls[0] && !('name' in watched.calls[0].facts));
      });
    }

    it('the caller gives up', async () => {
      watched = await Watched.start();
      await play((far) => far.incoming({ number: '1005' }));
      await play((far) => {
        far.hangup();
      });
      const ending = { endedBy: 'remote', sipStatus: 487, sipReason: 'Request Terminated' };
      assert.deepEqual(watched.ends[0]?.ending, ending);
    });

    it('it is taken elsewhere', async () => {
      watched = await Watched.start();
      await play((far) => far.incoming({ number: '1005' }));
      await play((far) => {
        far.hangup(undefined, true);
      });
      assert.equal(watched.ends[0]?.ending.elsewhere, true);
    });

    it('an address that is none', async () => {
      watched = await Watched.start();
      assert.throws(() => watched.microsip.far.incoming({ number: '1', uri: 'tel:1' }), { code: 'config' });
    });
  });

  describe('calls that MicroSIP refuses by itself never ring', () => {
    const caller = { number: '1005' };
    const elsewhere = { number: '1005', uri: 'sip:1005@pbx.test' };
    const ROWS: [string, SimulatedMicrosipOptions, typeof caller, string | undefined][] = [
      ['the same caller', {}, caller, 'Already in call with this contact'],
      ['the same number elsewhere is somebody else', {}, elsewhere, undefined],
      ['call waiting off', { callWaiting: false }, { number: '1006' }, 'Maximum concurrent calls reached'],
      ['a limit that is reached', { maxConcurrentCalls: 1 }, { number: '1006' }, 'Maximum concurrent calls reached'],
      ['a limit that is not reached', { maxConcurrentCalls: 2 }, { number: '1006' }, undefined],
    ];
    for (const [why, options, second, refused] of ROWS) {
      it(why, async () => {
        watched = await Watched.start(options);
        await play((far) => far.incoming(caller));
        let id = '';
        await play((far) => (id = far.incoming(second)));
        assert.deepEqual(watched.done('refused'), refused === undefined ? [] : [refused]);
        assert.equal(
          watched.calls.some(({ key }) => key === id),
          refused === undefined,
        );
        assert.deepEqual(watched.ends, []);
      });
    }

    it('do not disturb', async () => {
      watched = await Watched.start({ doNotDisturb: true });
      await play((far) => far.incoming(caller));
      assert.deepEqual(watched.done('refused'), ['Do Not Disturb']);
      assert.deepEqual(watched.calls, []);
    });

    it('a fifth call', async () => {
      watched = await Watched.start();
      for (const number of ['1', '2', '3', '4', '5']) await play((far) => far.incoming({ number }));
      assert.equal(watched.open.length, 4);
      assert.deepEqual(watched.done('refused'), ['No free call slot']);
    });
  });

  describe('which call', () => {
    it('is the newest that fits', async () => {
      watched = await Watched.start({ singleMode: false });
      await watched.command('1002');
      await watched.command('1003');
      await play((far) => {
        far.ring();
      });
      await play((far) => {
        far.ring();
      });
      assert.deepEqual(watched.open, ['1002 alerting', '1003 alerting']);
    });

    it('or the one that is asked for', async () => {
      watched = await Watched.start({ singleMode: false });
      await watched.command('1002');
      await watched.command('1003');
      await play((far) => {
        far.busy(watched.calls[0]?.key);
      });
      assert.deepEqual(watched.open, ['1003 dialing']);
    });

    const ACTS: Act[] = ['ring', 'answer', 'busy', 'reject', 'noAnswer', 'hangup', 'hold', 'resume'];
    for (const act of ACTS) {
      it(`${act} without one is no_call`, async () => {
        watched = await Watched.start();
        nothingFits(() => {
          watched.microsip.far[act]();
        });
      });
    }

    it('that does not fit is no_call', async () => {
      watched = await Watched.start();
      const key = await watched.connected();
      const { far } = watched.microsip;
      const unfit: (() => unknown)[] = [
        () => {
          far.answer(key);
        },
        () => {
          far.ring();
        },
        () => {
          far.resume(key);
        },
        () => {
          far.hangup('nobody');
        },
      ];
      for (const act of unfit) nothingFits(act);
      assert.deepEqual(watched.states, ['dialing', 'connected']);
    });

    it('nobody can call a phone that is not registered, not ready or not running', async () => {
      watched = await Watched.start({ registered: false });
      const { microsip } = watched;
      const call = (): string => microsip.far.incoming({ number: '1' });
      const nobodyCan = { code: 'no_call', reason: 'not_callable' };
      assert.throws(call, nobodyCan);
      microsip.register();
      microsip.setReady(false);
      assert.throws(call, nobodyCan);
      microsip.crash();
      assert.throws(call, nobodyCan);
    });
  });

  describe('the person at the phone', () => {
    it('answers, holds, resumes and hangs up', async () => {
      watched = await Watched.start();
      const { far, user } = watched.microsip;
      far.incoming({ number: '1005' });
      for (const act of ['answer', 'toggleHold', 'toggleHold', 'hangup'] as const) {
        user[act]();
        await watched.settle();
      }
      assert.deepEqual(watched.states, ['ringing', 'connected', 'held local', 'connected']);
      assert.deepEqual(watched.endings, ['200 local']);
    });

    it('closes a ringing window, which then has no buttons any more, and the call rings on', async () => {
      watched = await Watched.start();
      const id = watched.microsip.far.incoming({ number: '1005' });
      watched.microsip.user.ignore();
      await watched.settle();
      assert.equal(watched.microsip.clickRing(id, 1000), false);
      nothingFits(() => {
        watched.microsip.user.ignore();
      });
      assert.deepEqual(watched.open, ['1005 ringing']);
    });

    it('declines with 486', async () => {
      watched = await Watched.start();
      watched.microsip.far.incoming({ number: '1005' });
      watched.microsip.user.decline();
      await watched.settle();
      assert.deepEqual(watched.endings, ['486 local']);
    });

    it('ends a ringing call of a messages window with 603, a dialling one with 487', async () => {
      watched = await Watched.start();
      const ringing = watched.microsip.far.incoming({ number: '1005' });
      watched.microsip.user.dial('1002');
      watched.microsip.user.hangup(ringing);
      watched.microsip.user.hangup();
      await watched.settle();
      assert.deepEqual(watched.endings, ['603 local', '487 local']);
    });

    it('cannot do what no call fits', async () => {
      watched = await Watched.start();
      const { user } = watched.microsip;
      for (const act of ['answer', 'decline', 'hangup', 'toggleHold'] as const) {
        nothingFits(() => {
          user[act]();
        });
      }
    });
  });
});
