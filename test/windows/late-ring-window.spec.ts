import assert from 'node:assert/strict';
import { EventLog } from '../contract/world';
import { skipBecause } from '../support/skip';
import { StandIn, whyNoStandIn } from './stand-in';
import { worldOf } from './window-world';

/** ms: MicroSIP's log is written by another thread than its windows. */
const BUSY = 5000;

describe('a call that the SIP log tells of before MicroSIP shows its ring window', () => {
  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });

  it('can be declined at once', async () => {
    const standIn = await StandIn.start({ settings: { enableLog: 1 } });
    const world = worldOf(standIn);
    const phone = world.phone({ timeout: 2 * BUSY });
    const log = new EventLog(phone);
    try {
      await phone.open();
      await world.microsip.hang(BUSY);
      const asleep = Date.now();
      await standIn.request('incoming', '1005', 'Bob');
      const { source, call } = await log.until('incoming');
      const callId = call?.callId ?? '';
      assert.deepEqual([source, phone.keyOf(callId)], ['log', undefined]);
      assert.ok(Date.now() - asleep < BUSY, 'it came too late to try this');
      await phone.execute({ type: 'hangup', scope: 'ringing', callId });
      const ended = await log.until('ended');
      assert.deepEqual([ended.call?.disposition, ended.call?.sipStatus], ['rejected', 486]);
    } finally {
      await phone.close();
      await standIn.end();
    }
  });
});
