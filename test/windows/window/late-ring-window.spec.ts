import assert from 'node:assert/strict';
import { LocalPhone } from '../../../src/phone/local-phone';
import { EventLog } from '../../contract/world';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { worldOf } from '../support/window-world';

/** ms: until then nobody can look at its windows, and when it rings, the log is there first. */
const BUSY = 1500;

describe('a call that the SIP log tells of before MicroSIP shows its ring window', () => {
  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });

  /** @returns whether it was so: the ring window was still to be seen when the log had told */
  async function isDeclined(): Promise<boolean> {
    const standIn = await StandIn.start({ settings: { enableLog: 1 } });
    const world = worldOf(standIn);
    const phone = world.phone();
    assert.ok(phone instanceof LocalPhone, 'it is watched from here');
    const log = new EventLog(phone);
    try {
      await phone.open();
      await world.microsip.hang(BUSY);
      await standIn.request('incoming', '1005', 'Bob');
      const { source, call } = await log.until('incoming');
      const callId = call?.callId ?? '';
      if (source !== 'log' || phone.keyOf(callId) !== undefined) return false;
      await phone.execute({ type: 'hangup', scope: 'ringing', callId });
      const ended = await log.until('ended');
      assert.deepEqual([ended.call?.disposition, ended.call?.sipStatus], ['rejected', 486]);
      return true;
    } finally {
      await phone.close();
      await standIn.end();
    }
  }

  it('can be declined at once', async () => {
    for (let tries = 1; !(await isDeclined()); tries++) assert.ok(tries < 5, 'the log is never there first');
  });
});
