import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SipMessage } from '../support/sip-peer/sip-message';
import { SipPeer } from '../support/sip-peer/sip-peer';

describe('the SIP peer of the tests, by what reaches its port', () => {
  let peer: SipPeer;
  let socket: Socket;

  beforeEach(async () => {
    peer = await SipPeer.open();
    socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
  });
  afterEach(async () => {
    socket.close();
    await peer.close();
  });

  const say = (...lines: string[]): void => {
    const via = `v: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK1`;
    socket.send([lines[0], via, ...lines.slice(1), '', ''].join('\r\n'), peer.place.port, '127.0.0.1');
  };
  const heard = async (): Promise<SipMessage> => {
    const [packet] = (await once(socket, 'message')) as [Buffer];
    const message = SipMessage.read(packet.toString());
    assert.ok(message);
    return message;
  };

  it('is a registrar that tells where who registers is called', async () => {
    const register = ['REGISTER sip:127.0.0.1 SIP/2.0', 'f: <sip:1001@127.0.0.1>;tag=1', 't: <sip:1001@127.0.0.1>'];
    say(...register, 'i: one', 'CSeq: 1 REGISTER', 'm: <sip:1001@10.0.0.1>');
    const accepted = await heard();
    assert.deepEqual([accepted.status, accepted.header('Contact')], [200, '<sip:1001@10.0.0.1>']);
    assert.equal(peer.contact, `sip:1001@127.0.0.1:${socket.address().port}`);
    assert.deepEqual(peer.seen, ['registered 1001']);
  });

  it('takes a repeated request once, and answers it again', async () => {
    const message = ['MESSAGE sip:1002@x SIP/2.0', 'From: <sip:1001@x>', 'To:', ' <sip:1002@x>', 'Call-ID: two'];
    for (let time = 1; time <= 2; time += 1) {
      say(...message, 'CSeq: 1 MESSAGE');
      const answer = await heard();
      assert.match(answer.header('To'), /^<sip:1002@x>;tag=\w+$/);
    }
    assert.equal(peer.seen.length, 1);
  });

  it('repeats an answer to an INVITE until it is acknowledged', async () => {
    const head = ['From: <sip:1001@x>;tag=1', 'To: <sip:1002@x>', 'Call-ID: three', 'Contact: <sip:1001@127.0.0.1>'];
    say('INVITE sip:1002@x SIP/2.0', ...head, 'CSeq: 1 INVITE');
    assert.equal((await heard()).status, 100);
    (await peer.called()).answer();
    assert.deepEqual([(await heard()).status, (await heard()).status], [200, 200]);
    say('ACK sip:1002@x SIP/2.0', ...head, 'CSeq: 1 ACK');
    const call = await peer.called();
    await call.until('acknowledged');
  });

  it('lets be what is no SIP', async () => {
    socket.send('\r\n\r\n', peer.place.port, '127.0.0.1');
    socket.send('GET / HTTP/1.1\r\n\r\n', peer.place.port, '127.0.0.1');
    say('OPTIONS sip:x SIP/2.0', 'From: <sip:1001@x>', 'To: <sip:x>', 'Call-ID: four', 'CSeq: 1 OPTIONS');
    assert.equal((await heard()).callId, 'four');
  });
});

describe('two SIP peers of the tests', () => {
  it('hold one call both, one after the other', async () => {
    const [one, other] = [await SipPeer.open(), await SipPeer.open()];
    try {
      const calling = await one.call(other.uri('1002'), { number: '1005' });
      const called = await other.called();
      called.answer();
      await calling.until('connected');
      await calling.hold();
      await called.until('held');
      await called.hold();
      await calling.until('held');
      await calling.resume();
      await called.until('resumed');
      await called.resume();
      await calling.until('resumed');
      await called.hangup();
      await calling.until('hung up');
    } finally {
      await one.close();
      await other.close();
    }
  });
});
