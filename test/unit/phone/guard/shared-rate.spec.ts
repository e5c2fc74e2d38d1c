import assert from 'node:assert/strict';
import { createPhone } from '../../../../src/create-phone';
import type { Command } from '../../../../src/phone/commands/command';
import type { Phone } from '../../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';

const REFUSED = { code: 'refused' };

describe('how often one MicroSIP calls, writes and transfers', () => {
  const opened: { phone: Phone; microsip: SimulatedMicrosip }[] = [];
  const RealDate = Date.now;
  async function phoneOn(microsip: SimulatedMicrosip, settings: object = {}): Promise<Phone> {
    const phone = createPhone({ connection: 'simulator', dialsPerMinute: 2, ...settings }, { simulated: microsip });
    opened.push({ phone, microsip });
    await phone.open();
    return phone;
  }
  async function connected(microsip: SimulatedMicrosip, phone: Phone): Promise<void> {
    await phone.execute({ type: 'dial', number: '1001' });
    microsip.far.answer();
  }
  afterEach(async () => {
    Date.now = RealDate;
    for (const { phone, microsip } of opened.splice(0)) {
      await phone.close();
      microsip.dispose();
    }
  });

  it('a second phone on it does not make it call twice as often', async () => {
    const microsip = new SimulatedMicrosip();
    const [one, other] = [await phoneOn(microsip), await phoneOn(microsip)];
    await one.execute({ type: 'message', number: '1001', text: 'a' });
    await assert.rejects(other.execute({ type: 'dial', number: '1001' }), REFUSED);
    const elsewhere = await phoneOn(new SimulatedMicrosip());
    await elsewhere.execute({ type: 'dial', number: '1001' });
  });

  it('two phones at the same moment are one too many', async () => {
    const microsip = new SimulatedMicrosip();
    const phones = [await phoneOn(microsip), await phoneOn(microsip), await phoneOn(microsip)];
    const outcomes = await Promise.allSettled(
      phones.map((phone) => phone.execute({ type: 'message', number: '1001', text: 'a' })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  });

  it('a phone that is made anew for it goes on counting', async () => {
    const microsip = new SimulatedMicrosip();
    const before = await phoneOn(microsip);
    await before.execute({ type: 'message', number: '1001', text: 'a' });
    await before.close();
    const after = await phoneOn(microsip);
    await assert.rejects(after.execute({ type: 'message', number: '1001', text: 'a' }), REFUSED);
  });

  for (const command of [
    { type: 'message', number: '1001', text: 'a' },
    { type: 'dial', number: '1001' },
  ] satisfies Command[]) {
    it(`a ${command.type} too many is refused, and nothing is sent`, async () => {
      const microsip = new SimulatedMicrosip();
      const phone = await phoneOn(microsip, { dialsPerSecond: 100 });
      for (let i = 0; i < 2; i++) await phone.execute({ type: 'message', number: '1001', text: 'a' });
      const sent = microsip.journal.entries.length;
      await assert.rejects(phone.execute(command), REFUSED);
      assert.equal(microsip.journal.entries.length, sent);
    });
  }

  it('transfers count', async () => {
    const microsip = new SimulatedMicrosip();
    const phone = await phoneOn(microsip, { dialsPerSecond: 100 });
    await connected(microsip, phone);
    await phone.execute({ type: 'transfer', number: '1002' });
    await assert.rejects(phone.execute({ type: 'dial', number: '1003' }), REFUSED);
  });

  for (const [what, moved] of [
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ] as const) {
    it(`a clock that is set ${what} changes nothing`, async () => {
      const microsip = new SimulatedMicrosip();
      const phone = await phoneOn(microsip);
      await phone.execute({ type: 'message', number: '1001', text: 'a' });
      Date.now = () => RealDate() + moved;
      await assert.rejects(phone.execute({ type: 'message', number: '1001', text: 'a' }), REFUSED);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await phone.execute({ type: 'message', number: '1001', text: 'a' });
    });
  }

  it('what never reached MicroSIP does not count', async () => {
    const microsip = new SimulatedMicrosip();
    const phone = await phoneOn(microsip);
    microsip.restart();
    const failures = new Set<unknown>();
    for (let dialled = false; !dialled;) {
      dialled = await phone.execute({ type: 'dial', number: '1001' }).then(
        () => true,
        (error: unknown) => (failures.add((error as { code?: string }).code), false),
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(failures.has('refused'), false);
    assert.notEqual(failures.size, 0);
  });
});
