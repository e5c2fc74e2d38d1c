import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { EventLog } from '../../contract/world';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { worldOf } from '../support/window-world';

describe('a MicroSIP that sends a new INVITE as soon as a call has connected', () => {
  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });

  for (const enableLog of [0, 1]) {
    it(`neither holds nor resumes it, ${enableLog ? 'by its log' : 'by its windows'}`, async () => {
      const standIn = await StandIn.start({ settings: { enableLog }, env: { STANDIN_UPDATES_CONTACT: '1' } });
      const phone = worldOf(standIn, { dialsPerSecond: 100 }).phone();
      const log = new EventLog(phone);
      await phone.open();
      try {
        await phone.execute({ type: 'dial', number: '1002' });
        await log.until('outgoing');
        await standIn.act('remote-answer');
        await log.until('answered');
        await pause(500);
        await phone.execute({ type: 'hangup', scope: 'all' });
        await log.until('ended');
        await standIn.act('incoming', '1005');
        await log.until('incoming');
        await phone.execute({ type: 'answer' });
        await log.until('answered', 2);
        await pause(500);
        await standIn.act('remote-hangup');
        await log.until('ended', 2);
        assert.deepEqual(log.callEvents, ['outgoing', 'answered', 'ended', 'incoming', 'answered', 'ended']);
      } finally {
        await phone.close();
        await standIn.end();
      }
    });
  }
});
