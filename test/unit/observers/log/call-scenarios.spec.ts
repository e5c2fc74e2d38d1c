import assert from 'node:assert/strict';
import { toldCalls, type ToldCall } from './recorded-logs';
import { byThem, byUs, request, response, ScriptedLog, sdp, THEM, US, type MessageParts } from './scripted-log';

const dialled: MessageParts = {
  from: `${US};tag=ours`,
  to: '<sip:200@pbx.example.test>',
  uri: 'sip:200@pbx.example.test',
};
const far = (tag = 'theirs'): MessageParts => ({ ...dialled, to: `<sip:200@pbx.example.test>;tag=${tag}` });

const ringing = (invite: MessageParts = {}): ScriptedLog =>
  new ScriptedLog()
    .rx(request('INVITE', { ...invite, ...(invite.body === undefined && sdp('sendrecv')) }))
    .tx(response(180, 'Ringing', 'INVITE', { ...invite, headers: [], body: '', to: byThem.to }));
const answered = (): ScriptedLog =>
  ringing()
    .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('sendrecv') }))
    .rx(request('ACK', byThem));
const dialling = (): ScriptedLog => new ScriptedLog().tx(request('INVITE', { ...dialled, ...sdp('sendrecv') }));

const statesOf = (log: ScriptedLog): string[][] =>
  toldCalls(log.happenings).map(({ states }) => states.map(({ state }) => state));
const only = (log: ScriptedLog): ToldCall => {
  const calls = toldCalls(log.happenings);
  assert.equal(calls.length, 1);
  return calls[0] as ToldCall;
};
const partyOf = (headers: string[]): object => only(ringing({ ...sdp('sendrecv'), headers })).call.party;

