import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { worldOf } from '../support/window-world';

const CALLS = 250;
/** How long they ring, in ms. */
const SHORTEST = 50;
const LONGEST = 800;
/** So many ring at a time. */
const AT_A_TIME = 5;

describe('calls that ring for less than a look takes to come round', function () {
  this.timeout(150_000);

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });

  it(`${CALLS} of ${SHORTEST} to ${LONGEST} ms are all told, each with its number, by windows alone`, async () => {
    const standIn = await StandIn.start({
      settings: { bringToFrontOnIncoming: 0 },
      env: { STANDIN_MAX_CALLS: '16' },
    });
    const phone = worldOf(standIn, { logFile: '', callLog: '', pollInterval: 1000 }).phone();
    const seen: PhoneEvent[] = [];
    phone.on('event', (event) => {
      if (event.call) seen.push(event);
    });
    await standIn.act('show', 0);
    await phone.open();
    const told = (name: string): string[] =>
      seen.filter(({ event }) => event === name).map(({ call }) => call?.number ?? '(no number)');
    try {
      let next = 0;
      const ring = async (): Promise<void> => {
        for (let i = next++; i < CALLS; i = next++) {
          // Its time begins when it rings.
          const [slot = ''] = await standIn.act('incoming', String(5000 + i), `Caller ${i}`);
          await pause(SHORTEST + ((i * 37) % (LONGEST - SHORTEST)));
          await standIn.request('remote-hangup', slot);
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, ring));
      await standIn.sync();
      const rang = Number((await standIn.request('ring-count'))[0]);
      for (let i = 0; i < 100 && told('ended').length < CALLS; i++) await pause(50);
      const numbers = Array.from({ length: CALLS }, (_, i) => String(5000 + i));
      const missing = numbers.filter((number) => !told('incoming').includes(number));
      console.log(
        `      ${rang} of ${CALLS} rang, told of ${told('incoming').length}, ${missing.length} without their number`,
      );
      assert.ok(rang > CALLS * 0.9, 'MicroSIP itself is too slow for these calls');
      assert.equal(told('incoming').length, rang);
      assert.equal(told('ended').length, rang);
      assert.equal(new Set(seen.map(({ call }) => call?.callId)).size, rang);
      // One that MicroSIP takes away before it has answered a single question has no number.
      assert.ok(missing.length - (CALLS - rang) <= CALLS / 10, `without their number: ${missing.join(' ')}`);
      assert.deepEqual(phone.snapshot().calls, []);
    } finally {
      await phone.close();
      await standIn.end();
    }
  });
});
