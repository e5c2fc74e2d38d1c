import assert from 'node:assert/strict';
import { readInPieces, recordedLog, recordedLogs, toldCalls, type ToldCall } from './recorded-logs';
import { byThem, byUs, request, response, sdp, ScriptedLog, THEM, US } from './scripted-log';

/** The log without what lies between the two texts, as when the disk was full for a while. */
function without(bytes: Buffer, from: string, to: string): Buffer {
  const begin = bytes.indexOf(from);
  const end = bytes.indexOf(to, begin);
  assert.ok(begin > 0 && end > begin, `${from} … ${to}`);
  return Buffer.concat([bytes.subarray(0, begin), bytes.subarray(end)]);
}

function only(bytes: Buffer): ToldCall {
  const [told, ...others] = toldCalls(readInPieces(bytes));
  assert.ok(told && others.length === 0);
  return told;
}

describe('a log that has lost lines', () => {
  const invite = request('INVITE', sdp('sendrecv'));
  const ringing = (): ScriptedLog => new ScriptedLog().rx(invite).tx(response(180, 'Ringing', 'INVITE', byThem));
  const answered = (): ScriptedLog =>
    ringing()
      .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('sendrecv') }))
      .rx(request('ACK', byThem))
      .wait(3_000);
  const states = (told: ToldCall): string[] => told.states.map(({ state }) => state);

  it('shows a call whose INVITE it lost by the first response to it', () => {
    const told = only(
      without(
        answered().bytes,
        '12:00:00.000         sip_endpoint.c  Processing',
        '12:00:00.000           pjsua_core.c  .TX',
      ),
    );
    assert.deepEqual(states(told), ['incoming', 'ringing', 'active']);
    assert.equal(told.call.party.number, '200');
  });

  it('ends a call by our answer to a BYE that it lost', () => {
    const log = answered().tx(response(200, 'OK', 'BYE', { ...byThem, cseq: 2 }));
    assert.deepEqual(only(log.bytes).end, { by: 'remote', status: 200, reason: 'OK' });
  });

  it('ends a call by the answer to our BYE that it lost', () => {
    const log = answered().rx(response(200, 'OK', 'BYE', { ...byUs, cseq: 2 }));
    assert.deepEqual(only(log.bytes).end, { by: 'local', status: 200, reason: 'OK' });
  });

  it('does not end a call by an answer to the BYE of another fork, or to one that is no BYE', () => {
    const other = { ...byUs, to: `${THEM};tag=other`, cseq: 2 };
    const log = answered()
      .rx(response(200, 'OK', 'BYE', other))
      .rx(response(481, 'Call Does Not Exist', 'BYE', { ...byUs, cseq: 2 }))
      .rx(response(200, 'OK', 'INFO', { ...byUs, cseq: 3 }));
    assert.deepEqual(states(only(log.bytes)), ['incoming', 'ringing', 'active']);
  });

  it('tells that the caller gave up whose CANCEL it lost', () => {
    const log = ringing().tx(response(487, 'Request Terminated', 'INVITE', byThem));
    assert.deepEqual(only(log.bytes).end, { by: 'remote', status: 487, reason: 'Request Terminated' });
  });

  it('tells that we gave up when it lost our CANCEL', () => {
    const dialled = { from: `${US};tag=ours`, to: THEM };
    const log = new ScriptedLog()
      .tx(request('INVITE', dialled))
      .rx(response(180, 'Ringing', 'INVITE', byUs))
      .rx(response(200, 'OK', 'CANCEL', byUs))
      .rx(response(487, 'Request Terminated', 'INVITE', byUs));
    assert.equal(only(log.bytes).end?.by, 'local');
  });

  it('ends a call by what pjsip says of it when no message of its end is left', () => {
    const { bytes } = recordedLog('incoming-answered-remote-hangup');
    const lost = without(bytes, 'Processing incoming message: Request msg BYE', 'pjsua_media.c  ');
    assert.equal(only(lost).states.at(-1)?.state, 'ended');
  });

  it('goes on with the calls behind the loss, wherever it begins and ends', () => {
    const next = new ScriptedLog();
    for (let index = 0; index < 8; index += 1) {
      const mine = { callId: `call-${index}`, branch: `z9hG4bK${index}` };
      next.rx(request('INVITE', mine)).tx(response(180, 'Ringing', 'INVITE', { ...mine, ...byThem }));
      next.tx(response(603, 'Decline', 'INVITE', { ...mine, ...byThem })).wait(500);
    }
    const rest = next.bytes.subarray(next.bytes.indexOf('\n') + 1);
    for (const { bytes, name } of recordedLogs().filter((_, index) => index % 7 === 0)) {
      for (let from = 900; from < bytes.length; from += 1_777) {
        const told = toldCalls(readInPieces(Buffer.concat([bytes.subarray(0, from), rest])));
        const last = told.find(({ call }) => call.key === 'call-7');
        assert.equal(last?.end?.status, 603, `${name} at ${from}`);
      }
    }
  });
});
