import assert from 'node:assert/strict';
import { presenceOf } from '../support/presence';
import { failsWith } from '../support/fails-with';
import { quiet, secondsPass, type ContractStage } from './contract-stage';

/** The lives of calls, whoever moves them. */
export function callsContract(stage: ContractStage): void {
  it('is idle and online once it is opened', async () => {
    await presenceOf(stage.phone, 'ready');
    assert.equal(stage.phone.snapshot().state, 'idle');
    if (stage.lacks.account === undefined) assert.equal(stage.phone.snapshot().registration?.state, 'registered');
  });

  it('incoming, answered by the flow, DTMF, ended by the far end', async () => {
    const callId = await stage.incoming();
    const ringing = stage.log.named('incoming')[0]?.call;
    if (stage.lacks.numbers === undefined) assert.equal(ringing?.number, '+4930123456');
    if (stage.lacks.names === undefined) assert.equal(ringing?.name, 'Ada');
    assert.equal(ringing?.direction, 'inbound');
    assert.equal((await stage.phone.execute({ type: 'answer' })).callId, callId);
    await stage.log.until('answered');
    await stage.phone.execute({ type: 'dtmf', digits: '12#' });
    await stage.world.far.hangup();
    const ended = await stage.log.until('ended');
    await quiet();
    assert.deepEqual(stage.callEvents(), ['incoming', 'answered', 'ended']);
    assert.ok(stage.log.events.filter(({ call }) => call).every(({ call }) => call?.callId === callId));
    assert.equal(ended.call?.disposition, 'answered');
    if (stage.exact) assert.equal(ended.call.endedBy, 'remote');
    assert.deepEqual(await stage.world.received(), ['/answer', '/dtmf:12#']);
    assert.equal(stage.phone.snapshot().state, 'idle');
  });

  it('outgoing, alerting, connected, hung up by the flow', async () => {
    const { callId } = await stage.phone.execute({ type: 'dial', number: '+49 (30) 123-456' });
    const { call } = await stage.log.until('outgoing');
    assert.equal(call?.callId, callId);
    assert.equal(call?.number, '+4930123456');
    await stage.world.far.ring();
    await stage.log.until('alerting');
    await stage.world.far.answer();
    await stage.log.until('answered');
    await stage.phone.execute({ type: 'hangup', scope: 'all' });
    const ended = await stage.log.until('ended');
    await quiet();
    assert.deepEqual(stage.log.callEvents, ['outgoing', 'alerting', 'answered', 'ended']);
    assert.equal(ended.call?.endedBy, 'local');
    assert.deepEqual(await stage.world.received(), ['+4930123456', '/hangupall']);
  });

  it('outgoing and the far end is busy', async () => {
    await stage.phone.execute({ type: 'dial', number: '1002' });
    await stage.log.until('outgoing');
    await stage.world.far.busy();
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.answerTime, undefined);
    // The window does not tell why; the call history, which may be quicker, does.
    assert.match(ended.call?.disposition ?? '', stage.exact ? /^busy$/ : /^(?:busy|failed)$/);
    assert.equal(ended.confidence, stage.exact ? 'exact' : 'inferred');
  });

  it('outgoing, cancelled before anybody answers', async () => {
    await stage.phone.execute({ type: 'dial', number: '1002' });
    await stage.log.until('outgoing');
    await stage.phone.execute({ type: 'hangup', scope: 'dialing' });
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.disposition, 'cancelled');
  });

  it('incoming, and the caller gives up', async () => {
    await stage.incoming();
    await stage.world.far.hangup();
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.disposition, 'missed');
    assert.equal(ended.call.answerTime, undefined);
    await quiet();
    assert.deepEqual(stage.callEvents(), ['incoming', 'ended']);
  });

  it('incoming, rejected by the flow', async () => {
    const callId = await stage.incoming();
    if (stage.lacks.one_of_two !== undefined) {
      await failsWith('unsupported', stage.phone.execute({ type: 'hangup', scope: 'ringing' }));
      assert.deepEqual(await stage.world.received(), []);
      return;
    }
    assert.equal((await stage.phone.execute({ type: 'hangup', scope: 'ringing' })).callId, callId);
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.disposition, 'rejected');
    if (stage.exact) assert.equal(ended.call.sipStatus, 486);
  });

  it('incoming, rejected by the flow with 603', async () => {
    await stage.incoming();
    await stage.phone.execute({ type: 'hangup', scope: 'ringing', rejectCode: 603 });
    const ended = await stage.log.until('ended');
    if (stage.exact) assert.equal(ended.call?.sipStatus, 603);
    assert.deepEqual(await stage.world.received(), ['/hangupincoming']);
  });

  it('incoming, answered and hung up by a person at the phone', async () => {
    const callId = await stage.incoming();
    await stage.world.user.answer();
    await stage.log.until('answered');
    await stage.world.user.hangup();
    await stage.log.until('ended');
    await quiet();
    assert.deepEqual(stage.callEvents(), ['incoming', 'answered', 'ended']);
    assert.ok(stage.log.events.filter(({ call }) => call).every(({ call }) => call?.callId === callId));
  });

  stage.needs('direction', 'a call dialled by a person at the phone is outgoing as well', async () => {
    await stage.world.user.dial('1003');
    const begun = await stage.log.until('outgoing');
    assert.equal(begun.call?.number, '1003');
    assert.equal(begun.call.direction, 'outbound');
  });

  stage.needs('two_calls', 'multi-call mode takes a second dial and holds the first call', async () => {
    await stage.world.microsip.setSingleMode(false);
    const first = await stage.connectedOutbound();
    await secondsPass(1);
    const { callId: second } = await stage.phone.execute({ type: 'dial', number: '1003' });
    assert.equal((await stage.log.until('outgoing', 2)).call?.callId, second);
    await stage.world.far.answer();
    assert.equal((await stage.log.until('answered', 2)).call?.callId, second);
    await quiet();
    assert.equal(stage.phone.snapshot().calls.length, 2);
    await stage.phone.execute({ type: 'hangup', scope: 'all' });
    await stage.log.until('ended', 2);
    await quiet();
    const lives = (id: string | undefined): string[] =>
      stage.log.events.filter(({ call }) => call?.callId === id).map(({ event }) => event);
    assert.equal(lives(first).filter((event) => event === 'ended').length, 1);
    assert.equal(lives(second).filter((event) => event === 'ended').length, 1);
  });

  stage.needs('end_one', 'in multi-call mode just the selected one of two can be hung up', async () => {
    await stage.world.microsip.setSingleMode(false);
    const first = await stage.connectedOutbound();
    await secondsPass(1);
    const { callId: second = '' } = await stage.phone.execute({ type: 'dial', number: '1003' });
    await stage.world.far.answer();
    await stage.log.until('answered', 2);
    const before = (await stage.world.received()).length;
    await failsWith('unsupported', stage.phone.execute({ type: 'hangup', scope: 'all', callId: first }));
    assert.equal((await stage.phone.execute({ type: 'hangup', scope: 'all', callId: second })).callId, second);
    const ended = await stage.log.until('ended');
    assert.deepEqual([ended.call?.callId, ended.call?.endedBy], [second, 'local']);
    await quiet();
    assert.deepEqual(
      stage.phone.snapshot().calls.map(({ callId }) => callId),
      [first],
    );
    assert.deepEqual((await stage.world.received()).slice(before), []);
  });
}
