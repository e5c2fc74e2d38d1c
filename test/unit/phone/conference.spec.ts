import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';

const failsWith = (key: string, command: Promise<unknown>): Promise<void> =>
  assert.rejects(command, (error) => error instanceof PhoneError && error.messageKey === `error.${key}`);

describe('conference', () => {
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  let events: string[];

  beforeEach(async () => {
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ clock, singleMode: false });
    phone = createPhone({ connection: 'simulator', timeout: 400, pollInterval: 50 }, { simulated: microsip });
    events = [];
    phone.on('event', ({ event, call }) => call && events.push(`${event} ${call.number ?? ''}`));
    await phone.open();
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
  });

  const states = (): string =>
    phone
      .snapshot()
      .calls.map(({ callState }) => callState)
      .join(' ');
  const become = (wanted: string): Promise<unknown> => clock.until(() => (states() === wanted ? true : undefined));
  const execute = (command: Parameters<Phone['execute']>[0]): ReturnType<Phone['execute']> =>
    clock.through(phone.execute(command));
  const idOf = (number: string): string =>
    phone.snapshot().calls.find((call) => call.number === number)?.callId ?? assert.fail(number);
  const sipIdOf = (number: string): string =>
    microsip.calls.all.find((call) => call.number === number)?.sipCallId ?? assert.fail(number);
  const connect = async (...numbers: string[]): Promise<void> => {
    for (const [nth, number] of numbers.entries()) {
      microsip.user.dial(number);
      microsip.far.answer();
      await become(['connected', ...Array.from({ length: nth }, () => 'held')].join(' '));
    }
    events.length = 0;
  };
  const merge = { type: 'conference', action: 'merge' } as const;
  const separate = { type: 'conference', action: 'separate' } as const;

  it('joins all calls and resumes them; none begins or ends', async () => {
    await connect('1001', '1002', '1003');
    assert.deepEqual(await execute(merge), { callId: idOf('1003') });
    assert.equal(states(), 'connected connected connected');
    assert.deepEqual(events.sort(), ['resumed 1001', 'resumed 1002']);
  });

  it('resumes the selected one, too, when it is on hold', async () => {
    await connect('1001', '1002');
    microsip.user.toggleHold();
    await become('held held');
    await execute(merge);
    assert.equal(states(), 'connected connected');
  });

  it('takes a call that is selected out of it', async () => {
    await connect('1001', '1002', '1003');
    await execute(merge);
    await failsWith('unsupported.not_selected', execute({ ...separate, callId: idOf('1001') }));
    assert.deepEqual(await execute({ ...separate, callId: idOf('1003') }), { callId: idOf('1003') });
    assert.deepEqual(
      microsip.calls.all.map(({ inConference }) => inConference),
      [true, true, false],
    );
    await failsWith('no_call.no_conference', execute(separate));
    await execute({ type: 'transfer', number: '1009' });
  });

  it('ends exactly the selected one of it', async () => {
    await connect('1001', '1002', '1003');
    await execute(merge);
    const callId = idOf('1003');
    await failsWith('unsupported.one_of_many', execute({ type: 'hangup', scope: 'all', callId: idOf('1001') }));
    await execute({ type: 'hangup', scope: 'all', callId });
    await become('connected connected');
    assert.deepEqual(
      microsip.calls.all.map(({ number }) => number),
      ['1001', '1002'],
    );
  });

  it('sees one that a person has made, and that MicroSIP transfers no member of it', async () => {
    await connect('1001', '1002');
    microsip.user.merge();
    await become('connected connected');
    await failsWith('unsupported.in_conference', execute({ type: 'transfer', number: '1009' }));
    const callId = idOf('1002');
    await execute({ type: 'hangup', scope: 'active', callId });
    assert.deepEqual(
      microsip.calls.all.map(({ number }) => number),
      ['1001'],
    );
  });

  it('End in MicroSIP ends all members', async () => {
    await connect('1001', '1002');
    await execute(merge);
    microsip.clickEnd(sipIdOf('1002'));
    await become('');
    assert.deepEqual(
      events.slice(-2).map((event) => event.split(' ')[0]),
      ['ended', 'ended'],
    );
  });

  it('is refused while a call rings, in or out, and nothing is sent', async () => {
    await connect('1001');
    microsip.far.incoming({ number: '1005' });
    await become('ringing connected');
    await failsWith('unsupported.unanswered_call', execute(merge));
    microsip.far.hangup();
    await become('connected');
    microsip.user.dial('1006');
    await become('held dialing');
    await failsWith('unsupported.unanswered_call', execute(merge));
    assert.deepEqual(microsip.journal.details('clicked'), []);
  });

  it('needs a second call, a selected one, and multi-call mode', async () => {
    await failsWith('no_call.no_second_call', execute(merge));
    await failsWith('no_call.no_conference', execute(separate));
    await connect('1001');
    await failsWith('no_call.no_second_call', execute(merge));
    await failsWith('no_call.no_conference', execute(separate));
    microsip.user.dial('1002');
    microsip.far.answer();
    await become('connected held');
    await failsWith('no_call.unknown_call', execute({ ...merge, callId: 'nobody' }));
    microsip.setSingleMode(true);
    await clock.pass(20);
    await failsWith('unsupported.single_mode', execute(merge));
    await failsWith('unsupported.single_mode', execute(separate));
  });
});