describe('calls in a log', () => {
  describe('who is on the other end', () => {
    it('is what P-Asserted-Identity says, in the way MicroSIP takes it', () => {
      assert.deepEqual(partyOf(['P-Asserted-Identity: "Ada" <sip:+493012@example.org;user=phone>']), {
        number: '+493012',
        name: 'Ada',
        uri: 'sip:+493012@example.org',
      });
      const two = 'P-Asserted-Identity: <tel:+4930>, "A, B" <sip:+493012@example.org>';
      assert.deepEqual(partyOf([two]), { number: '+493012', name: 'A, B', uri: 'sip:+493012@example.org' });
    });

    it('is what Remote-Party-ID says when there is no P-Asserted-Identity', () => {
      const rpi = 'remote-party-id: "Ada" <sip:31@example.org>;party=calling;privacy=off';
      assert.deepEqual(partyOf([rpi]), { number: '31', name: 'Ada', uri: 'sip:31@example.org' });
      assert.deepEqual(partyOf([rpi, 'P-Asserted-Identity: <sip:32@example.org>']), {
        number: '32',
        uri: 'sip:32@example.org',
      });
      const called = 'Remote-Party-ID: <sip:31@example.org>;party=called';
      assert.deepEqual(partyOf([called]), { number: '200', name: 'Bob', uri: 'sip:200@pbx.example.test' });
    });

    it('keeps the name that it gives itself when the network confirms only the number', () => {
      assert.deepEqual(partyOf(['P-Asserted-Identity: <sip:200@example.org>']), {
        number: '200',
        name: 'Bob',
        uri: 'sip:200@example.org',
      });
    });

    it('may become known with a response or change during the call', () => {
      const identity = (name: string): string[] => [`P-Asserted-Identity: "${name}" <sip:200@example.org>`];
      const log = dialling()
        .rx(response(180, 'Ringing', 'INVITE', { ...far(), headers: identity('Bob') }))
        .rx(response(200, 'OK', 'INVITE', far()))
        .rx(request('UPDATE', { from: far().to ?? '', to: dialled.from ?? '', cseq: 9, headers: identity('Carol') }));
      const names = log.happenings.flatMap((each) => (each.type === 'call' ? [each.call.party.name] : []));
      assert.deepEqual(names, [undefined, 'Bob', 'Bob', 'Carol']);
    });

    it('comes with the account that was called and who diverted the call', () => {
      const headers = ['Diversion: "Desk" <sip:300@pbx.example.test>;reason=unconditional, <sip:301@pbx>'];
      const { call } = only(ringing({ ...sdp('sendrecv'), headers }));
      assert.equal(call.account, '1001');
      assert.equal(call.diversion, '300');
    });
  });

  describe('incoming', () => {
    it('is answered without ringing by auto-answer', () => {
      const log = new ScriptedLog().rx(request('INVITE')).tx(response(200, 'OK', 'INVITE', byThem));
      assert.deepEqual(statesOf(log), [['incoming', 'active']]);
    });

    it('that is refused or given up before it rings is told apart', () => {
      for (const [status, reason] of [
        [486, 'Do Not Disturb'],
        [302, 'Moved Temporarily'],
      ] as const) {
        const log = new ScriptedLog().rx(request('INVITE')).tx(response(status, reason, 'INVITE', byThem));
        const { rang, end } = only(log);
        assert.equal(rang, false);
        assert.deepEqual(end, { by: 'local', status, reason });
      }
      assert.equal(only(new ScriptedLog().rx(request('INVITE')).rx(request('CANCEL'))).rang, false);
    });

    it('is a new call when the caller tries again with the same Call-ID after a refusal', () => {
      const log = new ScriptedLog()
        .rx(request('INVITE'))
        .tx(response(488, 'Not Acceptable Here', 'INVITE', byThem))
        .rx(request('INVITE'))
        .rx(request('INVITE', { cseq: 2, branch: 'z9hG4bK2' }))
        .tx(response(180, 'Ringing', 'INVITE', { ...byThem, cseq: 2, branch: 'z9hG4bK2' }));
      const last = log.happenings.at(-1);
      assert.ok(last?.type === 'call' && last.call.state === 'ringing' && last.call.key === 'call-1');
    });

    it('gets another key when a Call-ID comes back after a call that was reported', () => {
      const log = ringing()
        .rx(request('CANCEL'))
        .rx(request('INVITE', { cseq: 2 }))
        .tx(response(180, 'Ringing', 'INVITE', { ...byThem, cseq: 2 }));
      assert.deepEqual(
        toldCalls(log.happenings).map(({ call }) => call.key),
        ['call-1', 'call-1 (2)'],
      );
    });

    it('is not ended by the refusal of a copy of its INVITE that came another way', () => {
      const copy = { branch: 'z9hG4bKother' };
      const log = ringing()
        .rx(request('INVITE', copy))
        .tx(response(482, 'Loop Detected', 'INVITE', { ...byThem, ...copy }));
      assert.deepEqual(statesOf(log), [['incoming', 'ringing']]);
    });

    it('is not ended by a CANCEL that crosses the answer, or one of another caller', () => {
      assert.deepEqual(statesOf(answered().rx(request('CANCEL'))), [['incoming', 'ringing', 'active']]);
      const other = request('CANCEL', { from: `${THEM};tag=other` });
      assert.deepEqual(statesOf(ringing().rx(other)), [['incoming', 'ringing']]);
    });

    it('tells the Q.850 cause and that another device took the call', () => {
      const headers = ['Reason: Q.850;cause=26;text="Answered, elsewhere", SIP ;cause=200'];
      const { end } = only(ringing().rx(request('CANCEL', { headers })));
      assert.deepEqual(end, {
        by: 'remote',
        status: 487,
        reason: 'Request Terminated',
        elsewhere: true,
        q850Cause: 26,
      });
    });

    it('is known from our response when its INVITE was cut off before its Call-ID', () => {
      const padding = Array.from({ length: 20 }, () => `X-Pad: ${'p'.repeat(190)}`);
      const long = request('INVITE', { headers: padding }).replace(
        /^(INVITE.*\r\n)((?:.*\r\n)*?)(X-Pad[\s\S]*)$/,
        '$1$3',
      );
      const log = new ScriptedLog()
        .rx(
          long.replace(
            'Content-Length',
            `From: ${THEM};tag=theirs\r\nCall-ID: call-1\r\nCSeq: 1 INVITE\r\nContent-Length`,
          ),
        )
        .tx(response(100, 'Trying', 'INVITE'))
        .tx(response(180, 'Ringing', 'INVITE', byThem))
        .rx(request('CANCEL'));
      assert.deepEqual(statesOf(log), [['incoming', 'ringing', 'ended']]);
    });
  });

  describe('outgoing', () => {
    it('is still one call after an authentication, a longer session interval or a redirection', () => {
      for (const [status, reason] of [
        [401, 'Unauthorized'],
        [422, 'Session Interval Too Small'],
        [302, 'Moved Temporarily'],
      ] as const) {
        const log = dialling()
          .rx(response(status, reason, 'INVITE', far('proxy')))
          .tx(request('INVITE', { ...dialled, cseq: 2, uri: 'sip:201@pbx.example.test' }))
          .rx(response(180, 'Ringing', 'INVITE', { ...far(), cseq: 2 }));
        assert.deepEqual(statesOf(log), [['calling', 'ringing']]);
      }
    });

    it('has ended with a refusal that no retry follows', () => {
      const log = dialling()
        .rx(response(401, 'Unauthorized', 'INVITE', far()))
        .wait(2_500)
        .line('pjsua_acc.c', 'later');
      const { end, states } = only(log);
      assert.deepEqual(end, { by: 'remote', status: 401, reason: 'Unauthorized' });
      assert.equal(states.at(-1)?.t, '12:00:00.000');
    });

    it('has ended as soon as pjsip says so, in the words of old and new versions', () => {
      const refused = (): ScriptedLog =>
        new ScriptedLog()
          .line('inv0x51', '..Sending Request msg INVITE/cseq=1 (tdta0x1)')
          .tx(request('INVITE', dialled), 'tdta0x1')
          .rx(response(401, 'Unauthorized', 'INVITE', far()));
      const told = (log: ScriptedLog): unknown => only(log).end?.status;
      assert.equal(told(refused()), undefined);
      assert.equal(
        told(refused().line('inv0x51', '..State changed from CALLING to DISCONNECTED, event=TSX_STATE')),
        401,
      );
      const dump = '..\n  [DISCONNCTD] To: <sip:200@pbx.example.test>;tag=theirs\n    Call time: 00h:00m:00s';
      assert.equal(told(refused().line('pjsua_media.c', dump)), 401);
    });

    it('is not answered when the far end takes it while we give up', () => {
      const log = dialling()
        .rx(response(180, 'Ringing', 'INVITE', far()))
        .tx(request('CANCEL', dialled))
        .rx(response(200, 'OK', 'INVITE', far()))
        .rx(response(200, 'OK', 'CANCEL', far()))
        .tx(request('ACK', far()))
        .tx(request('BYE', { ...far(), cseq: 2 }));
      const { states, end } = only(log);
      assert.deepEqual(
        states.map(({ state }) => state),
        ['calling', 'ringing', 'ended'],
      );
      assert.deepEqual(end, { by: 'local', status: 487, reason: 'Request Terminated' });
    });

    it('goes on when a second fork answers and is sent away', () => {
      const log = dialling()
        .rx(response(180, 'Ringing', 'INVITE', far('a')))
        .rx(response(200, 'OK', 'INVITE', far('b')))
        .rx(response(200, 'OK', 'INVITE', far('a')))
        .tx(request('BYE', { ...far('a'), cseq: 2 }));
      assert.deepEqual(statesOf(log), [['calling', 'ringing', 'active']]);
      assert.deepEqual(statesOf(log.tx(request('BYE', { ...far('b'), cseq: 2 }))), [
        ['calling', 'ringing', 'active', 'ended'],
      ]);
    });

    it('was ended by us when we hung up before any answer came', () => {
      const log = new ScriptedLog()
        .line('inv0x51', '..Sending Request msg INVITE/cseq=1 (tdta0x1)')
        .line('tsx0x52', '...Sending Request msg INVITE/cseq=1 (tdta0x1) in state Null')
        .tx(request('INVITE', dialled), 'tdta0x1')
        .line('inv0x51', '.Delaying CANCEL since no provisional response is received yet')
        .wait(32_000)
        .line('tsx0x52', '.State changed from Calling to Terminated, event=TIMER');
      assert.deepEqual(only(log).end, { by: 'local', status: 487, reason: 'Request Terminated' });
    });

    it('ends with what an older pjsip says of the transaction and the session', () => {
      const sending = (log: ScriptedLog): ScriptedLog =>
        log
          .line('inv04F2A3BC', '..Sending Request msg INVITE/cseq=1 (tdta04F2B000)')
          .line('tsx04F2C000', '...Sending Request msg INVITE/cseq=1 (tdta04F2B000) in state Null');
      const log = sending(new ScriptedLog())
        .tx(request('INVITE', dialled), 'tdta04F2B000')
        .line('tsx04F2C000', '.State changed from Calling to Terminated, event=TRANSPORT_ERROR');
      assert.deepEqual(only(log).end, { by: 'transport', status: 503, reason: 'Service Unavailable' });
      const never = sending(
        new ScriptedLog()
          .line('pjsua_call.c', 'Making call with acc #0 to "Ada" <sip:200@192.0.2.7;transport=tcp>')
          .line('inv04F2A3BC', '.UAC invite session created for dialog dlg04F2A3BC'),
      ).line('pjsua_media.c', '..\n  [DISCONNCTD] To: <sip:200@192.0.2.7>\n    Call time: 00h:00m:00s');
      const { call, end } = only(never);
      assert.deepEqual(call.party, { number: '200', name: 'Ada', uri: 'sip:200@192.0.2.7;transport=tcp' });
      assert.deepEqual(end, { by: 'transport', status: 503, reason: 'Service Unavailable' });
    });
  });

  describe('hold', () => {
    const agreed = (log: ScriptedLog, offer: string, answer: string, cseq: number, method = 'INVITE'): ScriptedLog =>
      log
        .tx(request(method, { ...byUs, ...sdp(offer), cseq }))
        .rx(response(200, 'OK', method, { ...byUs, ...sdp(answer), cseq }));
    const accepted = (log: ScriptedLog, offer: string, answer: string, cseq: number): ScriptedLog =>
      log
        .rx(request('INVITE', { ...byThem, ...sdp(offer), cseq }))
        .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp(answer), cseq }));
    const heldBy = (log: ScriptedLog): unknown => only(log).call.heldBy;

    it('may be by both', () => {
      const log = answered();
      agreed(log, 'sendonly', 'recvonly', 5);
      assert.equal(heldBy(log), 'local');
      accepted(log, 'sendonly', 'inactive', 6);
      assert.equal(heldBy(log), 'both');
      accepted(log, 'recvonly', 'sendonly', 7);
      assert.equal(heldBy(log), 'local');
      agreed(log, 'sendrecv', 'sendrecv', 6);
      assert.equal(heldBy(log), undefined);
    });

    it('may come in any order and be taken back in any order', () => {
      const log = answered();
      accepted(log, 'sendonly', 'recvonly', 5);
      agreed(log, 'inactive', 'inactive', 6);
      assert.equal(heldBy(log), 'both');
      agreed(log, 'sendrecv', 'sendonly', 7);
      assert.equal(heldBy(log), 'remote');
      accepted(log, 'sendrecv', 'sendrecv', 8);
      assert.equal(heldBy(log), undefined);
    });

    it('is none when MicroSIP only tells the far end its contact anew, right after the call has connected', () => {
      const log = agreed(answered(), 'sendrecv', 'sendrecv', 5, 'INVITE');
      assert.equal(heldBy(log), undefined);
    });

    it('is not ours when we only refresh a session that the far end holds', () => {
      const log = accepted(answered(), 'inactive', 'inactive', 5);
      agreed(log, 'inactive', 'inactive', 6, 'UPDATE');
      assert.equal(heldBy(log), 'remote');
    });

    it('is by UPDATE, by the address 0.0.0.0, and by an answer to an INVITE without an offer', () => {
      assert.equal(heldBy(agreed(answered(), 'sendonly', 'recvonly', 5, 'UPDATE')), 'local');
      const nowhere = answered()
        .rx(request('INVITE', { ...byThem, ...sdp('sendrecv', '0.0.0.0'), cseq: 5 }))
        .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('inactive'), cseq: 5 }));
      assert.equal(heldBy(nowhere), 'remote');
      const late = answered()
        .rx(request('INVITE', { ...byThem, cseq: 5 }))
        .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('sendrecv'), cseq: 5 }))
        .rx(request('ACK', { ...byThem, ...sdp('sendonly'), cseq: 5 }));
      assert.equal(heldBy(late), 'remote');
    });

    it('is not there when the offer was refused, or is known from the answer when the offer was cut off', () => {
      const refused = answered()
        .tx(request('INVITE', { ...byUs, ...sdp('sendonly'), cseq: 5 }))
        .rx(response(491, 'Request Pending', 'INVITE', { ...byUs, cseq: 5 }));
      assert.equal(heldBy(refused), undefined);
      const { headers = [], body = '' } = sdp('sendonly');
      const cut = answered()
        .tx(request('INVITE', { ...byUs, headers, body: body.replace('s=-', `s=-${'x'.repeat(4000)}`), cseq: 5 }))
        .rx(response(200, 'OK', 'INVITE', { ...byUs, ...sdp('recvonly'), cseq: 5 }));
      assert.equal(heldBy(cut), 'local');
    });

    it('is no hold when a call begins with one-way media', () => {
      const log = ringing(sdp('sendonly')).tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('recvonly') }));
      accepted(log, 'sendonly', 'recvonly', 5);
      assert.deepEqual(statesOf(log), [['incoming', 'ringing', 'active']]);
    });
  });

  describe('transfer', () => {
    const refer = (): ScriptedLog =>
      answered().tx(request('REFER', { ...byUs, cseq: 5, headers: ['Refer-To: <sip:300@pbx.example.test>'] }));
    const accepted = (): ScriptedLog => refer().rx(response(202, 'Accepted', 'REFER', { ...byUs, cseq: 5 }));
    const progress = (status: string): string =>
      request('NOTIFY', { ...byThem, cseq: 7, headers: ['Event: refer'], body: `SIP/2.0 ${status}\r\n` });
    const targets = (log: ScriptedLog): unknown[] =>
      log.happenings.flatMap((each) => (each.type === 'transferred' ? [each.target.number] : []));
    const bye = request('BYE', { ...byThem, cseq: 8 });

    it('went through when the target answered, or when the call ends after it was accepted', () => {
      assert.deepEqual(targets(accepted().rx(progress('180 Ringing'))), []);
      assert.deepEqual(targets(accepted().rx(progress('200 OK')).rx(bye)), ['300']);
      assert.deepEqual(targets(accepted().rx(bye)), ['300']);
    });

    it('did not happen when it or its call was refused', () => {
      assert.deepEqual(
        targets(
          refer()
            .rx(response(603, 'Decline', 'REFER', { ...byUs, cseq: 5 }))
            .rx(bye),
        ),
        [],
      );
      assert.deepEqual(targets(accepted().rx(progress('486 Busy Here')).rx(bye)), []);
    });
  });

  it('are not ended by a BYE of a stale dialog, nor by refusals of other requests', () => {
    const log = answered()
      .rx(request('BYE', { ...byThem, from: `${THEM};tag=stale`, cseq: 5 }))
      .tx(response(481, 'Call/Transaction Does Not Exist', 'BYE', { ...byThem, cseq: 5 }))
      .tx(response(500, 'Internal Server Error', 'OPTIONS', { ...byThem, cseq: 6 }))
      .rx(response(415, 'Unsupported Media Type', 'INFO', { ...byUs, cseq: 7 }));
    assert.deepEqual(statesOf(log), [['incoming', 'ringing', 'active']]);
  });

  it('are at most as many as a phone can have, however many INVITEs come', () => {
    const log = answered();
    for (let index = 0; index < 1_500; index += 1) log.rx(request('INVITE', { callId: `flood-${index}` }));
    const open = toldCalls(log.happenings).filter(({ end }) => end === undefined);
    assert.equal(open.length, 200);
    assert.equal(open[0]?.call.state, 'connected');
  });
});
