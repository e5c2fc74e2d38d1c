import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { makePhone } from '../../../src/create-phone';
import type { LocalPhone } from '../../../src/phone/local-phone';
import type { EventName, PhoneEvent } from '../../../src/phone/phone-event';
import { skipBecause } from '../../support/skip';

const PROGRAM = process.env.MICROSIP_TEST;
const A_HAND_NEEDS = 120_000;

/** Against a real MicroSIP with a registered account, beside a person with a second phone. */
describe('a real MicroSIP', function () {
  this.timeout(3 * A_HAND_NEEDS);
  let phone: LocalPhone;
  let events: PhoneEvent[] = [];

  before(async function () {
    if (!PROGRAM) skipBecause(this, 'a real MicroSIP is used only when MICROSIP_TEST names its program file');
    const { local } = makePhone({ name: 'Test', connection: 'window', program: PROGRAM });
    phone = local ?? assert.fail('it is watched from here');
    phone.on('event', (event) => events.push(event));
    await phone.open();
    if (phone.snapshot().presence !== 'ready') {
      await ask(`Start ${PROGRAM} and wait until its account is registered.`);
    }
  });
  beforeEach(() => {
    events = [];
  });
  after(() => (PROGRAM ? phone.close() : undefined));

  it('is seen, with no call', () => {
    const { presence, state, calls } = phone.snapshot();
    assert.deepEqual({ presence, state, calls }, { presence: 'ready', state: 'idle', calls: [] });
  });

  it('refuses to answer when nothing rings, instead of dropping the command', async () => {
    await assert.rejects(phone.execute({ type: 'answer' }), { code: 'no_call' });
  });

  it('dials, sees the far end answer, sends DTMF and hangs up', async () => {
    const number =
      process.env.MICROSIP_TEST_NUMBER ??
      (await ask('Which number shall be dialled? It has to ring your second phone:'));
    const { callId } = await phone.execute({ type: 'dial', number });
    const outgoing = await seen('outgoing');
    assert.equal(outgoing.call?.callId, callId);
    tell('Answer the call on the second phone.');
    await seen('answered');
    await phone.execute({ type: 'dtmf', digits: '12,3#' });
    await phone.execute({ type: 'hangup', scope: 'all' });
    await seen('ended');
    assertOneCall('outgoing');
  });

  it('sees a call come in, answers it, and sees the far end hang up', async () => {
    tell('Call this MicroSIP from the second phone.');
    await seen('incoming');
    await phone.execute({ type: 'answer' });
    await seen('answered');
    tell('Hang up the second phone.');
    await seen('ended');
    assertOneCall('incoming');
  });

  it('sees a call come in and rejects it', async () => {
    tell('Call this MicroSIP from the second phone again.');
    await seen('incoming');
    await phone.execute({ type: 'hangup', scope: 'ringing', rejectCode: 486 });
    await seen('ended');
    assertOneCall('incoming');
  });

  it('sees MicroSIP go and come back', async () => {
    tell('Exit MicroSIP (menu, Exit).');
    await seen('phone_offline');
    assert.equal(phone.snapshot().state, 'offline');
    await assert.rejects(phone.execute({ type: 'hangup', scope: 'all' }), { code: 'not_running' });
    tell(`Start ${PROGRAM ?? 'it'} again.`);
    await seen('phone_online');
  });

  async function seen(name: EventName): Promise<PhoneEvent> {
    const giveUp = AbortSignal.timeout(A_HAND_NEEDS);
    for (;;) {
      const event = events.find((one) => one.event === name);
      if (event) return event;
      await once(phone, 'event', { signal: giveUp });
    }
  }

  /** The promise to every flow: one beginning, one end, one id. */
  function assertOneCall(beginning: EventName): void {
    const ofCalls = events.filter(({ call }) => call !== undefined);
    assert.equal(new Set(ofCalls.map(({ call }) => call?.callId)).size, 1);
    assert.equal(ofCalls[0]?.event, beginning);
    assert.equal(ofCalls.at(-1)?.event, 'ended');
    for (const name of [beginning, 'answered', 'ended']) {
      assert.ok(ofCalls.filter(({ event }) => event === name).length <= 1, name);
    }
  }
});

function tell(what: string): void {
  console.log(`\n    >>> ${what}`);
}

async function ask(what: string): Promise<string> {
  const person = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await person.question(`\n    >>> ${what} Then press Enter: `);
  } finally {
    person.close();
  }
}
