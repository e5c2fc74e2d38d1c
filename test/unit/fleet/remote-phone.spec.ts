import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone, PhoneSnapshot } from '../../../src/phone/phone';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import type { RawSettings } from '../../../src/settings/setting-values';
import { failsWith } from '../../support/fails-with';
import { FakeClock } from '../../support/fake-clock';
import { answered, ended, HandAgent, ringing } from '../../support/hand-agent';
import { MemoryBroker } from '../../support/memory-broker';

describe('a phone that an agent has', () => {
  let clock: FakeClock;
  let broker: MemoryBroker;
  let agent: HandAgent;
  let phone: Phone;

  const make = (more: RawSettings = {}): Phone =>
    createPhone({ connection: 'mqtt', phoneId: 'desk-1', ...more }, { broker, clock });
  const stands = (): Pick<PhoneSnapshot, 'presence' | 'problem' | 'state'> => {
    const { presence, problem, state } = phone.snapshot();
    return { presence, state, ...(problem && { problem }) };
  };
  const open = async (): Promise<void> => clock.through(phone.open());

  beforeEach(() => {
    clock = new FakeClock();
    broker = new MemoryBroker();
    agent = new HandAgent(broker);
    agent.time = clock.wall();
    phone = make();
  });

  afterEach(() => phone.close());

  it('tells a broker, an agent and a MicroSIP that are away from each other', async () => {
    assert.deepEqual(stands(), { presence: 'closed', state: 'offline' });
    agent.connect();
    await open();
    assert.deepEqual(stands(), { presence: 'ready', state: 'idle' });
    agent.tellEvent(agent.presence(false));
    assert.deepEqual(stands(), { presence: 'absent', problem: 'not_running', state: 'offline' });
    agent.tellState();
    assert.deepEqual(stands(), { presence: 'absent', problem: 'not_running', state: 'offline' });
    agent.die();
    assert.deepEqual(stands(), { presence: 'absent', problem: 'agent_offline', state: 'offline' });
    broker.lose();
    assert.deepEqual(stands(), { presence: 'absent', problem: 'broker_offline', state: 'offline' });
    await failsWith('broker_offline', phone.execute({ type: 'answer' }));
  });

  it('opens also when the broker is away, and comes when it does', async () => {
    broker.lose();
    await open();
    assert.equal(stands().problem, 'broker_offline');
    agent.connect();
    broker.connect();
    await clock.pass(1000);
    assert.deepEqual(stands(), { presence: 'ready', state: 'idle' });
  });

  for (const away of ['broker', 'agent'] as const)
    it(`goes on with its calls when the ${away} was away`, async () => {
      agent.connect();
      await open();
      const told: string[] = [];
      phone.on('event', ({ event }) => told.push(event));
      agent.tellEvent(agent.event('incoming', ringing('c1')));
      agent.tellState();
      if (away === 'broker') broker.lose();
      else agent.die();
      await clock.pass(10_000);
      assert.deepEqual(told, ['incoming', 'phone_offline']);
      agent.event('answered', answered('c1'));
      agent.connect();
      broker.connect();
      await clock.pass(2000);
      agent.tellEvent(agent.event('ended', ended('c1')));
      assert.deepEqual(told.slice(2), ['phone_online', 'answered', 'ended']);
    });

  it('takes only commands, and passes them on as they are', async () => {
    agent.connect();
    await open();
    await failsWith('config', phone.execute({ type: 'snapshot' } as never));
    await failsWith('config', phone.execute({ type: 'answer', id: 'mine' } as never));
    const dialled = phone.execute({ type: 'dial', number: '+49 (30) 123' });
    await clock.pass(0);
    const [command] = broker.commands<{ id: string; from: string; number: string }>(agent.topic('command'));
    assert.equal(command?.number, '+49 (30) 123');
    agent.answer(command.from, command.id, { ok: true, verified: true, callId: 'c1' });
    assert.deepEqual(await dialled, { callId: 'c1' });
  });

  it('asks its own rules, too, before anything is sent', async () => {
    phone = make({ deny: '^\\+?49900' });
    agent.connect();
    await open();
    await failsWith('refused', phone.execute({ type: 'dial', number: '+49 900 1' }));
    await failsWith('refused', phone.execute({ type: 'transfer', number: '49900-1' }));
    assert.deepEqual(broker.published, []);
  });

  it('fails commands that are under way when it is closed', async () => {
    agent.connect();
    await open();
    const answered = failsWith('closed', phone.execute({ type: 'answer' }));
    await clock.pass(0);
    await phone.close();
    await answered;
    await failsWith('closed', phone.execute({ type: 'answer' }));
  });

  it('waits for the answer as long as the digits of a command take', async () => {
    agent.connect();
    await open();
    let over = false;
    const sent = failsWith('agent_offline', phone.execute({ type: 'dtmf', digits: `1${','.repeat(20)}2` })).then(() => {
      over = true;
    });
    await clock.pass(30_000);
    assert.equal(over, false);
    await clock.through(sent);
  });

  it('is refused with an id that is none, an impossible base, or without a broker', () => {
    for (const settings of [{ phoneId: 'all' }, { phoneId: 'a/b' }, { phoneId: '' }, { base: 'a/#' }])
      assert.throws(
        () => make(settings),
        (error) => error instanceof PhoneError && error.code === 'config',
      );
    assert.throws(
      () => createPhone({ connection: 'mqtt', phoneId: 'desk-1' }),
      (error) => error instanceof PhoneError && error.reason === 'no_broker',
    );
  });

  it('tells a successor that shares what was told nothing twice', async () => {
    agent.connect();
    await open();
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    agent.tellState();
    const told: string[] = [];
    const before = phone as Phone & { told: never; leave(): void };
    phone = createPhone({ connection: 'mqtt', phoneId: 'desk-1' }, { broker, clock, told: before.told });
    phone.on('event', ({ event }) => told.push(event));
    await open();
    before.leave();
    assert.deepEqual(told, []);
    assert.equal(phone.snapshot().state, 'ringing');
  });

  it('has the names of its own contacts where the network sent none', async () => {
    const people: Record<string, string> = { '+49301001': 'Ada\u202e', '1001': 'wrong', '+4930123456': 'Grace' };
    phone = createPhone(
      { connection: 'mqtt', phoneId: 'desk-1', region: 'DE' },
      { broker, clock, names: (number) => people[number] },
    );
    const told: string[] = [];
    phone.on('event', ({ event, call }) => {
      if (call) told.push(`${event} ${call.name ?? '-'} ${call.nameSource ?? '-'}`);
    });
    phone.on('finished', ({ call }) => told.push(`finished ${call.name ?? '-'} ${call.nameSource ?? '-'}`));
    agent.connect();
    await open();
    const known = { numberE164: '+49301001' };
    agent.tellEvent(agent.event('incoming', { ...ringing('c1'), ...known }));
    agent.tellState();
    assert.deepEqual(
      phone.snapshot().calls.map(({ name, nameSource }) => [name, nameSource]),
      [['Ada', 'contacts']],
    );
    agent.tellEvent(agent.event('ended', { ...ended('c1'), ...known }));
    agent.tellFinished({ ...ended('c1'), ...known });
    agent.tellEvent(agent.event('incoming', { ...ringing('c2'), ...known, name: 'Grace' }));
    agent.tellEvent(agent.event('ended', { ...ended('c2'), ...known, number: '1002', numberE164: '+49301002' }));
    agent.tellEvent(agent.event('incoming', { ...ringing('c3'), number: '030123456' }));
    await clock.pass(10_000);
    assert.deepEqual(told, [
      ...['incoming Ada contacts', 'answered Ada contacts', 'ended Ada contacts', 'finished Ada contacts'],
      ...['incoming Grace -', 'answered - -', 'ended - -', 'incoming Grace contacts', 'finished - -'],
    ]);
  });

  it('has each call that began once in the call log, also one that ended while it was closed', async () => {
    const finished: string[] = [];
    phone.on('finished', ({ call, source }) => finished.push(`${call.callId} ${source}`));
    agent.connect();
    await open();
    for (const callId of ['c1', 'c2', 'c3']) agent.tellEvent(agent.event('incoming', ringing(callId)));
    agent.tellEvent(agent.event('ended', ended('c1')));
    agent.tellFinished(ended('c1'));
    agent.tellEvent(agent.event('ended', ended('c2')));
    await clock.pass(10_000);
    await phone.close();
    agent.tellEvent(agent.event('ended', ended('c3')));
    agent.tellFinished(ended('c3'));
    await clock.pass(10_000);
    await open();
    await clock.pass(10_000);
    agent.tellFinished(ended('c2'));
    assert.deepEqual(finished, ['c1 log', 'c2 log', 'c3 watchdog']);
  });
});
