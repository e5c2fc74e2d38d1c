import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createPhone } from '../../../src/create-phone';
import type { Command } from '../../../src/phone/commands/command';
import type { Phone } from '../../../src/phone/phone';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

/** ms */
const HANGS = 3000;

describe('a phone that is closed while MicroSIP hangs', () => {
  let standIn: StandIn;
  let phone: Phone;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(async () => {
    standIn = await StandIn.start();
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  const COMMANDS: Command[] = [
    { type: 'dial', number: '1001' },
    { type: 'app', action: 'exit' },
  ];
  for (const connection of ['window', 'program'] as const)
    for (const command of COMMANDS)
      it(`does nothing of a command that waited for it: ${command.type}, ${connection}`, async () => {
        phone = createPhone({ connection, program: standIn.program, timeout: HANGS + 5000, logFile: '', callLog: '' });
        await phone.open();
        await presenceOf(phone, 'ready');
        await standIn.request('hang', HANGS);
        await pause(100);
        const given = assert.rejects(phone.execute(command), { code: 'closed' });
        await pause(300);
        await phone.close();
        await given;
        await standIn.sync();
        assert.deepEqual(
          (await standIn.received()).filter(({ probe }) => !probe),
          [],
        );
        assert.equal(standIn.exitCode, undefined);
        await phone.open();
        await presenceOf(phone, 'ready');
        await phone.execute({ type: 'dial', number: '1002' });
      });
});
