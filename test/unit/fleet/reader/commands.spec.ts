import assert from 'node:assert/strict';
import { FleetReader } from '../../../../src/fleet/reader/fleet-reader';
import { FakeClock } from '../../../support/fake-clock';
import { failsWith } from '../../../support/fails-with';
import { HandAgent, ringing } from '../../../support/hand-agent';
import { MemoryBroker } from '../../../support/memory-broker';

interface Sent {
  id: string;
  from: string;
  type: string;
  ts: number;
  ttl: number;
  session?: string;
}

const HOUR = 3_600_000;

describe('commands of the reader of a fleet', () => {
  let clock: FakeClock;
  let broker: MemoryBroker;
  let agent: HandAgent;
  let reader: FleetReader;

  const sent = (kind = 'command', of = agent): Sent[] => broker.commands<Sent>(of.topic(kind));
  const start = async (): Promise<void> => {
    reader = new FleetReader(broker, { clock, from: 'us' });
    await clock.pass(1000);
  };

  beforeEach(() => {
    clock = new FakeClock();
    broker = new MemoryBroker();
    agent = new HandAgent(broker);
    agent.time = clock.wall();
  });

  afterEach(() => {
    reader.close();
  });

  it('has an id of its own, our name, the time, and the session that is known', async () => {
    agent.connect();
    await start();
    const answers = [
      reader.send('desk-1', { type: 'dial', number: '1002' }),
      reader.send('desk-1', { type: 'answer' }),
    ];
    await clock.pass(0);
    const [dial, answer] = sent();
    assert.ok(dial && answer);
    assert.notEqual(dial.id, answer.id);
    assert.deepEqual([dial.from, dial.type, dial.ttl, dial.session], ['us', 'dial', 10, 's1']);
    assert.equal(dial.ts, clock.wall());
    agent.answer('us', answer.id);
    agent.answer('us', dial.id, { ok: true, callId: 'c1', verified: true });
    assert.deepEqual(await Promise.all(answers), [{ callId: 'c1' }, {}]);
  });

  it('fails with what the agent says', async () => {
    agent.connect();
    await start();
    const dialled = reader.send('desk-1', { type: 'dial', number: '1002' });
    await clock.pass(0);
    agent.answer('us', sent()[0]?.id ?? '', { ok: false, error: { code: 'line_busy', message: 'x' } });
    await failsWith('line_busy', dialled);
  });

  it('hears only answers to its own commands, of the phone that was asked', async () => {
    const other = new HandAgent(broker, 'desk-2');
    agent.connect();
    other.connect();
    await start();
    const dialled = reader.send('desk-1', { type: 'dial', number: '1002' });
    await clock.pass(0);
    const id = sent()[0]?.id ?? '';
    other.answer('us', id);
    agent.answer('them', id);
    agent.answer('us', 'another');
    broker.tell(agent.topic(`response/us/${id}`), { id: 'another', ok: true });
    broker.deliver({
      topic: agent.topic(`response/us/${id}`),
      payload: Buffer.from(JSON.stringify({ id, ok: true })),
      retain: true,
    });
    const failed = failsWith('agent_offline', dialled, /not answer within 12 s/);
    await clock.through(failed);
  });

  it('says at once that the broker or the agent is away', async () => {
    agent.connect();
    agent.die();
    await start();
    await failsWith('agent_offline', reader.send('desk-1', { type: 'answer' }));
    await failsWith('agent_offline', reader.send('nobody', { type: 'answer' }));
    broker.lose();
    await failsWith('broker_offline', reader.send('desk-1', { type: 'answer' }));
    await failsWith('broker_offline', reader.sendToMany({ all: true }, { type: 'answer' }));
    assert.deepEqual(broker.published, []);
  });

  it('says of a command whose answer did not come that it may have been carried out, and sends none again', async () => {
    agent.connect();
    await start();
    const lost = failsWith('broker_offline', reader.send('desk-1', { type: 'answer' }), /may have been carried out/);
    await clock.pass(100);
    broker.lose();
    await lost;
    broker.connect();
    await clock.pass(1000);
    const unanswered = failsWith(
      'agent_offline',
      reader.send('desk-1', { type: 'answer' }),
      /may have been carried out/,
    );
    await clock.pass(100);
    agent.die();
    await clock.pass(2000);
    await unanswered;
    assert.equal(sent().length, 2);
  });

  it('waits for the answer of an agent that only changes its connection', async () => {
    agent.connect();
    await start();
    const answered = reader.send('desk-1', { type: 'answer' });
    await clock.pass(100);
    agent.die();
    await clock.pass(500);
    agent.connect();
    await clock.pass(5000);
    agent.answer('us', sent()[0]?.id ?? '');
    assert.deepEqual(await answered, {});
  });

  for (const [title, off] of [
    ['ahead', HOUR],
    ['behind', -HOUR],
  ] as const) {
    it(`dates commands by the clock of an agent that is an hour ${title}, as soon as it has spoken`, async () => {
      await start();
      agent.time = clock.wall() + off;
      agent.connect();
      void reader.send('desk-1', { type: 'answer' }).catch(() => undefined);
      await clock.pass(0);
      const age = clock.wall() + off - (sent()[0]?.ts ?? 0);
      assert.ok(Math.abs(age) < 1500, `${age} ms`);
    });

    it(`learns from a command that came too late that an agent is an hour ${title}`, async () => {
      agent.time = clock.wall() - 10 * HOUR;
      agent.connect();
      await start();
      const late = reader.send('desk-1', { type: 'answer' });
      await clock.pass(0);
      const error = { code: 'expired_command', message: 'x' };
      agent.answer('us', sent()[0]?.id ?? '', { ok: false, error, time: clock.wall() + off });
      await failsWith('expired_command', late);
      void reader.send('desk-1', { type: 'answer' }).catch(() => undefined);
      await clock.pass(0);
      assert.equal(sent().length, 2);
      assert.equal(sent()[1]?.ts, clock.wall() + off);
    });
  }

  it('is not dated by what another agent of the phone had for a clock', async () => {
    await start();
    agent.time = clock.wall() + HOUR;
    agent.connect();
    agent.restart('s2');
    agent.time = clock.wall();
    agent.connect();
    void reader.send('desk-1', { type: 'answer' }).catch(() => undefined);
    await clock.pass(0);
    assert.deepEqual([sent()[0]?.ts, sent()[0]?.session], [clock.wall(), 's2']);
  });

  it('goes to a group in one message, and comes back with an answer of each that is online', async () => {
    const agents = ['a', 'b', 'c', 'd'].map((id) => new HandAgent(broker, id));
    const [a, b, c, d] = agents as [HandAgent, HandAgent, HandAgent, HandAgent];
    for (const one of agents) {
      one.connect();
      one.tellInfo(one === d ? [] : ['sales']);
    }
    c.die();
    await start();
    const answers = reader.sendToMany({ group: 'sales' }, { type: 'hangup', scope: 'all' });
    await clock.pass(0);
    const [command] = broker.commands<Sent>('microsip/group/sales/command');
    assert.ok(command);
    assert.equal(command.session, undefined);
    assert.ok(command.ttl <= 5);
    a.answer('us', command.id);
    await clock.pass(1500);
    b.answer('us', command.id, { ok: false, error: { code: 'no_call', message: 'x' } });
    const outcomes = await answers;
    assert.deepEqual(outcomes.get('a'), { ok: true, result: {} });
    const failure = outcomes.get('b');
    assert.equal(failure?.ok === false && failure.error.code, 'no_call');
    assert.deepEqual([...outcomes.keys()], ['a', 'b']);
  });

  describe('to many, whose clocks differ', () => {
    const late = { code: 'expired_command', key: 'error.expired_command.late', message: 'x' };
    /** When it comes; the answer may be told a while later. */
    const refuse = (one: HandAgent, { id, ts }: Sent, off: number): void => {
      one.answer('us', id, { ok: false, error: late, time: ts + off });
    };
    let wrong: HandAgent;

    beforeEach(async () => {
      wrong = new HandAgent(broker, 'wrong');
      for (const one of [agent, wrong]) one.connect();
      await start();
    });

    it('is sent once more to those who refuse it for that, by their own time', async () => {
      const answers = reader.sendToMany({ all: true }, { type: 'hangup', scope: 'all' });
      await clock.pass(1000);
      const [command] = broker.commands<Sent>('microsip/all/command');
      assert.ok(command);
      agent.answer('us', command.id);
      refuse(wrong, command, HOUR);
      refuse(wrong, command, HOUR);
      await clock.pass(0);
      const again = sent('command', wrong);
      assert.deepEqual(
        again.map(({ type, session, ttl }) => [type, session, ttl]),
        [['hangup', 's1', command.ttl]],
      );
      const age = clock.wall() + HOUR - (again[0]?.ts ?? 0);
      assert.ok(age >= 1000 && age <= 2000, `${age} ms`);
      wrong.answer('us', again[0]?.id ?? '', { ok: true, callId: 'c', verified: true });
      const outcomes = await answers;
      assert.deepEqual(
        [outcomes.get('desk-1'), outcomes.get('wrong')],
        [
          { ok: true, result: {} },
          { ok: true, result: { callId: 'c' } },
        ],
      );
      assert.equal(sent().length, 0);
    });

    it('fails when they refuse it again, or when its time is over', async () => {
      const toAll = async (number: number): Promise<Sent> => {
        await clock.pass(0);
        return broker.commands<Sent>('microsip/all/command')[number] ?? assert.fail('nothing sent');
      };
      const again = reader.sendToMany({ all: true }, { type: 'answer' });
      const first = await toAll(0);
      agent.answer('us', first.id);
      refuse(wrong, first, HOUR);
      await clock.pass(0);
      refuse(wrong, sent('command', wrong)[0] ?? assert.fail('not sent again'), -HOUR);
      const outcome = (await again).get('wrong');
      assert.equal(outcome?.ok === false && outcome.error.code, 'expired_command');

      const over = reader.sendToMany({ all: true }, { type: 'answer' }, { ttl: 2, time: 10_000 });
      const second = await toAll(1);
      await clock.pass(2500);
      agent.answer('us', second.id);
      refuse(wrong, second, HOUR);
      const late = (await over).get('wrong');
      assert.equal(late?.ok === false && late.error.code, 'expired_command');
      assert.equal(sent('command', wrong).length, 1);
    });
  });

  it('waits no longer for the answers of many than it is told to', async () => {
    agent.connect();
    await start();
    const answers = reader.sendToMany({ all: true }, { type: 'answer' }, { time: 3000 });
    await clock.pass(2900);
    const outcomes = await clock.through(answers, 200);
    const outcome = outcomes.get('desk-1');
    assert.equal(outcome?.ok === false && outcome.error.code, 'agent_offline');
    assert.equal((await reader.sendToMany({ group: 'nobody' }, { type: 'answer' })).size, 0);
  });

  it('goes to each of some phones by itself', async () => {
    agent.connect();
    await start();
    const answers = reader.sendToMany({ phones: ['desk-1', 'desk-1', 'gone'] }, { type: 'answer' });
    await clock.pass(0);
    assert.equal(sent().length, 1);
    agent.answer('us', sent()[0]?.id ?? '');
    const outcomes = await answers;
    const gone = outcomes.get('gone');
    assert.deepEqual([outcomes.get('desk-1')?.ok, gone?.ok === false && gone.error.code], [true, 'agent_offline']);
  });

  it('asks for what the broker has not delivered, but not for ever', async () => {
    broker.tell(agent.topic('availability'), 'online', true);
    agent.tellInfo();
    await start();
    await clock.pass(5 * 60_000);
    const asked = sent().filter(({ type }) => type === 'snapshot');
    assert.equal(asked.length, 3);
    assert.ok(asked.every(({ from }) => (from as unknown) === undefined));
  });

  it('asks again when it is behind and the answer got lost on the same way, but not once it has caught up', async () => {
    const asked = (): number => sent().filter(({ type }) => type === 'snapshot').length;
    agent.connect();
    await start();
    agent.time = clock.wall();
    agent.tellState();
    await clock.pass(10_000);
    // What waited so long at the broker has others behind it, of which the broker may have dropped some.
    agent.tellEvent(agent.event('incoming', ringing('c1')));
    await clock.until(() => (asked() === 2 ? true : undefined));
    agent.time = clock.wall();
    agent.tellState();
    await clock.pass(60_000);
    assert.equal(asked(), 2);
  });

  it('asks without a time where it knows the session: the clock of that agent may have been set', async () => {
    agent.time = clock.wall() + HOUR;
    broker.tell(agent.topic('availability'), 'online', true);
    agent.tellInfo();
    await start();
    await clock.pass(5000);
    const [asked] = sent() as Partial<Sent>[];
    assert.deepEqual([asked?.type, asked?.ts, asked?.session], ['snapshot', undefined, 's1']);
  });

  it('learns the time of an agent of which nothing is known but that it is there', async () => {
    broker.tell(agent.topic('availability'), 'online', true);
    await start();
    await clock.until(() => (sent().length > 0 ? true : undefined));
    const error = { code: 'expired_command', key: 'error.expired_command.late', message: 'x' };
    agent.answer('us', sent()[0]?.id ?? '', { ok: false, error, time: clock.wall() + HOUR });
    await clock.pass(0);
    const again = sent()[1];
    assert.equal(again?.type, 'snapshot');
    assert.ok(Math.abs(again.ts - clock.wall() - HOUR) < 1000);
  });

  it('asks nothing of phones that are known, or away', async () => {
    const gone = new HandAgent(broker, 'gone');
    broker.tell(gone.topic('availability'), 'offline', true);
    agent.connect();
    await start();
    await clock.pass(60_000);
    assert.deepEqual(broker.published, []);
  });

  it('asks all phones, when the broker has delivered no more than a thousand', async () => {
    broker.deliveredAtOnce = 1020;
    for (let number = 0; number < 1100; number += 1) new HandAgent(broker, `desk-${number}`).connect();
    await start();
    await clock.pass(1000);
    assert.deepEqual(
      broker.commands<Sent>('microsip/all/command').map(({ type }) => type),
      ['snapshot'],
    );
  });

  it('is refused when it is no JSON, too large, or valid for too long', async () => {
    agent.connect();
    await start();
    const wrong: [object, { ttl?: number }][] = [
      [{ number: 1n }, {}],
      [{ number: 'x'.repeat(20_000) }, {}],
      [{ number: '1' }, { ttl: 61 }],
      [{ number: '1' }, { ttl: 0 }],
    ];
    for (const [fields, options] of wrong)
      await failsWith('config', reader.send('desk-1', { type: 'dial', ...fields }, options));
    assert.deepEqual(broker.published, []);
  });
});
