import assert from 'node:assert/strict';
import type { Phone } from '../../../src/phone/phone';
import { EventLog } from '../../contract/world';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { worldOf } from '../support/window-world';

describe('a call that goes out to somebody without a name', () => {
  let standIn: StandIn;
  let phone: Phone;

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    standIn = await StandIn.start();
    phone = worldOf(standIn, { callLog: '', dialsPerSecond: 100 }).phone();
    await phone.open();
  });
  after(async () => {
    await phone.close();
    await standIn.end();
  });

  for (const [dialled, number] of [
    ['user@127.0.0.1:55000', 'user'],
    ['+49 (30) 123-456', '+4930123456'],
    ['sip:1002@other.test;user=phone', '1002'],
  ] as const) {
    it(`has no name when a person dials ${dialled}, which MicroSIP shows as one`, async () => {
      const log = new EventLog(phone);
      await standIn.act('user-dial', dialled.replaceAll(' ', ''));
      await standIn.act('remote-ring');
      const { call } = await log.until('alerting');
      assert.deepEqual([call?.number, call?.name], [number, undefined]);
      await standIn.act('user-hangup');
      await log.until('ended');
    });
  }

  it('has none when this phone dialled a word, and another number answers', async () => {
    const log = new EventLog(phone);
    await phone.execute({ type: 'dial', number: 'reception' });
    await log.until('outgoing');
    await standIn.act('remote-answer', '', '<sip:1099@pbx.example.test>');
    const { call } = await log.until('answered');
    assert.equal(call?.name, undefined);
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended');
  });

  it('has the name that the far end says', async () => {
    const log = new EventLog(phone);
    await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await standIn.act('remote-answer', '', '"Ann" <sip:1099@pbx.example.test>');
    await log.until('answered');
    await standIn.act('user-hangup');
    const { call } = await log.until('ended');
    assert.equal(call?.name, 'Ann');
  });
});
