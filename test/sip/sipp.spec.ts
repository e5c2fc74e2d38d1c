import assert from 'node:assert/strict';
import { freePort } from '../support/free-port';
import { SipPeer } from '../support/sip-peer/sip-peer';
import { skipBecause } from '../support/skip';
import { whyNot } from './program';
import { Sipp } from './sipp';

describe('the SIP peer of the tests and SIPp', () => {
  let peer: SipPeer;
  let sipp: Sipp | undefined;
  let port: number;

  before(function () {
    const why = whyNot('sipp', 'sip-tester');
    if (why !== undefined) skipBecause(this, why);
  });
  beforeEach(async () => {
    peer = await SipPeer.open();
    port = await freePort();
    sipp = undefined;
  });
  afterEach(async () => {
    await sipp?.end();
    await peer.close();
  });

  /** SIPp calls the peer. */
  const calledBy = (scenario: string): Sipp => {
    sipp = Sipp.start(scenario, port, `127.0.0.1:${peer.place.port}`);
    return sipp;
  };
  /** SIPp waits for a call of the peer, whose INVITE is repeated until it is there. */
  const callerOf = (scenario: string): Sipp => {
    sipp = Sipp.start(scenario, port);
    return sipp;
  };

  it('is called, held and taken back, hears a tone by INFO, is asked for a transfer, and is hung up', async () => {
    const caller = calledBy('caller');
    const call = await peer.called();
    assert.equal(call.calledUser, '1002');
    call.ring();
    call.answer();
    await call.until('hung up');
    await caller.pass();
    assert.equal(call.tones, '5');
    const target = `transfer to sip:1003@127.0.0.1:${peer.place.port}`;
    assert.deepEqual(
      call.seen.filter((what) => what !== 'acknowledged'),
      ['held', 'resumed', 'tone 5', target, 'transfer told', 'hung up'],
    );
    assert.equal(call.seen.filter((what) => what === 'acknowledged').length, 3);
  });

  it('is busy', async () => {
    const caller = calledBy('caller-refused');
    const call = await peer.called();
    call.refuse(486);
    await call.until('acknowledged');
    await caller.pass();
  });

  it('rings, and the caller gives up', async () => {
    const caller = calledBy('caller-gives-up');
    const call = await peer.called();
    call.ring();
    await call.until('cancelled');
    await call.until('acknowledged');
    await caller.pass();
    assert.equal(call.state, 'ended');
  });

  it('calls, holds, resumes and hangs up', async () => {
    const called = callerOf('called');
    const call = await peer.call(`sip:1002@127.0.0.1:${port}`, { number: '+4930123456', name: 'Ada' });
    await call.until('connected');
    assert.equal(await call.hold(), 200);
    assert.equal(await call.resume(), 200);
    await call.hangup();
    await called.pass();
    assert.deepEqual(call.seen, ['ringing', 'connected']);
  });

  it('calls who is busy', async () => {
    const called = callerOf('called-refuses');
    const call = await peer.call(`sip:1002@127.0.0.1:${port}`, { number: '1005' });
    await call.until('refused 486');
    await called.pass();
    assert.equal(call.state, 'ended');
  });

  it('gives up while it rings', async () => {
    const called = callerOf('called-in-vain');
    const call = await peer.call(`sip:1002@127.0.0.1:${port}`, { number: '1005' });
    await call.until('ringing');
    await call.hangup();
    await called.pass();
    assert.deepEqual(call.seen, ['ringing', 'refused 487']);
  });
});
