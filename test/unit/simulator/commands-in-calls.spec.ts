import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Watched } from './watched';

const MULTI = { singleMode: false };

describe('commands for calls on the simulated MicroSIP', () => {
  let watched: Watched;
  afterEach(() => watched.end());
  const rings = async (number: string, name?: string): Promise<string> => {
    const id = watched.microsip.far.incoming({ number, ...(name !== undefined && { name }) });
    await watched.settle();
    return id;
  };

  describe('without a call', () => {
    const ROWS: [string, string[]][] = [
      ['/answer', ['dropped answer']],
      ['/hangupall', []],
      ['/hangupincoming', []],
      ['/hangupcalling', []],
      ['msip:hold', ['dropped hold']],
      ['/dtmf:1', ['dropped dtmf 1']],
      ['/transfer:1002', ['dropped transfer 1002']],
      ['msip:transfer_1002', ['dropped transfer 1002']],
      ['msip:minimize', ['minimized']],
    ];
    for (const [text, deeds] of ROWS) {
      it(`${text} has no effect`, async () => {
        watched = await Watched.start();
        await watched.command(text);
        assert.deepEqual(watched.deeds, deeds);
        assert.deepEqual(watched.calls, []);
      });
    }
  });

  describe('answer', () => {
    it('takes the oldest ringing call', async () => {
      watched = await Watched.start();
      await rings('1005');
      await rings('1006');
      await watched.command('/answer');
      assert.deepEqual(watched.open, ['1005 connected', '1006 ringing']);
    });

    it('ends the other calls first in single mode', async () => {
      watched = await Watched.start();
      await watched.connected('1002');
      await rings('1005');
      await watched.command('msip:answer');
      assert.deepEqual(watched.open, ['1005 connected']);
      assert.deepEqual(watched.deeds, ['dialled 1002', 'hungup 200', 'answered 1005']);
      assert.deepEqual(watched.endings, ['200 local']);
    });

    it('holds the other calls in multi mode', async () => {
      watched = await Watched.start(MULTI);
      await watched.connected('1002');
      await rings('1005');
      await watched.command('/answer');
      assert.deepEqual(watched.open, ['1002 held', '1005 connected']);
    });
  });

  describe('hanging up', () => {
    const ROWS: [string, string[], string[]][] = [
      ['/hangupall', ['1005 ringing'], ['200 local', '487 local', '487 local']],
      ['/hangupcalling', ['1002 held', '1005 ringing'], ['487 local', '487 local']],
      ['/hangupincoming', ['1002 held', '1003 alerting', '1004 dialing'], ['603 local']],
    ];
    for (const [text, open, endings] of ROWS) {
      it(text, async () => {
        watched = await Watched.start(MULTI);
        await watched.connected('1002');
        await watched.command('1003');
        watched.microsip.far.ring();
        await watched.command('1004');
        await rings('1005');
        await watched.command(text);
        assert.deepEqual(watched.open, open);
        assert.deepEqual(watched.endings, endings);
      });
    }

    it('rejects every ringing call with 603', async () => {
      watched = await Watched.start();
      await rings('1005');
      await rings('1006');
      await watched.command('/hangupincoming');
      assert.deepEqual(watched.endings, ['603 local', '603 local']);
      assert.deepEqual(watched.ends[0]?.ending.sipReason, 'Decline');
    });
  });

  describe('hold', () => {
    it('toggles', async () => {
      watched = await Watched.start();
      await watched.connected();
      await watched.command('msip:hold');
      await watched.command('msip:hold');
      assert.deepEqual(watched.states, ['dialing', 'connected', 'held local', 'connected']);
    });

    it('is not for calls that are not answered', async () => {
      watched = await Watched.start();
      await watched.command('1002');
      await watched.command('msip:hold');
      assert.deepEqual(watched.done('dropped'), ['hold']);
    });

    it('of both sides', async () => {
      watched = await Watched.start();
      await watched.connected();
      await watched.command('msip:hold');
      watched.microsip.far.hold();
      await watched.command('msip:hold');
      watched.microsip.far.resume();
      await watched.settle();
      assert.deepEqual(watched.states.slice(2), ['held local', 'held both', 'held remote', 'connected']);
    });

    it('resuming one call holds the others', async () => {
      watched = await Watched.start(MULTI);
      const first = await watched.connected('1002');
      await watched.connected('1003');
      watched.microsip.user.toggleHold(first);
      await watched.settle();
      assert.deepEqual(watched.open, ['1002 connected', '1003 held']);
    });
  });

  describe('the selected tab', () => {
    it('is that of the call that came to the front last', async () => {
      watched = await Watched.start(MULTI);
      await watched.connected('1002');
      await watched.connected('1003');
      await watched.command('/dtmf:1');
      const dtmf = watched.microsip.journal.entries.find(({ action }) => action === 'dtmf');
      assert.equal(dtmf?.sipCallId, watched.calls.at(-1)?.key);
    });

    it('stays without a call in multi mode, so that commands have no effect', async () => {
      watched = await Watched.start(MULTI);
      await watched.connected('1002');
      await watched.connected('1003');
      watched.microsip.far.hangup();
      await watched.command('msip:hold');
      await watched.command('/dtmf:1');
      await watched.command('/transfer:1004');
      assert.deepEqual(watched.done('dropped'), ['hold', 'dtmf 1', 'transfer 1004']);
      assert.deepEqual(watched.open, ['1002 held']);
    });
  });

  describe('DTMF', () => {
    it('is heard by the far end of a connected call only', async () => {
      watched = await Watched.start();
      await watched.command('1002');
      await watched.command('/dtmf:1');
      watched.microsip.far.answer();
      await watched.command('/dtmf:12#');
      await watched.command('msip:hold');
      await watched.command('/dtmf:3');
      await watched.command('msip:hold');
      watched.microsip.far.hold();
      await watched.command('/dtmf:4');
      assert.deepEqual(watched.done('dtmf'), ['12#']);
      assert.deepEqual(watched.done('dropped'), ['dtmf 1', 'dtmf 3', 'dtmf 4']);
    });

    it('knows no pause', async () => {
      watched = await Watched.start();
      await watched.connected();
      await watched.command('/dtmf:1,2');
      assert.deepEqual(watched.done('dropped'), ['dtmf 1,2']);
    });

    it('with a question mark waits for a click on Send, and so does what follows', async () => {
      watched = await Watched.start();
      await watched.connected();
      await watched.command('/dtmf:12?');
      await watched.command('/dtmf:3');
      assert.deepEqual(watched.deeds.slice(1), ['dtmf_shown 12', 'dropped dtmf 3']);
      watched.microsip.user.pressSend();
      await watched.command('/dtmf:4');
      assert.deepEqual(watched.done('dtmf'), ['12', '4']);
    });
  });

  describe('DTMF behind the dialled number', () => {
    beforeEach(() => {
      mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    });
    afterEach(() => {
      mock.timers.reset();
    });

    const ROWS: [string, [number, string][]][] = [
      ['1002,1', [[1000, '1']]],
      ['1002,,123', [[2000, '123']]],
      [
        '1002,1,2',
        [
          [1000, '1'],
          [2200, '2'],
        ],
      ],
      [
        '1002,123,,4,',
        [
          [1000, '123'],
          [3600, '4'],
        ],
      ],
      ['1002,', []],
    ];
    for (const [text, expected] of ROWS) {
      it(text, async () => {
        watched = await Watched.start();
        await watched.connected(text);
        const answered = Date.now();
        mock.timers.tick(0);
        for (let at = 0; at < 6000; at += 100) mock.timers.tick(100);
        const heard = watched.microsip.journal.entries.filter(({ action }) => action === 'dtmf');
        assert.deepEqual(
          heard.map(({ time, detail }) => [time - answered, detail]),
          expected,
        );
      });
    }

    it('is lost while the call is on hold, and when it is over', async () => {
      watched = await Watched.start();
      await watched.connected('1002,1,2');
      await watched.command('msip:hold');
      mock.timers.tick(1000);
      assert.deepEqual(watched.done('dropped'), ['dtmf 1']);
      await watched.command('/hangupall');
      mock.timers.tick(5000);
      assert.deepEqual(watched.done('dropped'), ['dtmf 1']);
    });
  });

  describe('transfer', () => {
    for (const text of ['/transfer:1009', 'msip:transfer_1009', '/transfer:sip:1009@pbx.test']) {
      it(`${text} ends the call`, async () => {
        watched = await Watched.start();
        const key = await watched.connected();
        await watched.command(text);
        assert.deepEqual(
          watched.seen.flatMap((one) => (one.type === 'call_transferred' ? [[one.key, one.target]] : [])),
          [[key, '1009']],
        );
        assert.deepEqual(watched.seen.at(-1)?.type, 'call_ended');
        assert.deepEqual(watched.endings, ['200 local']);
      });
    }

    it('to the far end itself, or before it rings, is dropped', async () => {
      watched = await Watched.start();
      await watched.command('1002');
      await watched.command('/transfer:1003');
      watched.microsip.far.answer();
      await watched.command('/transfer:1002');
      assert.deepEqual(watched.done('dropped'), ['transfer 1003', 'transfer 1002']);
      assert.deepEqual(watched.open, ['1002 connected']);
    });
  });

  it('mute words set or toggle, and levels move by 5 within 0 to 100', async () => {
    watched = await Watched.start();
    const { audio } = watched.microsip;
    const rows: [string, boolean, number][] = [
      ['micmute', true, 100],
      ['micmute', true, 100],
      ['micup', false, 100],
      ['micmuteclick', true, 100],
      ['micmuteclick', false, 100],
      ['micdown', false, 95],
      ['micmute', true, 95],
      ['micunmute', false, 95],
    ];
    for (const [word, muted, level] of rows) {
      await watched.command(`msip:${word}`);
      assert.deepEqual(audio.microphone, { muted, level }, word);
    }
    for (let step = 0; step < 25; step += 1) await watched.command('msip:speakdown');
    assert.deepEqual(audio.speaker, { muted: false, level: 0 });
  });

  describe('the ringing window', () => {
    it('1000 answers this call', async () => {
      watched = await Watched.start();
      await rings('1005');
      const second = await rings('1006');
      assert.equal(watched.microsip.clickRing(second, 1000), true);
      await watched.settle();
      assert.deepEqual(watched.open, ['1005 ringing', '1006 connected']);
    });

    it('1032 declines this call with 486', async () => {
      watched = await Watched.start();
      const first = await rings('1005');
      await rings('1006');
      assert.equal(watched.microsip.clickRing(first, 1032), true);
      await watched.settle();
      assert.deepEqual(watched.open, ['1006 ringing']);
      assert.deepEqual(watched.ends[0]?.ending, { endedBy: 'local', sipStatus: 486, sipReason: 'Busy Here' });
    });

    it('is gone once the call is answered or over', async () => {
      watched = await Watched.start();
      const key = await rings('1005');
      await watched.command('/answer');
      assert.equal(watched.microsip.clickRing(key, 1032), false);
      assert.equal(watched.microsip.clickRing('nobody', 1000), false);
    });

    it('a click that comes too late does not bring the call back', async () => {
      watched = await Watched.start();
      const key = await rings('1005');
      watched.microsip.clickRing(key, 1000);
      watched.microsip.far.hangup();
      await watched.settle();
      assert.deepEqual(watched.states, ['ringing']);
      assert.deepEqual(watched.endings, ['487 remote']);
    });
  });
});
