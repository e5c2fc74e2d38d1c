import assert from 'node:assert/strict';
import { Phone } from '../../src/phone/phone';
import { PhoneError, type ErrorCode } from '../../src/phone/phone-error';
import { EventLog, type World, type WorldTraits } from './world';

/** Long enough for a mistaken second event to show up. */
const QUIET = 400;
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET));

const secondsPass = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function failsWith(code: ErrorCode, command: Promise<unknown>): Promise<void> {
  await assert.rejects(command, (error) => {
    assert.ok(error instanceof PhoneError, `not a PhoneError: ${String(error)}`);
    assert.equal(error.code, code, error.message);
    return true;
  });
}

/** What a flow may rely on, whichever way its phone is connected. */
export function phoneContract(name: string, makeWorld: () => Promise<World>, { exact }: WorldTraits): void {
  describe(`phone contract: ${name}`, () => {
    let world: World;
    let phone: Phone;
    let log: EventLog;

    beforeEach(async () => {
      world = await makeWorld();
      phone = world.phone();
      log = new EventLog(phone);
      await phone.open();
    });
    afterEach(async () => {
      await phone.close();
      await world.end();
    });

    const state = async (wanted: string, within = 5000): Promise<void> => {
      const end = Date.now() + within;
      while (phone.snapshot().state !== wanted) {
        if (Date.now() > end) assert.fail(`state is ${phone.snapshot().state}, not ${wanted}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const incoming = async (): Promise<string> => {
      await world.far.incoming('+4930123456', 'Ada');
      return (await log.until('incoming')).call?.callId ?? '';
    };
    const connectedOutbound = async (): Promise<string> => {
      const { callId = '' } = await phone.execute({ type: 'dial', number: '1002' });
      await log.until('outgoing');
      await world.far.answer();
      await log.until('answered');
      return callId;
    };

    it('is idle and online once it is opened', () => {
      assert.equal(phone.snapshot().state, 'idle');
      assert.equal(phone.snapshot().presence, 'ready');
      assert.equal(phone.snapshot().registration?.state, 'registered');
    });

    it('incoming, answered by the flow, DTMF, ended by the far end', async () => {
      const callId = await incoming();
      const ringing = log.named('incoming')[0]?.call;
      assert.equal(ringing?.number, '+4930123456');
      assert.equal(ringing.name, 'Ada');
      assert.equal(ringing.direction, 'inbound');
      assert.equal((await phone.execute({ type: 'answer' })).callId, callId);
      await log.until('answered');
      await phone.execute({ type: 'dtmf', digits: '12#' });
      await world.far.hangup();
      const ended = await log.until('ended');
      await quiet();
      assert.deepEqual(log.callEvents, ['incoming', 'answered', 'ended']);
      assert.ok(log.events.filter(({ call }) => call).every(({ call }) => call?.callId === callId));
      assert.equal(ended.call?.disposition, 'answered');
      if (exact) assert.equal(ended.call.endedBy, 'remote');
      assert.deepEqual(await world.received(), ['/answer', '/dtmf:12#']);
      assert.equal(phone.snapshot().state, 'idle');
    });

    it('outgoing, alerting, connected, hung up by the flow', async () => {
      const { callId } = await phone.execute({ type: 'dial', number: '+49 (30) 123-456' });
      const { call } = await log.until('outgoing');
      assert.equal(call?.callId, callId);
      assert.equal(call?.number, '+4930123456');
      await world.far.ring();
      await log.until('alerting');
      await world.far.answer();
      await log.until('answered');
      await phone.execute({ type: 'hangup', scope: 'all' });
      const ended = await log.until('ended');
      await quiet();
      assert.deepEqual(log.callEvents, ['outgoing', 'alerting', 'answered', 'ended']);
      assert.equal(ended.call?.endedBy, 'local');
      assert.deepEqual(await world.received(), ['+4930123456', '/hangupall']);
    });

    it('outgoing and the far end is busy', async () => {
      await phone.execute({ type: 'dial', number: '1002' });
      await log.until('outgoing');
      await world.far.busy();
      const ended = await log.until('ended');
      assert.equal(ended.call?.answerTime, undefined);
      assert.equal(ended.call?.disposition, exact ? 'busy' : 'failed');
      assert.equal(ended.confidence, exact ? 'exact' : 'inferred');
    });

    it('outgoing, cancelled before anybody answers', async () => {
      await phone.execute({ type: 'dial', number: '1002' });
      await log.until('outgoing');
      await phone.execute({ type: 'hangup', scope: 'dialing' });
      const ended = await log.until('ended');
      assert.equal(ended.call?.disposition, 'cancelled');
    });

    it('incoming, and the caller gives up', async () => {
      await incoming();
      await world.far.hangup();
      const ended = await log.until('ended');
      assert.equal(ended.call?.disposition, 'missed');
      assert.equal(ended.call.answerTime, undefined);
      await quiet();
      assert.deepEqual(log.callEvents, ['incoming', 'ended']);
    });

    it('incoming, rejected by the flow', async () => {
      const callId = await incoming();
      assert.equal((await phone.execute({ type: 'hangup', scope: 'ringing' })).callId, callId);
      const ended = await log.until('ended');
      assert.equal(ended.call?.disposition, 'rejected');
      if (exact) assert.equal(ended.call.sipStatus, 486);
    });

    it('incoming, rejected by the flow with 603', async () => {
      await incoming();
      await phone.execute({ type: 'hangup', scope: 'ringing', rejectCode: 603 });
      const ended = await log.until('ended');
      if (exact) assert.equal(ended.call?.sipStatus, 603);
      assert.deepEqual(await world.received(), ['/hangupincoming']);
    });

    it('incoming, answered and hung up by a person at the phone', async () => {
      const callId = await incoming();
      await world.user.answer();
      await log.until('answered');
      await world.user.hangup();
      await log.until('ended');
      await quiet();
      assert.deepEqual(log.callEvents, ['incoming', 'answered', 'ended']);
      assert.ok(log.events.filter(({ call }) => call).every(({ call }) => call?.callId === callId));
    });

    it('a call dialled by a person at the phone is outgoing as well', async () => {
      await world.user.dial('1003');
      const begun = await log.until('outgoing');
      assert.equal(begun.call?.number, '1003');
      assert.equal(begun.call.direction, 'outbound');
    });

    it('hold and resume by a person at the phone', async () => {
      await connectedOutbound();
      await world.user.toggleHold();
      const held = await log.until('held');
      assert.equal(held.call?.heldBy, 'local');
      assert.equal(phone.snapshot().state, 'held');
      await world.user.toggleHold();
      await log.until('resumed');
      assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'held', 'resumed']);
    });

    it('hold and resume by the flow, which send nothing when it is so already', async () => {
      const callId = await connectedOutbound();
      const before = (await world.received()).length;
      assert.deepEqual(await phone.execute({ type: 'hold', action: 'hold' }), { callId });
      await state('held');
      assert.deepEqual(await phone.execute({ type: 'hold', action: 'hold', callId }), { callId });
      await phone.execute({ type: 'hold', action: 'resume' });
      await state('connected');
      await phone.execute({ type: 'hold', action: 'resume' });
      await phone.execute({ type: 'hold', action: 'toggle' });
      await state('held');
      assert.deepEqual((await world.received()).slice(before), ['msip:hold', 'msip:hold', 'msip:hold']);
      await failsWith('no_call', phone.execute({ type: 'hold', action: 'hold', callId: 'nobody' }));
    });

    it('transfers a call away', async () => {
      const callId = await connectedOutbound();
      const before = (await world.received()).length;
      const { callId: transferred } = await phone.execute({ type: 'transfer', number: '+49 30 999' });
      assert.equal(transferred, callId);
      assert.deepEqual((await world.received()).slice(before), ['/transfer:+4930999']);
      await log.until('ended');
      await failsWith('no_call', phone.execute({ type: 'transfer', number: '1009' }));
      await failsWith('invalid_number', phone.execute({ type: 'transfer', number: '/exit' }));
    });

    it('sends an instant message, and says that nobody can see whether it arrived', async () => {
      const before = (await world.received()).length;
      assert.deepEqual(await phone.execute({ type: 'message', number: '1002', text: 'Back in 5' }), {
        verified: false,
      });
      assert.deepEqual((await world.received()).slice(before), ['1002 Back in 5']);
      await quiet();
      assert.deepEqual(log.callEvents, []);
    });

    it('a second caller while a call is connected; each can be handled by its id', async () => {
      const first = await connectedOutbound();
      await world.far.incoming('1005', 'Bob');
      const second = (await log.until('incoming')).call?.callId ?? '';
      assert.equal(phone.snapshot().state, 'ringing');
      await phone.execute({ type: 'hangup', scope: 'all', callId: second });
      const ended = await log.until('ended');
      assert.equal(ended.call?.callId, second);
      assert.equal(phone.snapshot().state, 'connected');
      await phone.execute({ type: 'hangup', scope: 'active', callId: first });
      assert.equal((await log.until('ended', 2)).call?.callId, first);
      await quiet();
      assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'incoming', 'ended', 'ended']);
    });

    it('a comma in DTMF is a pause', async () => {
      await connectedOutbound();
      const before = Date.now();
      await phone.execute({ type: 'dtmf', digits: '1,2' });
      assert.ok(Date.now() - before >= 1000, 'the pause is too short');
      assert.deepEqual((await world.received()).slice(1), ['/dtmf:1', '/dtmf:2']);
    });

    it('a hang-up does not wait for a pause in DTMF, which then fails', async () => {
      await connectedOutbound();
      const dtmf = failsWith('no_call', phone.execute({ type: 'dtmf', digits: '1,,2' }));
      await quiet();
      const before = Date.now();
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended');
      assert.ok(Date.now() - before < 1000);
      await dtmf;
      assert.deepEqual((await world.received()).slice(1), ['/dtmf:1', '/hangupall']);
    });

    it('what MicroSIP would drop silently is an error, and nothing is sent', async () => {
      await failsWith('no_call', phone.execute({ type: 'answer' }));
      await failsWith('no_call', phone.execute({ type: 'hangup', scope: 'all' }));
      await failsWith('no_call', phone.execute({ type: 'dtmf', digits: '1' }));
      assert.deepEqual(await world.received(), []);
      await connectedOutbound();
      await failsWith('line_busy', phone.execute({ type: 'dial', number: '1003' }));
      assert.deepEqual(await world.received(), ['1002']);
    });

    it('a second dial right behind the first is line_busy too', async () => {
      const [first, second] = await Promise.allSettled([
        phone.execute({ type: 'dial', number: '1002' }),
        phone.execute({ type: 'dial', number: '1003' }),
      ]);
      assert.equal(first.status, 'fulfilled');
      assert.ok(second.status === 'rejected');
      assert.equal((second.reason as PhoneError).code, 'line_busy');
      assert.deepEqual(await world.received(), ['1002']);
    });

    it('a dial while unregistered fails now instead of ringing somebody later', async () => {
      await world.microsip.unregister();
      await log.until('registration', log.named('registration').length === 0 ? 1 : 2);
      await failsWith('not_registered', phone.execute({ type: 'dial', number: '1002' }));
      await world.microsip.register();
      await quiet();
      assert.deepEqual(await world.received(), []);
      assert.deepEqual(log.callEvents, []);
    });

    it('is not_ready while the SIP stack is down, and works again afterwards', async () => {
      await world.microsip.setReady(false);
      await failsWith('not_ready', phone.execute({ type: 'dial', number: '1002' }));
      await world.microsip.setReady(true);
      await state('idle');
      await world.microsip.register();
      const end = Date.now() + 5000;
      while (phone.snapshot().registration?.state !== 'registered' && Date.now() < end) await quiet();
      await phone.execute({ type: 'dial', number: '1002' });
      await log.until('outgoing');
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
        '1001\n',
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
      for (const number of hostile) await failsWith('invalid_number', phone.execute({ type: 'dial', number }));
      await connectedOutbound();
      for (const digits of hostile) await failsWith('invalid_digits', phone.execute({ type: 'dtmf', digits }));
      assert.deepEqual(await world.received(), ['1002']);
    });

    it('a hung MicroSIP gives timeout, keeps its call, and is fine again by itself', async () => {
      await connectedOutbound();
      const slow = world.phone({ timeout: 500 });
      await slow.open();
      await world.microsip.hang(2500);
      const before = Date.now();
      await failsWith('timeout', slow.execute({ type: 'hangup', scope: 'all' }));
      assert.ok(Date.now() - before < 1500, 'the timeout took too long');
      await slow.close();
      assert.deepEqual(log.callEvents, ['outgoing', 'answered']);
      const end = Date.now() + 8000;
      while (phone.snapshot().presence !== 'ready' && Date.now() < end) await quiet();
      await quiet();
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended');
      assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'ended']);
      assert.deepEqual((await world.received()).slice(1), ['/hangupall']);
    });

    it('killed in a call, then started again', async () => {
      await connectedOutbound();
      await world.microsip.crash();
      const ended = await log.until('ended');
      assert.equal(ended.source, 'watchdog');
      await log.until('phone_offline');
      assert.equal(phone.snapshot().state, 'offline');
      await failsWith('not_running', phone.execute({ type: 'dial', number: '1002' }));
      await world.microsip.start();
      await log.until('phone_online', 2);
      await state('idle');
      await incoming();
      await quiet();
      assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'ended', 'incoming']);
    });

    it('closed and opened again in a call: the call goes on and ends once', async () => {
      const callId = await connectedOutbound();
      await phone.close();
      await failsWith('closed', phone.execute({ type: 'dtmf', digits: '1' }));
      await phone.open();
      await state('connected');
      await world.far.hangup();
      const ended = await log.until('ended');
      assert.equal(ended.call?.callId, callId);
      await quiet();
      assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'ended']);
    });

    it('multi-call mode takes a second dial and holds the first call', async () => {
      await world.microsip.setSingleMode(false);
      const first = await connectedOutbound();
      await secondsPass(1);
      const { callId: second } = await phone.execute({ type: 'dial', number: '1003' });
      assert.equal((await log.until('outgoing', 2)).call?.callId, second);
      await world.far.answer();
      assert.equal((await log.until('answered', 2)).call?.callId, second);
      await quiet();
      assert.equal(phone.snapshot().calls.length, 2);
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended', 2);
      await quiet();
      const lives = (id: string | undefined): string[] =>
        log.events.filter(({ call }) => call?.callId === id).map(({ event }) => event);
      assert.equal(lives(first).filter((event) => event === 'ended').length, 1);
      assert.equal(lives(second).filter((event) => event === 'ended').length, 1);
    });
  });
}
