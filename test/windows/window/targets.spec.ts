import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import { skipBecause } from '../../support/skip';
import { PATIENCE } from '../support/window-world';
import { StandIn, whyNoStandIn, type StandInVersion } from '../support/stand-in';

/** What is dialled, and where MicroSIP has to call. */
const WITH_HOST: [string, string][] = [
  ['+4930123456@192.0.2.10', 'sip:+4930123456@192.0.2.10'],
  ['+13035550123@1-202-555-0162.sip.example.com', 'sip:+13035550123@1-202-555-0162.sip.example.com'],
  ['user@pbxsip:5060', 'sip:user@pbxsip:5060'],
  ['sip:+358-555-1234567@foo.example;user=phone', 'sip:+3585551234567@foo.example'],
  ['1001@[2001:db8::1]:5062', 'sip:1001@[2001:db8::1]:5062'],
  ['*97@pbx.example.test', 'sip:*97@pbx.example.test'],
];

describe('targets with a host', function () {
  this.timeout(60_000);
  let standIn: StandIn;
  let phone: Phone;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  async function start(version: StandInVersion, settings: RawSettings = {}, iniLines: string[] = []): Promise<void> {
    standIn = await StandIn.start({ version, iniLines });
    phone = createPhone({ program: standIn.program, timeout: PATIENCE, dialsPerSecond: 100, ...settings });
    await phone.open();
  }
  /** Where MicroSIP called or transferred to, as it says. */
  async function called(action: 'dial' | 'transfer'): Promise<string[]> {
    const lines = (await standIn.actions()).map((line) => line.split(' '));
    return lines.filter(([first]) => first === action).map((line) => line.at(-1) ?? '');
  }
  async function dialAll(targets: readonly string[]): Promise<void> {
    for (const number of targets) {
      await phone.execute({ type: 'dial', number });
      await phone.execute({ type: 'hangup', scope: 'all' });
    }
  }

  for (const version of ['3.22.16', '3.22.3'] as const)
    it(`reach it with ${version}, whatever the account does to numbers`, async () => {
      await start(version, {}, ['dialingPrefix=00', 'dialPlan=1xxx|0x.']);
      await dialAll(WITH_HOST.map(([number]) => number));
      assert.deepEqual(
        await called('dial'),
        WITH_HOST.map(([, uri]) => uri),
      );
    });

  it("reach it by MicroSIP's command line", async () => {
    await start('3.22.16', { connection: 'program' });
    await dialAll(['+4930123456@192.0.2.10']);
    assert.deepEqual(await called('dial'), ['sip:+4930123456@192.0.2.10']);
  });

  it('reach it by a transfer, and with digits for after the answer', async () => {
    await start('3.22.16');
    await phone.execute({ type: 'dial', number: '+4930123456@192.0.2.10,,12#' });
    await standIn.act('remote-answer');
    await phone.execute({ type: 'transfer', number: '+4940123@192.0.2.20' });
    assert.deepEqual(await called('dial'), ['sip:+4930123456@192.0.2.10']);
    assert.deepEqual(await called('transfer'), ['+4940123@192.0.2.20']);
  });

  it('are refused for an old version that would call another host', async () => {
    await start('3.19.27');
    await dialAll(['user@pbx.example.test']);
    for (const number of ['+4930123456@192.0.2.10', 'user@pbxsip:5060'])
      await assert.rejects(phone.execute({ type: 'dial', number }), { code: 'invalid_number' });
    assert.deepEqual(await called('dial'), ['sip:user@pbx.example.test']);
  });

  it('and numbers are judged behind the prefix that the account puts before them', async () => {
    await start('3.22.16', { allow: ['^0049', '^1\\d{3}$'], deny: ['^0900', '^\\+49900'] }, ['dialingPrefix=00']);
    await dialAll(['+4930123456']);
    for (const number of ['1001', '+49900123', '900123'])
      await assert.rejects(phone.execute({ type: 'dial', number }), { code: 'refused' }, number);
    assert.deepEqual((await called('dial')).length, 1);
  });
});
