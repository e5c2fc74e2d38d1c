import assert from 'node:assert/strict';
import type { RawSettings } from '../../../src/settings/setting-values';
import type { Phone } from '../../../src/phone/phone';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { EventLog } from '../../contract/world';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';
import { worldOf } from '../support/window-world';

const failsWith = (key: string, command: Promise<unknown>): Promise<void> =>
  assert.rejects(command, (error) => error instanceof PhoneError && error.messageKey === `error.${key}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('several calls in multi-call mode', function () {
  this.timeout(120_000);
  let standIn: StandIn;
  let phone: Phone;
  let log: EventLog;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  const begin = async (settings: StandInOptions['settings'] = {}, raw: RawSettings = {}): Promise<void> => {
    standIn = await StandIn.start({ settings: { singleMode: 0, ...settings } });
    phone = worldOf(standIn, { dialsPerSecond: 100, ...raw }).phone();
    log = new EventLog(phone);
    await phone.open();
  };
  const dial = async (number: string, nth: number): Promise<string> => {
    const { callId = '' } = await phone.execute({ type: 'dial', number });
    await log.until('outgoing', nth);
    await standIn.act('remote-answer');
    await log.until('answered', nth);
    return callId;
  };
  const left = async (): Promise<string[]> =>
    (await standIn.requestRaw('calls')).filter((one) => one !== '').map((one) => one.split('|')[7] ?? '');

  const members = async (): Promise<string[]> =>
    (await standIn.requestRaw('calls'))
      .map((one) => one.split('|'))
      .filter((one) => one[9] === '1')
      .map((one) => one[7] ?? '');

  for (const enableLog of [0, 1]) {
    it(`ends just the selected one, and no other, ${enableLog ? 'with' : 'without'} a log`, async () => {
      await begin({ enableLog });
      const first = await dial('1002', 1);
      const second = await dial('1003', 2);
      await failsWith('unsupported.one_of_many', phone.execute({ type: 'hangup', scope: 'all', callId: first }));
      assert.deepEqual(await left(), ['1002', '1003']);
      assert.equal((await phone.execute({ type: 'hangup', scope: 'all', callId: second })).callId, second);
      const { call } = await log.until('ended');
      assert.deepEqual([call?.callId, call?.endedBy], [second, 'local']);
      assert.deepEqual(await left(), ['1002']);
      await phone.execute({ type: 'hangup', scope: 'all', callId: first });
      assert.equal((await log.until('ended', 2)).call?.callId, first);
      assert.deepEqual(await left(), []);
    });
  }

  it('ends the one whose tab a person selects, when it is selected', async () => {
    await begin();
    const first = await dial('1002', 1);
    await dial('1003', 2);
    await standIn.act('user-tab', '1002');
    await phone.execute({ type: 'hangup', scope: 'active', callId: first });
    assert.equal((await log.until('ended')).call?.callId, first);
    assert.deepEqual(await left(), ['1003']);
  });

  it('ends one member of a conference, and the others talk on', async () => {
    await begin({ enableLog: 1 });
    await dial('1002', 1);
    const second = await dial('1003', 2);
    await log.until('held');
    await standIn.act('user-conference', 1);
    await log.until('resumed');
    await failsWith('unsupported.in_conference', phone.execute({ type: 'transfer', number: '1009' }));
    await phone.execute({ type: 'hangup', scope: 'active', callId: second });
    assert.equal((await log.until('ended')).call?.callId, second);
    assert.deepEqual(await left(), ['1002']);
  });

  for (const enableLog of [0, 1]) {
    it(`merges all calls and takes the selected one out, ${enableLog ? 'with' : 'without'} a log`, async () => {
      await begin({ enableLog });
      const first = await dial('1002', 1);
      await phone.execute({ type: 'hold', action: 'hold' });
      await log.until('held');
      const second = await dial('1003', 2);
      const seen = enableLog ? {} : { verified: false };
      assert.deepEqual(await phone.execute({ type: 'conference', action: 'merge' }), { callId: second, ...seen });
      assert.equal((await log.until('resumed')).call?.callId, first);
      assert.deepEqual(await members(), ['1002', '1003']);
      const unsure = { callId: second, verified: false };
      assert.deepEqual(await phone.execute({ type: 'conference', action: 'separate' }), unsure);
      assert.deepEqual(await members(), []);
      await failsWith('no_call.no_conference', phone.execute({ type: 'conference', action: 'separate' }));
      assert.deepEqual(log.callEvents.slice(-1), ['resumed']);
    });

    it(`ends just the selected member, ${enableLog ? 'with' : 'without'} a log, also when a person merged`, async () => {
      await begin({ enableLog });
      await dial('1002', 1);
      const second = await dial('1003', 2);
      await standIn.act('user-conference', 1);
      await phone.execute({ type: 'hangup', scope: 'all', callId: second });
      assert.equal((await log.until('ended')).call?.callId, second);
      assert.deepEqual(await left(), ['1002']);
    });
  }

  it('makes no conference while a call rings, nor in single-call mode', async () => {
    await begin();
    await dial('1002', 1);
    await dial('1003', 2);
    await standIn.act('incoming', '1005');
    await log.until('incoming');
    await failsWith('unsupported.unanswered_call', phone.execute({ type: 'conference', action: 'merge' }));
    assert.ok(!(await standIn.actions()).some((action) => action.startsWith('merge')));
  });

  it('ends one member of a conference that MicroSIP makes by itself', async () => {
    await begin({ AC: 1 });
    await dial('1002', 1);
    const second = await dial('1003', 2);
    await phone.execute({ type: 'hangup', scope: 'active', callId: second });
    assert.equal((await log.until('ended')).call?.callId, second);
    assert.deepEqual(await left(), ['1002']);
  });

  it('holds, transfers and sends DTMF only when the selected tab has the call', async () => {
    await begin({ enableLog: 1 });
    const call = await dial('1002', 1);
    await standIn.act('user-tab', 'chat');
    for (const command of [
      { type: 'hold', action: 'hold' },
      { type: 'transfer', number: '1009' },
      { type: 'dtmf', digits: '1' },
    ] as const) {
      await failsWith('unsupported.not_selected', phone.execute(command));
      await failsWith('unsupported.not_selected', phone.execute({ ...command, callId: call }));
    }
    assert.deepEqual(
      (await standIn.actions()).filter((action) => action.startsWith('dropped')),
      [],
    );
    await standIn.act('user-tab', '1002');
    await phone.execute({ type: 'dtmf', digits: '12' });
    await phone.execute({ type: 'hold', action: 'hold', callId: call });
    await phone.execute({ type: 'hold', action: 'resume' });
    await failsWith('unsupported.transfer_to_peer', phone.execute({ type: 'transfer', number: '1002' }));
    assert.deepEqual((await standIn.actions()).slice(1), ['dtmf 0 12', 'hold 0', 'resume 0']);
  });

  it('says at once that a number has a call already', async () => {
    await begin();
    await dial('1002', 1);
    await standIn.act('incoming', '1005');
    await log.until('incoming');
    await failsWith('line_busy.same_number', phone.execute({ type: 'dial', number: '1002' }));
    await failsWith('line_busy.same_number', phone.execute({ type: 'dial', number: '1005' }));
    assert.deepEqual((await standIn.actions()).filter((action) => /^(?:dropped|dial)/.test(action)).length, 1);
  });

  it('says that digits wait for Send', async () => {
    await begin({ singleMode: 1 });
    await dial('1002', 1);
    await standIn.command('/dtmf:12?');
    await pause(300);
    await failsWith('unsupported.send_shown', phone.execute({ type: 'dtmf', digits: '3' }));
    await standIn.act('user-send');
    await phone.execute({ type: 'dtmf', digits: '3' });
    assert.deepEqual((await standIn.actions()).slice(1), ['dtmf-shown 12', 'dtmf 0 12', 'dtmf 0 3']);
  });

  it('knows which calls MicroSIP ends when it answers another one', async () => {
    await begin({ singleMode: 1 });
    const first = await dial('1002', 1);
    await standIn.act('incoming', '1005');
    await log.until('incoming');
    await phone.execute({ type: 'answer' });
    const { call } = await log.until('ended');
    assert.deepEqual([call?.callId, call?.endedBy], [first, 'local']);
  });
});
