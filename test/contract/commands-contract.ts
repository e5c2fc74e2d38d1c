import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { PhoneError } from '../../src/phone/errors/phone-error';
import { eventually } from '../support/eventually';
import { failsWith } from '../support/fails-with';
import { type ContractStage, quiet } from './contract-stage';

/** What a flow can have done to its calls. */
export function commandsContract(stage: ContractStage): void {
  it('hold and resume by a person at the phone', async () => {
    await stage.connectedOutbound();
    await stage.world.user.toggleHold();
    const held = await stage.log.until('held');
    assert.equal(held.call?.heldBy, 'local');
    assert.equal(stage.phone.snapshot().state, 'held');
    await stage.world.user.toggleHold();
    await stage.log.until('resumed');
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'held', 'resumed']);
  });

  it('hold and resume by the flow, which send nothing when it is so already', async () => {
    const callId = await stage.connectedOutbound();
    const before = (await stage.world.received()).length;
    assert.deepEqual(await stage.phone.execute({ type: 'hold', action: 'hold' }), { callId });
    await stage.state('held');
    assert.deepEqual(await stage.phone.execute({ type: 'hold', action: 'hold', callId }), { callId });
    await stage.phone.execute({ type: 'hold', action: 'resume' });
    await stage.state('connected');
    await stage.phone.execute({ type: 'hold', action: 'resume' });
    await stage.phone.execute({ type: 'hold', action: 'toggle' });
    await stage.state('held');
    assert.deepEqual((await stage.world.received()).slice(before), ['msip:hold', 'msip:hold', 'msip:hold']);
    await failsWith('no_call', stage.phone.execute({ type: 'hold', action: 'hold', callId: 'nobody' }));
  });

  it('transfers a call away', async () => {
    const callId = await stage.connectedOutbound();
    const before = (await stage.world.received()).length;
    const { callId: transferred } = await stage.phone.execute({ type: 'transfer', number: '+49 30 999' });
    assert.equal(transferred, callId);
    assert.deepEqual((await stage.world.received()).slice(before), ['/transfer:+4930999']);
    const { call } = await stage.log.until('ended');
    assert.equal(call?.transferredTo, '+4930999');
    assert.deepEqual(stage.callEvents().slice(-3), ['answered', 'transferred', 'ended']);
    await failsWith('no_call', stage.phone.execute({ type: 'transfer', number: '1009' }));
    await failsWith('invalid_number', stage.phone.execute({ type: 'transfer', number: '/exit' }));
  });

  stage.needs('messages', 'sends an instant message, and says that nobody can see whether it arrived', async () => {
    const before = (await stage.world.received()).length;
    assert.deepEqual(await stage.phone.execute({ type: 'message', number: '1002', text: 'Back in 5' }), {
      verified: false,
    });
    const [message = '', ...more] = (await stage.world.received()).slice(before);
    // The command line needs quotes around what has blanks, and MicroSIP takes them off.
    assert.equal(message.replace(/^"(.*)"$/, '$1'), '1002 Back in 5');
    assert.deepEqual(more, []);
    await quiet();
    assert.deepEqual(stage.callEvents(), []);
  });

  stage.needs('two_calls', 'a second caller while a call is connected; each can be handled by its id', async () => {
    const first = await stage.connectedOutbound();
    await stage.world.far.incoming('1005', 'Bob');
    const second = (await stage.log.until('incoming')).call?.callId ?? '';
    assert.equal(stage.phone.snapshot().state, 'ringing');
    if (stage.lacks.one_of_two !== undefined) {
      await failsWith('unsupported', stage.phone.execute({ type: 'hangup', scope: 'all', callId: second }));
      assert.equal(stage.phone.snapshot().state, 'ringing');
      return;
    }
    await stage.phone.execute({ type: 'hangup', scope: 'all', callId: second });
    const ended = await stage.log.until('ended');
    assert.equal(ended.call?.callId, second);
    assert.equal(stage.phone.snapshot().state, 'connected');
    await stage.phone.execute({ type: 'hangup', scope: 'active', callId: first });
    assert.equal((await stage.log.until('ended', 2)).call?.callId, first);
    await quiet();
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'incoming', 'ended', 'ended']);
  });

  it('a comma in DTMF is a pause', async () => {
    await stage.connectedOutbound();
    const before = Date.now();
    await stage.phone.execute({ type: 'dtmf', digits: '1,2' });
    assert.ok(Date.now() - before >= 1000, 'the pause is too short');
    assert.deepEqual((await stage.world.received()).slice(1), ['/dtmf:1', '/dtmf:2']);
  });

  it('a hang-up does not wait for a pause in DTMF, which then fails', async () => {
    await stage.connectedOutbound();
    const dtmf = failsWith('no_call', stage.phone.execute({ type: 'dtmf', digits: '1,,2' }));
    await quiet();
    await stage.phone.execute({ type: 'hangup', scope: 'all' });
    await stage.log.until('ended');
    await dtmf;
    assert.deepEqual((await stage.world.received()).slice(1), ['/dtmf:1', '/hangupall']);
  });

  it('what MicroSIP would drop silently is an error, and nothing is sent', async () => {
    await failsWith('no_call', stage.phone.execute({ type: 'answer' }));
    await failsWith('no_call', stage.phone.execute({ type: 'hangup', scope: 'all' }));
    await failsWith('no_call', stage.phone.execute({ type: 'dtmf', digits: '1' }));
    assert.deepEqual(await stage.world.received(), []);
    await stage.connectedOutbound();
    await failsWith('line_busy', stage.phone.execute({ type: 'dial', number: '1003' }));
    assert.deepEqual(await stage.world.received(), ['1002']);
  });

  it('a second dial right behind the first is line_busy too', async () => {
    const [first, second] = await Promise.allSettled([
      stage.phone.execute({ type: 'dial', number: '1002' }),
      stage.phone.execute({ type: 'dial', number: '1003' }),
    ]);
    assert.equal(first.status, 'fulfilled');
    assert.ok(second.status === 'rejected');
    assert.equal((second.reason as PhoneError).code, 'line_busy');
    assert.deepEqual(await stage.world.received(), ['1002']);
  });

  it('nothing but numbers reaches MicroSIP', async () => {
    const hostile: unknown[] = [
      '',
      {},
      'x'.repeat(10_240),
      '/exit',
      '/resetnoask',
      'tel:/account:1/password:x',
      'msip:hangupall',
      '1001 hello',
      '10\n01',
      '1001\r\n/exit',
      '1001\u0000',
      '1001\ud800',
      '📞',
      '"1001"',
      '%20',
      '1001;x',
      ' /answer',
      '//answer',
    ];
    for (const number of hostile) await failsWith('invalid_number', stage.phone.execute({ type: 'dial', number }));
    await stage.connectedOutbound();
    for (const digits of hostile) await failsWith('invalid_digits', stage.phone.execute({ type: 'dtmf', digits }));
    assert.deepEqual(await stage.world.received(), ['1002']);
  });

  stage.needs('audio', 'mutes, and sets how loud it is; sends nothing when it is so already', async () => {
    const { phone, world } = stage;
    const muted = { audio: { muted: true, level: 100 } };
    assert.deepEqual(await phone.execute({ type: 'audio', device: 'microphone', action: 'mute' }), muted);
    assert.deepEqual(await phone.execute({ type: 'audio', device: 'microphone', action: 'mute' }), muted);
    await phone.execute({ type: 'audio', device: 'microphone', action: 'toggle' });
    const quieter = await phone.execute({ type: 'audio', device: 'speaker', action: 'set', level: 89 });
    assert.deepEqual(quieter, { audio: { muted: false, level: 90 } });
    const louder = await phone.execute({ type: 'audio', device: 'speaker', action: 'up' });
    assert.deepEqual(louder, { audio: { muted: false, level: 95 } });
    const steps = ['msip:speakdown', 'msip:speakdown', 'msip:speakup'];
    assert.deepEqual(await world.received(), ['msip:micmute', 'msip:micunmute', ...steps]);
    await failsWith('config', phone.execute({ type: 'audio', device: 'speaker', action: 'set', level: 101 }));
  });

  stage.needs(
    'audio_by_hand',
    'tells of muting and levels, by a flow and by hand; calls leave them alone',
    async () => {
      const { phone, world, log } = stage;
      const told = (): unknown => log.events.findLast((event) => event.event === 'audio');
      await phone.execute({ type: 'audio', device: 'microphone', action: 'mute' });
      await log.until('audio');
      await world.user.setAudio('speaker', { level: 40 });
      await world.user.setAudio('speaker', { muted: true });
      const audio = { microphone: { muted: true, level: 100 }, speaker: { muted: true, level: 40 } };
      await eventually(() => (isDeepStrictEqual(phone.snapshot().audio, audio) ? true : undefined));
      const last = told() as { audio: unknown };
      assert.deepEqual(last.audio, audio);
      await stage.connectedOutbound();
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended');
      await quiet();
      assert.deepEqual([phone.snapshot().audio, told() === last], [audio, true]);
      await world.user.setAudio('microphone', { muted: false });
      await eventually(() => (phone.snapshot().audio?.microphone.muted === false ? true : undefined));
    },
  );

  it('sets switches, whose changes are events, or says that it cannot', async () => {
    const { phone, world, log } = stage;
    const feature = 'dnd';
    if (stage.lacks.switches !== undefined) {
      for (const action of ['on', 'off', 'toggle'] as const) {
        await failsWith('unsupported', phone.execute({ type: 'feature', feature, action }));
      }
      return;
    }
    for (const on of [true, true, false, true]) {
      const { features, verified } = await phone.execute({ type: 'feature', feature, action: on ? 'on' : 'off' });
      assert.deepEqual([features?.dnd, verified], [on, undefined]);
    }
    await log.until('features', 3);
    await world.far.incoming('1005');
    await quiet();
    assert.deepEqual(stage.callEvents(), []);
    assert.equal((await phone.execute({ type: 'feature', feature, action: 'toggle' })).features?.dnd, false);
    await log.until('features', 4);
    await quiet();
    assert.equal(log.named('features').length, 4);
    await failsWith('unsupported', phone.execute({ type: 'feature', feature: 'autoConference', action: 'on' }));
    await failsWith('no_call', phone.execute({ type: 'feature', feature: 'recording', action: 'on' }));
    assert.deepEqual(await world.received(), []);
  });

  stage.needs('program', 'ends MicroSIP with its call, starts it, hides it and shows it', async () => {
    const { phone, world, log } = stage;
    await stage.connectedOutbound();
    assert.deepEqual(await phone.execute({ type: 'app', action: 'exit' }), {});
    assert.equal((await log.until('ended')).call?.disposition, 'answered');
    await stage.presence('absent');
    await failsWith('not_running', phone.execute({ type: 'app', action: 'show' }));
    await world.microsip.expectStart();
    assert.deepEqual(await phone.execute({ type: 'app', action: 'start' }), {});
    await stage.presence('ready');
    await world.microsip.started();
    assert.deepEqual(await phone.execute({ type: 'app', action: 'start' }), {});
    assert.deepEqual(await phone.execute({ type: 'app', action: 'show' }), {});
    assert.deepEqual(await phone.execute({ type: 'app', action: 'minimize' }), {});
    await failsWith('config', phone.execute({ type: 'app', action: 'account', account: 9 }));
    assert.deepEqual(await phone.execute({ type: 'app', action: 'account', account: 1 }), { verified: false });
    assert.deepEqual((await world.received()).slice(-2), ['msip:minimize', '/account:1']);
    assert.deepEqual(stage.callEvents(), ['outgoing', 'answered', 'ended']);
  });

  stage.needs('end_one', 'makes a conference of two calls; none begins or ends by it', async () => {
    const { phone, world, log } = stage;
    await world.microsip.setSingleMode(false);
    const first = await stage.connectedOutbound();
    await world.user.dial('1003');
    const second = (await log.until('outgoing', 2)).call?.callId ?? '';
    await failsWith('unsupported', phone.execute({ type: 'conference', action: 'merge' }));
    await world.far.answer();
    await log.until('answered', 2);
    assert.equal((await phone.execute({ type: 'conference', action: 'merge' })).callId, second);
    await eventually(() => phone.snapshot().calls.every(({ callState }) => callState === 'connected') || undefined);
    await phone.execute({ type: 'hangup', scope: 'all', callId: second });
    assert.equal((await log.until('ended')).call?.callId, second);
    await failsWith('no_call', phone.execute({ type: 'conference', action: 'merge' }));
    assert.equal(phone.snapshot().calls[0]?.callId, first);
    assert.equal(log.named('ended').length, 1);
  });
}
