import assert from 'node:assert/strict';
import { byThem, request, response, ScriptedLog, sdp } from './scripted-log';

const NAME = '20261130-120000-200-incoming-1001.wav';
const invite = (callId: string, user = '200', cseq = 1): string =>
  request('INVITE', { callId, cseq, from: `<sip:${user}@pbx.example.test>;tag=theirs`, ...sdp('sendrecv') });
const answer = (callId: string, user = '200'): string =>
  response(200, 'OK', 'INVITE', {
    callId,
    from: `<sip:${user}@pbx.example.test>;tag=theirs`,
    to: '<sip:1001@pbx.example.test>;tag=ours',
    ...sdp('sendrecv'),
  });

const answered = (log: ScriptedLog, callId: string, user = '200'): ScriptedLog =>
  log.rx(invite(callId, user)).tx(answer(callId, user));
const creating = (log: ScriptedLog, path: string): ScriptedLog =>
  log.line('pjsua_aud.c', `.Creating recorder ${path}..`);
const recorded = (log: ScriptedLog): string[] =>
  log.happenings.flatMap((one) => {
    if (one.type !== 'recording') return [];
    const { news } = one;
    return [news.what === 'begun' ? `${news.sipCallId} ${news.path}` : `${news.sipCallId} ${news.what}`];
  });

describe('recording in a log', () => {
  it('is of the call that it is named after', () => {
    const log = answered(answered(new ScriptedLog(), 'a', '100'), 'b');
    assert.deepEqual(recorded(creating(log, `C:\\rec\\${NAME}`)), [`b C:\\rec\\${NAME}`]);
  });

  it('is of the only call, when the network has named the caller otherwise', () => {
    const path = `C:\\rec\\${NAME.replace('-200-', '-boss-')}`;
    assert.deepEqual(recorded(creating(answered(new ScriptedLog(), 'a'), path)), [`a ${path}`]);
    assert.deepEqual(recorded(creating(answered(answered(new ScriptedLog(), 'a'), 'b', '100'), path)), []);
    const older = path.replace('-120000-', '-110000-');
    assert.deepEqual(recorded(creating(answered(new ScriptedLog(), 'a'), older)), []);
  });

  it('is closed when its recorder is destroyed, and no other', () => {
    const log = answered(answered(new ScriptedLog(), 'a', '100'), 'b');
    const created = (id: number): unknown => log.line('pjsua_aud.c', `..Recorder created, id=${id}, slot=${id + 9}`);
    creating(log, `C:\\rec\\${NAME}`);
    created(3);
    created(4);
    creating(log, `C:\\rec\\${NAME.replace('-200-', '-100-')}`);
    created(5);
    for (const id of [4, 5, 3, 3]) log.line('pjsua_aud.c', `Destroying recorder ${id}..`);
    assert.deepEqual(recorded(log).slice(1), [
      'b opened',
      `a C:\\rec\\${NAME.replace('-200-', '-100-')}`,
      ...['a opened', 'a closed', 'b closed'],
    ]);
  });

  it('lies between the answer of the call and its end', () => {
    const path = `C:\\rec\\${NAME}`;
    assert.deepEqual(recorded(creating(new ScriptedLog().rx(invite('a')), path)), []);
    const over = answered(new ScriptedLog(), 'a').rx(
      request('BYE', {
        callId: 'a',
        cseq: 2,
        ...byThem,
        from: '<sip:200@pbx.example.test>;tag=theirs',
        to: '<sip:1001@pbx.example.test>;tag=ours',
      }),
    );
    assert.deepEqual(recorded(creating(over, path)), []);
  });

  it('is none by another name, another sender or in a message', () => {
    const log = (): ScriptedLog => answered(new ScriptedLog(), 'a');
    assert.deepEqual(recorded(creating(log(), 'C:\\rec\\song.wav')), []);
    assert.deepEqual(recorded(log().line('pjsua_core.c', `Creating recorder C:\\rec\\${NAME}..`)), []);
    const body = `\r\n--end msg--\r\n12:00:00.000   pjsua_aud.c  Creating recorder C:\\rec\\${NAME}..\r\n`;
    assert.deepEqual(recorded(log().rx(request('MESSAGE', { body }))), []);
  });
});
