import assert from 'node:assert/strict';
import { SipPeer } from '../support/sip-peer/sip-peer';
import { skipBecause } from '../support/skip';
import { FarEnd } from '../windows/real/staging/far-end';
import { CannotStage } from '../windows/real/staging/staged';
import { Baresip } from './baresip';
import { whyNot } from './program';

/** baresip in the place of MicroSIP. */
describe('the far end of a real MicroSIP, verb by verb', () => {
  let baresip: Baresip;
  let peer: SipPeer;
  let far: FarEnd;

  before(async function () {
    const why = whyNot('baresip', 'baresip-core');
    if (why !== undefined) skipBecause(this, why);
    baresip = await Baresip.start();
  });
  after(async () => {
    await (baresip as Baresip | undefined)?.end();
  });
  beforeEach(async () => {
    baresip.seen.length = 0;
    peer = await SipPeer.open();
    far = new FarEnd(peer, () => baresip.uri);
  });
  afterEach(async () => {
    await far.quiet();
    await peer.close();
  });

  const act = async (verb: string, ...fields: (string | number)[]): Promise<void> => {
    assert.equal(await far.act(verb, fields), true, verb);
  };
  const called = async (): Promise<void> => {
    await baresip.command('dial', peer.uri('1002'));
    await peer.called();
  };

  it('is called, rings, answers, holds, resumes and hangs up', async () => {
    await called();
    assert.deepEqual(far.states, ['CALLING']);
    await act('remote-ring');
    await baresip.until(/^CALL_RINGING/);
    assert.deepEqual(far.states, ['EARLY']);
    await act('remote-answer');
    await baresip.until(/^CALL_ESTABLISHED/);
    await act('remote-hold');
    await act('remote-resume');
    assert.deepEqual(far.states, ['CONFIRMED']);
    await act('remote-hangup');
    await baresip.until(/^CALL_CLOSED/);
    assert.deepEqual(far.states, []);
  });

  for (const [verb, fields, reason] of [
    ['remote-busy', [], /486 Busy Here/],
    ['remote-reject', [], /603 Decline/],
    ['remote-fail', ['', 404], /404 Not Found/],
  ] as const) {
    it(`${verb} refuses`, async () => {
      await called();
      await act(verb, ...fields);
      assert.match(await baresip.until(/^CALL_CLOSED/), reason);
    });
  }

  it('calls, and gives up', async () => {
    await act('incoming', '1005', 'Bob');
    assert.match(await baresip.until(/^CALL_INCOMING/), /sip:1005@/);
    await act('remote-hangup', 'elsewhere');
    await baresip.until(/^CALL_CLOSED/);
  });

  it('chooses one of several calls by its age', async () => {
    await act('incoming', '1005');
    await act('incoming', '1006');
    await act('remote-hangup', 'call 1');
    assert.deepEqual(
      peer.calls.map(({ state }) => state),
      ['ended', 'ringing'],
    );
  });

  it('says what it cannot do, and leaves to others what is none of its verbs', async () => {
    await assert.rejects(far.act('incoming', ['1005', '', '', '', '', '', '', 1]), CannotStage);
    assert.equal(await far.act('user-answer', []), false);
  });
});
