import assert from 'node:assert/strict';
import { createPhone } from '../../../../src/create-phone';
import type { Phone } from '../../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../../support/fake-clock';

describe('a dial after one that had no effect', () => {
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  beforeEach(async () => {
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ dialPlan: 'none', clock });
    phone = createPhone({ connection: 'simulator', timeout: 300, dialsPerSecond: 100 }, { simulated: microsip });
    await phone.open();
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
  });

  for (const [what, number, prefix] of [
    ['of the same number', '1001', ''],
    ['of that user at a host', '1001@pbx.example', ''],
    ['of another number, before which MicroSIP puts something', '2002', '0'],
  ] as const)
    it(`${what} is the one that was made, and is not said to have failed`, async () => {
      await clock.through(assert.rejects(phone.execute({ type: 'dial', number: '1001' }), { code: 'timeout' }));
      microsip.dialling.plan = '';
      microsip.dialling.prefix = prefix;
      const { callId } = await clock.through(phone.execute({ type: 'dial', number }));
      assert.deepEqual(
        phone.snapshot().calls.map((call) => call.callId),
        [callId],
      );
    });
});
