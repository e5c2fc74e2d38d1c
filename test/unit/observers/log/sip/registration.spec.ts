import assert from 'node:assert/strict';
import { LogReader } from '../../../../../src/observers/log/log-reader';
import type { Registration } from '../../../../../src/phone/calls/call';
import { request, response, ScriptedLog } from '../scripted-log';

const ID = '...."Alice" <sip:1001@pbx.example.test>: ';
const register = (expires = '300'): string => request('REGISTER', { callId: 'reg', headers: [`Expires: ${expires}`] });
const refusal = response(401, 'Unauthorized', 'REGISTER', { callId: 'reg' });
const success = (log: ScriptedLog, seconds = 300): ScriptedLog =>
  log.line('pjsua_acc.c', `${ID}registration success, status=200 (OK), will re-register in ${seconds} seconds`);

const toldBy = (log: ScriptedLog): Registration[] =>
  log.happenings.flatMap((happening) => (happening.type === 'registration' ? [happening.registration] : []));

describe('registration in a log', () => {
  const registered: Registration[] = [{ state: 'registering' }, { state: 'registered', sipStatus: 200 }];

  it('is there after a challenge that was answered', () => {
    assert.deepEqual(toldBy(success(new ScriptedLog().tx(register()).rx(refusal).tx(register()))), registered);
  });

  it('failed with the status that pjsip tells, or the one behind an error of its own', () => {
    const failed = (line: string): unknown =>
      toldBy(new ScriptedLog().tx(register()).rx(refusal).line('pjsua_acc.c', line)).at(-1);
    assert.deepEqual(failed('....SIP registration failed, status=403 (Forbidden)'), {
      state: 'failed',
      sipStatus: 403,
    });
    const error = 'SIP registration error: Unable to authenticate (PJSIP_EAUTHSTALECOUNT) [status=171111]';
    assert.deepEqual(failed(`....${error}`), { state: 'failed', sipStatus: 401 });
    assert.deepEqual(toldBy(new ScriptedLog().line('pjsua_acc.c', error)), [{ state: 'failed' }]);
  });

  it('goes on when pjsip is only busy with it', () => {
    const busy = 'SIP registration error: Object is busy (PJSIP_EBUSY) [status=171001]';
    assert.deepEqual(toldBy(success(new ScriptedLog().tx(register())).line('pjsua_acc.c', busy)), registered);
  });

  it('is not told again while it is only renewed', () => {
    const log = success(success(new ScriptedLog().tx(register())).wait(290_000).tx(register()));
    assert.deepEqual(toldBy(log), registered);
  });

  it('is over when the account is taken out, when it runs out and when the program ends', () => {
    const over = [...registered, { state: 'unregistered' }];
    const log = (): ScriptedLog => success(new ScriptedLog().tx(register()));
    assert.deepEqual(toldBy(log().tx(register('0')).line('pjsua_acc.c', `${ID}unregistration success`)), over);
    assert.deepEqual(toldBy(log().line('pjsua_core.c', '.PJSUA destroyed...')), over);
    const setting = log().line('pjsua_acc.c', '.Acc 1: setting registration..');
    assert.deepEqual(toldBy(setting.line('pjsua_acc.c', '.Account id 0 deleted')), registered);
    assert.deepEqual(toldBy(setting.line('pjsua_acc.c', '.Account id 1 deleted')), over);
    assert.deepEqual(toldBy(log().wait(306_000).line('pjsua_core.c', 'anything')), over);
    assert.deepEqual(toldBy(log().wait(299_000).tx(register()).wait(20_000).line('pjsua_core.c', 'x')), registered);
  });

  it('goes by a clock that nobody sets where lines are read as they are written', () => {
    const reader = new LogReader();
    const line = (stamp: string, text: string): Buffer => Buffer.from(`${stamp}        pjsua_acc.c  ${text}\r\n`);
    const success = `${ID}registration success, status=200 (OK), will re-register in 300 seconds`;
    reader.push(line('12:00:00.000', success), { at: 1_000 });
    for (const stamp of ['13:00:01.000', '13:00:02.000', '11:00:03.000'])
      assert.deepEqual(reader.push(line(stamp, 'anything'), { at: 2_000 }), [], stamp);
    assert.deepEqual(reader.tick(0, { at: 305_000 }), []);
    assert.equal(reader.tick(0, { at: 307_000 }).length, 1);
    assert.deepEqual(reader.registration, { state: 'unregistered' });
  });

  it('may have no end', () => {
    const line = `${ID}registration success, status=200 (OK), auto re-register disabled`;
    const log = new ScriptedLog().tx(register()).line('pjsua_acc.c', line).wait(9_000_000).line('pjsua_core.c', 'x');
    assert.deepEqual(toldBy(log), registered);
  });

  it('does not change by what a caller writes into a message', () => {
    const body = `\r\n--end msg--\r\n12:00:00.000   pjsua_acc.c  SIP registration failed, status=403 (Forbidden)\r\n`;
    assert.deepEqual(toldBy(success(new ScriptedLog().tx(register())).rx(request('MESSAGE', { body }))), registered);
  });
});
