import assert from 'node:assert/strict';
import { presenceOf } from '../support/presence';
import { failsWith } from '../support/fails-with';
import { type ContractStage, quiet } from './contract-stage';

/** ms: so long that what does not wait for the end of it is told from what does, also on a slow machine. */
const HANG = 4000;

/** What was told to be the matter, and that it was over. */
function problems(stage: ContractStage): string[] {
  return stage.log.events.flatMap((event) => (event.event === 'problem' ? [event.problem ?? 'over'] : []));
}

/** A MicroSIP that is not as it should be. */
export function faultsContract(stage: ContractStage): void {
  stage.needs('account', 'a dial while unregistered fails now instead of ringing somebody later', async () => {
    await stage.world.microsip.unregister();
    await stage.log.until('registration', stage.log.named('registration').length === 0 ? 1 : 2);
    await failsWith('not_registered', stage.phone.execute({ type: 'dial', number: '1002' }));
    await stage.world.microsip.register();
    await quiet();
    assert.deepEqual(await stage.world.received(), []);
    assert.deepEqual(stage.callEvents(), []);
  });

  stage.needs('sip_stack', 'is not_ready while the SIP stack is down, and works again afterwards', async () => {
    await stage.world.microsip.setReady(false);
    const why = stage.lacks.readiness === undefined ? 'not_ready' : 'line_busy';
    await failsWith(why, stage.phone.execute({ type: 'dial', number: '1002' }));
    await stage.world.microsip.setReady(true);
    await stage.state('idle');
    await stage.world.microsip.register();
    const end = Date.now() + 5000;
    const registered = (): boolean =>
      stage.lacks.account !== undefined || stage.phone.snapshot().registration?.state === 'registered';
    while (!registered() && Date.now() < end) await quiet();
    await stage.phone.execute({ type: 'dial', number: '1002' });
    await stage.log.until('outgoing');
  });

  stage.needs('hanging', 'a hung MicroSIP gives timeout, keeps its call, and is fine again by itself', async () => {
    await stage.connectedOutbound();
    const slow = stage.world.phone({ timeout: 500 });
    await slow.open();
    await stage.world.microsip.hang(HANG);
    const before = Date.now();
    await failsWith('timeout', slow.execute({ type: 'hangup', scope: 'all' }));
    assert.ok(Date.now() - before < HANG - 100, 'the timeout took as long as the hang');
    await slow.close();
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered']);
    await presenceOf(stage.phone, 'ready');
    await quiet();
    await stage.phone.execute({ type: 'hangup', scope: 'all' });
    await stage.log.until('ended');
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'ended']);
    assert.deepEqual((await stage.world.received()).slice(1), ['/hangupall']);
    if (stage.lacks.boxes === undefined) assert.deepEqual(problems(stage), ['timeout', 'over']);
  });

  stage.needs('boxes', 'tells of a message box that waits, and goes on working behind it', async () => {
    const { phone, world, log } = stage;
    await world.microsip.showBox('MicroSIP Update Available');
    await log.until('problem');
    const { problem, problemText } = phone.snapshot();
    assert.deepEqual([problem, problemText], ['blocked', 'MicroSIP Update Available']);
    await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended');
    assert.deepEqual(problems(stage), ['blocked']);
    await world.user.closeBox();
    await log.until('problem', 2);
    assert.deepEqual([problems(stage), phone.snapshot().problem], [['blocked', 'over'], undefined]);
  });

  it('killed in a call, then started again', async () => {
    await stage.connectedOutbound();
    await stage.world.microsip.crash();
    const ended = await stage.log.until('ended');
    assert.equal(ended.source, 'watchdog');
    await stage.log.until('phone_offline');
    assert.equal(stage.phone.snapshot().state, 'offline');
    await failsWith('not_running', stage.phone.execute({ type: 'dial', number: '1002' }));
    await stage.world.microsip.start();
    await stage.log.until('phone_online', 2);
    await stage.state('idle');
    await stage.incoming();
    await quiet();
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'ended', 'incoming']);
  });

  it('closed and opened again in a call: the call goes on and ends once', async () => {
    const callId = await stage.connectedOutbound();
    await stage.phone.close();
    await failsWith('closed', stage.phone.execute({ type: 'dtmf', digits: '1' }));
    await stage.phone.open();
    await stage.state('connected');
    await stage.world.far.hangup();
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.callId, callId);
    await quiet();
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'ended']);
  });
}
