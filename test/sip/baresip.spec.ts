import assert from 'node:assert/strict';
import { SipPeer } from '../support/sip-peer/sip-peer';
import { skipBecause } from '../support/skip';
import { Baresip } from './baresip';
import { whyNot } from './program';

const ADA = { number: '1005', name: 'Ada' };

describe('the SIP peer of the tests and baresip', () => {
  let peer: SipPeer;
  let baresip: Baresip;

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
  });
  afterEach(() => peer.close());

  it('is called, hears tones in the audio (RFC 4733), is held and taken back, and is hung up', async () => {
    await baresip.command('dial', peer.uri('1002'));
    const call = await peer.called();
    assert.equal(call.calledUser, '1002');
    call.ring();
    await baresip.until(/^CALL_RINGING/);
    call.answer();
    await baresip.until(/^CALL_ESTABLISHED/);
    for (const digit of '12#') {
      await baresip.command('sndcode', digit);
      await call.until(`tone ${digit}`);
    }
    assert.equal(call.tones, '12#');
    assert.ok(call.media.received > 0, 'no audio has come');
    await baresip.command('hold');
    await call.until('held');
    await baresip.command('resume');
    await call.until('resumed');
    await baresip.command('hangup');
    await call.until('hung up');
    assert.equal(call.state, 'ended');
  });

  it('is asked for a transfer, and says how it turned out', async () => {
    await baresip.command('dial', peer.uri('1002'));
    const call = await peer.called();
    call.answer();
    await baresip.until(/^CALL_ESTABLISHED/);
    await baresip.command('transfer', 'sip:1003@127.0.0.1');
    assert.match(await call.until(/^transfer to/), /sip:1003@127\.0\.0\.1/);
    await call.until('transfer told');
    // It has given its call away.
    await call.until('hung up');
  });

  it('says that a transfer has failed', async () => {
    peer.transferResult = 486;
    await baresip.command('dial', peer.uri('1002'));
    const call = await peer.called();
    call.answer();
    await baresip.until(/^CALL_ESTABLISHED/);
    await baresip.command('transfer', 'sip:1003@127.0.0.1');
    await baresip.until(/^TRANSFER_FAILED .*486/);
  });

  it('is busy', async () => {
    await baresip.command('dial', peer.uri('1002'));
    (await peer.called()).refuse(486);
    assert.match(await baresip.until(/^CALL_CLOSED/), /486 Busy Here/);
  });

  it('rings, and the caller gives up', async () => {
    await baresip.command('dial', peer.uri('1002'));
    const call = await peer.called();
    call.ring();
    await baresip.until(/^CALL_RINGING/);
    await baresip.command('hangup');
    await call.until('cancelled');
  });

  it('calls, holds, resumes and hangs up', async () => {
    const call = await peer.call(baresip.uri, ADA);
    await baresip.until(/^CALL_INCOMING/);
    await call.until('ringing');
    await baresip.command('accept');
    await call.until('connected');
    assert.equal(await call.hold(), 200);
    assert.equal(await call.resume(), 200);
    await call.hangup();
    await baresip.until(/^CALL_CLOSED/);
  });

  it('calls who declines', async () => {
    const call = await peer.call(baresip.uri, ADA);
    await baresip.until(/^CALL_INCOMING/);
    await baresip.command('hangup');
    await call.until(/^refused (486|603)$/);
  });

  it('gives up while it rings', async () => {
    const call = await peer.call(baresip.uri, ADA);
    await call.until('ringing');
    await call.hangup();
    await baresip.until(/^CALL_CLOSED/);
    assert.deepEqual(call.seen, ['ringing', 'refused 487']);
  });
});
