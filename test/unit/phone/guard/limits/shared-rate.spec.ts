import assert from 'node:assert/strict';
import { createPhone } from '../../../../../src/create-phone';
import type { Command } from '../../../../../src/phone/commands/command';
import type { Phone } from '../../../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../../../support/fake-clock';

const REFUSED = { code: 'refused' };

describe('how often one MicroSIP calls, writes and transfers', () => {
  const opened: { phone: Phone; microsip: SimulatedMicrosip }[] = [];
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  async function phoneOn(microsip: SimulatedMicrosip, settings: object = {}): Promise<Phone> {
    const phone = createPhone({ connection: 'simulator', dialsPerMinute: 2, ...settings }, { simulated: microsip });
    opened.push({ phone, microsip });
    await phone.open();
    return phone;
  }
  async function connected(microsip: SimulatedMicrosip, phone: Phone): Promise<void> {
    await clock.through(phone.execute({ type: 'dial', number: '1001' }));
    microsip.far.answer();
  }
  afterEach(async () => {
    for (const { phone, microsip } of opened.splice(0)) {
      await phone.close();
      microsip.dispose();
    }
  });

  it('a second phone on it does not make it call twice as often', async () => {
    const microsip = new SimulatedMicrosip({ clock });
    const [one, other] = [await phoneOn(microsip), await phoneOn(microsip)];
    await clock.through(one.execute({ type: 'message', number: '1001', text: 'a' }));
    await clock.through(assert.rejects(other.execute({ type: 'dial', number: '1001' }), REFUSED));
    const elsewhere = await phoneOn(new SimulatedMicrosip({ clock }));
    await clock.through(elsewhere.execute({ type: 'dial', number: '1001' }));
  });

  it('two phones at the same moment are one too many', async () => {
    const microsip = new SimulatedMicrosip({ clock });
    const phones = [await phoneOn(microsip), await phoneOn(microsip), await phoneOn(microsip)];
    const outcomes = await Promise.allSettled(
      phones.map((phone) => phone.execute({ type: 'message', number: '1001', text: 'a' })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  });

  it('a phone that is made anew for it goes on counting', async () => {
    const microsip = new SimulatedMicrosip({ clock });
    const before = await phoneOn(microsip);
    await clock.through(before.execute({ type: 'message', number: '1001', text: 'a' }));
    await before.close();
    const after = await phoneOn(microsip);
    await clock.through(assert.rejects(after.execute({ type: 'message', number: '1001', text: 'a' }), REFUSED));
  });

  for (const command of [
    { type: 'message', number: '1001', text: 'a' },
    { type: 'dial', number: '1001' },
  ] satisfies Command[]) {
    it(`a ${command.type} too many is refused, and nothing is sent`, async () => {
      const microsip = new SimulatedMicrosip({ clock });
      const phone = await phoneOn(microsip, { dialsPerSecond: 100 });
      for (let i = 0; i < 2; i++) await clock.through(phone.execute({ type: 'message', number: '1001', text: 'a' }));
      const sent = microsip.journal.entries.length;
      await clock.through(assert.rejects(phone.execute(command), REFUSED));
      assert.equal(microsip.journal.entries.length, sent);
    });
  }

  it('transfers count', async () => {
    const microsip = new SimulatedMicrosip({ clock });
    const phone = await phoneOn(microsip, { dialsPerSecond: 100 });
    await connected(microsip, phone);
    await clock.through(phone.execute({ type: 'transfer', number: '1002' }));
    await clock.through(assert.rejects(phone.execute({ type: 'dial', number: '1003' }), REFUSED));
  });

  for (const [what, moved] of [
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ] as const) {
    it(`a clock that is set ${what} changes nothing`, async () => {
      const microsip = new SimulatedMicrosip({ clock });
      const phone = await phoneOn(microsip);
      await clock.through(phone.execute({ type: 'message', number: '1001', text: 'a' }));
      clock.set(moved);
      await clock.through(assert.rejects(phone.execute({ type: 'message', number: '1001', text: 'a' }), REFUSED));
      await clock.pass(1100);
      await clock.through(phone.execute({ type: 'message', number: '1001', text: 'a' }));
    });
  }

  it('what never reached MicroSIP does not count', async () => {
    const microsip = new SimulatedMicrosip({ clock });
    const phone = await phoneOn(microsip);
    microsip.restart();
    const failures = new Set<unknown>();
    for (let dialled = false; !dialled;) {
      const trial = phone.execute({ type: 'dial', number: '1001' }).then(
        () => true,
        (error: unknown) => (failures.add((error as { code?: string }).code), false),
      );
      dialled = await clock.through(trial);
      await clock.pass(20);
    }
    assert.equal(failures.has('refused'), false);
    assert.notEqual(failures.size, 0);
  });
});
