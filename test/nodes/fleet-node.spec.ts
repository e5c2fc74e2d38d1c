import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { brokerNode, coreMqtt, type WholeBrokerNode } from './core-mqtt';
import { loadExample } from './example';
import { Flow, nodeSuite, type FlowNode, type Message } from './flow';
import { ScriptedFleet, type AgentOptions, type ScriptedAgent } from './scripted-agent';

type Row = Record<string, unknown> & { phone: string };
type Answer = { phone: string; ok: boolean; callId?: string; error?: { code: string } };
type Told<P = unknown> = Omit<Message, 'payload'> & { payload: P };

const BASE = 'office/phones';
const fleet = (more: object = {}): FlowNode => ({
  ...{ id: 'fleet', type: 'microsip-fleet', broker: 'broker', base: BASE, events: [], wires: [['out']] },
  ...more,
});
const OTHERS: FlowNode[] = [
  { id: 'out', type: 'helper' },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  { id: 'errors', type: 'helper' },
];

nodeSuite('fleet node', () => {
  const office = new ScriptedFleet({ base: BASE });
  const agent = (options?: AgentOptions): Promise<ScriptedAgent> => office.agent(options);

  const load = (node = fleet(), more: FlowNode[] = []): Promise<Flow> =>
    Flow.load([brokerNode(office.mosquitto.port, 4), node, ...OTHERS, ...more], [coreMqtt]);
  const standing = (flow: Flow, online: number, withCalls = 0): Promise<unknown> =>
    eventually(() => {
      const { online: there, inCall, calling } = flow.statusOf('fleet');
      return (there === online && Number(inCall) + Number(calling) === withCalls) || undefined;
    });
  const broker = (): WholeBrokerNode => helper.getNode('broker') as never;

  async function table(flow: Flow): Promise<Row[]> {
    flow.messages('out').length = 0;
    flow.send('fleet', { payload: '?', mine: 1 });
    const { payload, mine } = (await flow.until('out', ({ topic }) => topic === 'fleet/phones')) as unknown as Told<
      Row[]
    >;
    assert.equal(mine, 1);
    return payload;
  }

  async function answered(
    flow: Flow,
    msg: object,
  ): Promise<Told<Answer[]> & { missing: string[]; responses: Answer[] }> {
    flow.send('fleet', msg);
    return (await flow.until('out', ({ missing }) => missing !== undefined)) as never;
  }

  async function failed(flow: Flow, msg: object): Promise<Told & { error: { code: string; message: string } }> {
    flow.send('fleet', msg);
    return (await flow.until('errors')) as never;
  }

  it('answers any message with a table of all phones, in the order of their ids', async () => {
    await agent({ id: 'desk-2', name: 'Desk 2', groups: [] });
    const first = await agent();
    const callId = await first.incoming('+4930123456');
    const flow = await load();
    await standing(flow, 2, 1);
    const [one, two] = await eventually(async () => {
      const rows = await table(flow);
      return rows.every(({ agent }) => agent !== undefined) ? rows : undefined;
    });
    const { since, lastSeen, calls, ...row } = one as Row & { calls: Row[] };
    assert.deepEqual(row, {
      ...{ phone: 'desk-1', name: 'Desk 1', online: true, state: 'ringing', registered: true, missedToday: 2 },
      ...{ caller: { number: '+4930123456', name: 'Ada' }, agent: '0.2.0', microsip: '3.22.16' },
      ...{ host: 'PC-7', user: 'ada', groups: ['sales'] },
    });
    assert.equal(calls[0]?.['callId'], callId);
    assert.ok(!Number.isNaN(Date.parse(String(since))));
    assert.equal(lastSeen, undefined, 'all of it was kept by the broker');
    assert.deepEqual([two?.phone, two?.['state'], two?.['calls']], ['desk-2', 'idle', []]);
  });

  it('sends a message for each change of any phone, with its id', async () => {
    const flow = await load();
    const one = await agent();
    const other = await agent({ id: 'desk-2', name: 'Desk 2' });
    await standing(flow, 2);
    const callId = await one.incoming('1005');
    await other.incoming('1006');
    const told = await flow.until('out', ({ topic }) => topic === 'desk-2/call/incoming');
    assert.deepEqual([told['phone'], told.payload['phone'], told.payload['number']], ['desk-2', 'Desk 2', '1006']);
    const [begun] = flow.messages('out').filter(({ topic }) => topic === 'desk-1/call/incoming');
    assert.deepEqual([begun?.['callId'], begun?.payload['callId']], [callId, callId]);
    await other.die();
    const gone = await flow.until('out', ({ topic }) => topic === 'desk-2/phone/phone_offline');
    assert.equal(gone['phone'], 'desk-2');
    const row = (await table(flow)).find(({ phone }) => phone === 'desk-2');
    assert.deepEqual([row?.['online'], row?.['state'], row?.['problem']], [false, 'offline', 'agent_offline']);
  });

  it('tells in the table that MicroSIP does not run where its agent is there', async () => {
    const one = await agent();
    const flow = await load();
    await standing(flow, 1);
    await one.stand({ state: 'offline', calls: [] });
    const row = await eventually(async () => (await table(flow)).find((each) => each['state'] === 'offline'));
    assert.deepEqual([row['online'], row['problem']], [true, 'not_running']);
  });

  it('has do not disturb, voicemail, what is wrong and how the last call came through in the table', async () => {
    const one = await agent();
    const flow = await load();
    await standing(flow, 1);
    const voicemail = { waiting: true, new: 2 };
    const trouble = { problem: 'blocked', problemText: 'Error' };
    const features = { dnd: true, recording: false };
    await one.stand({ state: 'idle', calls: [], features, voicemail, ...trouble });
    const quality = { codec: 'PCMU', mos: 2.1 };
    const times = { startTime: new Date().toISOString(), endTime: new Date().toISOString() };
    await one.finished({ callId: 'c1', disposition: 'answered', ...times, quality });
    const row = await eventually(async () => (await table(flow)).find(({ lastQuality }) => lastQuality));
    assert.deepEqual(
      [row['dnd'], row['voicemail'], row['problem'], row['problemText'], row['lastQuality']],
      [true, voicemail, 'blocked', 'Error', quality],
    );
    await one.event('voicemail', { voicemail: { waiting: false, new: 0 } });
    const told = await flow.until('out', ({ topic }) => topic === 'desk-1/phone/voicemail');
    assert.deepEqual([told['phone'], told.payload['voicemail']], ['desk-1', { waiting: false, new: 0 }]);
    assert.deepEqual((await table(flow))[0]?.['voicemail'], { waiting: false, new: 0 });
  });

  it('sends only the events that are chosen, and calls for a log only then', async () => {
    const one = await agent();
    const flow = await load(fleet({ events: ['ended', 'call_log'] }));
    await standing(flow, 1);
    const callId = await one.incoming('1005');
    await standing(flow, 1, 1);
    const times = { startTime: new Date().toISOString(), endTime: new Date().toISOString() };
    const ended = { callId, direction: 'inbound', callState: 'ended', number: '1005', disposition: 'missed', ...times };
    await one.event('ended', ended);
    await one.finished(ended);
    await flow.until('out', ({ topic }) => topic === 'desk-1/call_log');
    assert.deepEqual(
      flow.messages('out').map(({ topic, phone, payload }) => [topic, phone, payload['disposition']]),
      [
        ['desk-1/call/ended', 'desk-1', 'missed'],
        ['desk-1/call_log', 'desk-1', 'missed'],
      ],
    );
  });

  it('sends a command to one phone and passes on its answer', async () => {
    const one = await agent({ answer: () => ({ ok: true, callId: 'c1' }) });
    const flow = await load();
    await standing(flow, 1);
    const { payload, missing, topic } = await answered(flow, {
      ...{ phone: 'desk-1', topic: 't', payload: { type: 'dial', number: '1005', id: 'old', ts: 1, ttl: 60 } },
    });
    assert.deepEqual(payload, [{ phone: 'desk-1', name: 'Desk 1', ok: true, callId: 'c1' }]);
    assert.deepEqual([missing, topic], [[], 't']);
    const [command] = one.commands;
    assert.deepEqual([command?.['type'], command?.['number'], command?.['ttl']], ['dial', '1005', 5]);
    assert.notEqual(command?.['id'], 'old');
  });

  it('switches do not disturb on a phone, and tells how its switches then stand', async () => {
    const features = { dnd: true, autoAnswer: false };
    const one = await agent({ answer: () => ({ ok: true, verified: true, features }) });
    const flow = await load();
    await standing(flow, 1);
    const command = { type: 'feature', feature: 'dnd', action: 'on' };
    const { payload } = await answered(flow, { phone: 'desk-1', payload: command });
    assert.deepEqual(payload, [{ phone: 'desk-1', name: 'Desk 1', ok: true, features }]);
    const { type, feature, action } = one.commands[0] ?? {};
    assert.deepEqual({ type, feature, action }, command);
  });

  it('sends a command to a group, and tells who has not answered', async () => {
    const busy = { ok: false, error: { code: 'line_busy', message: 'x' } };
    await agent();
    await agent({ id: 'desk-2', name: 'Desk 2', answer: () => busy });
    await agent({ id: 'desk-3', name: 'Desk 3', answer: () => undefined });
    const other = await agent({ id: 'desk-4', groups: ['support'] });
    const flow = await load();
    await standing(flow, 4);
    const { payload, missing, responses } = await answered(flow, {
      ...{ group: 'sales', timeout: 1, payload: { type: 'hangup', scope: 'all' } },
    });
    assert.deepEqual(
      payload.map(({ phone, ok, error }) => [phone, ok, error?.code]),
      [
        ['desk-1', true, undefined],
        ['desk-2', false, 'line_busy'],
        ['desk-3', false, 'agent_offline'],
      ],
    );
    assert.deepEqual([missing, responses, other.commands], [['desk-3'], payload, []]);
  });

  it('sends a command to all, and to a list', async () => {
    const one = await agent();
    const other = await agent({ id: 'desk-2', groups: [] });
    const flow = await load();
    await standing(flow, 2);
    await answered(flow, { phone: 'all', payload: { type: 'hangup', scope: 'all' } });
    assert.deepEqual([one.commands.length, other.commands.length], [1, 1]);
    flow.messages('out').length = 0;
    await answered(flow, { phone: ['desk-2', 'desk-2'], payload: { type: 'answer' } });
    assert.deepEqual([one.commands.length, other.commands.length], [1, 2]);
  });

  it('fails with the code when nobody has carried it out, and leaves the command as it was', async () => {
    const refusal = { ok: false, error: { code: 'line_busy', message: 'x' } };
    await agent({ answer: () => refusal });
    const flow = await load();
    await standing(flow, 1);
    const payload = { type: 'dial', number: '1' };
    const caught = await failed(flow, { phone: 'desk-1', payload });
    assert.equal(caught.error.code, 'line_busy');
    assert.deepEqual(caught.payload, payload);
    assert.deepEqual((caught['responses'] as Answer[])[0]?.error?.code, 'line_busy');
    assert.equal(flow.statusOf('fleet')['text'], 'status.error.line_busy');
    await table(flow);
    await standing(flow, 1);
  });

  for (const [what, msg, code] of [
    ['a phone that is not there', { phone: 'desk-9', payload: { type: 'answer' } }, 'agent_offline'],
    ['a group without phones', { group: 'nobody', payload: { type: 'answer' } }, 'agent_offline'],
    ['nobody', { payload: { type: 'answer' } }, 'config'],
    ['a phone and a group', { phone: 'desk-1', group: 'sales', payload: { type: 'answer' } }, 'config'],
    ['no id', { phone: 'microsip/+', payload: { type: 'answer' } }, 'config'],
    ['an empty list', { phone: [], payload: { type: 'answer' } }, 'config'],
    ['a time that is none', { phone: 'desk-1', timeout: 'soon', payload: { type: 'answer' } }, 'config'],
  ] as const)
    it(`a command for ${what} gives ${code}`, async () => {
      await agent();
      const flow = await load();
      await standing(flow, 1);
      assert.equal((await failed(flow, msg)).error.code, code);
    });

  it('shows that the broker is offline, and that it is back', async () => {
    await agent();
    const flow = await load();
    await standing(flow, 1);
    assert.equal(flow.statusOf('fleet')['text'], '1 online · 0 in call');
    await new Promise<void>((resolve) => {
      broker().disconnect(resolve);
    });
    await eventually(() => flow.statusOf('fleet')['text'] === 'status.error.broker_offline' || undefined);
    assert.equal((await failed(flow, { phone: 'desk-1', payload: { type: 'answer' } })).error.code, 'broker_offline');
    assert.deepEqual(
      (await table(flow)).map(({ problem }) => problem),
      ['broker_offline'],
    );
    broker().connect(() => undefined);
    await standing(flow, 1);
  });

  it('shows how many of the phones it knows are there, and on how many somebody talks', async () => {
    const one = await agent();
    const other = await agent({ id: 'desk-2' });
    const flow = await load();
    await standing(flow, 2);
    const callId = await one.incoming('1005');
    await standing(flow, 2, 1);
    assert.deepEqual(
      [flow.statusOf('fleet')['text'], flow.statusOf('fleet')['shape']],
      ['2 online · 0 in call', 'ring'],
      'it only rings',
    );
    const call = { callId, direction: 'inbound', callState: 'connected', startTime: new Date().toISOString() };
    await one.stand({ state: 'connected', calls: [call] });
    await other.die();
    await standing(flow, 1, 1);
    await eventually(() => flow.statusOf('fleet')['text'] === '1 of 2 online · 1 in call' || undefined);
    assert.equal(flow.statusOf('fleet')['shape'], 'dot');
  });

  it('says what is missing when no broker is chosen, or a base is not possible', async () => {
    const flow = await load(fleet({ broker: 'none' }), [fleet({ id: 'other', base: 'a/#' })]);
    assert.equal(flow.statusOf('fleet')['text'], 'status.no_broker');
    assert.equal(flow.statusOf('other')['text'], 'status.error.config');
    assert.equal((await failed(flow, { payload: '?' })).error.code, 'config');
  });

  it('has one set of subscriptions for all nodes on a broker and base', async () => {
    const flow = await load(fleet(), [fleet({ id: 'second' }), fleet({ id: 'elsewhere', base: 'other' })]);
    await eventually(() => Object.keys(broker().subscriptions).length === 12 || undefined);
    assert.equal(Object.keys(broker().users).length, 2);
    for (const refs of Object.values(broker().subscriptions)) assert.equal(Object.keys(refs).length, 1);
    assert.ok(flow);
  });

  it('loses nothing of what happens while it is deployed anew, and tells nothing twice', async () => {
    const one = await agent();
    const flow = await load();
    await standing(flow, 1);
    const got: string[] = [];
    const onTab = (node: FlowNode): object =>
      node.type === 'mqtt-broker' ? node : { z: 'tab', x: 100, y: 100, ...node };
    let sent = 0;
    const burst = { isOver: false };
    const calls = (async () => {
      while (!burst.isOver) {
        await one.incoming(String((sent += 1)));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    const take = ({ topic, payload }: Message): void => {
      if (topic === 'desk-1/call/incoming') got.push(String(payload['number']));
    };
    flow.node('out').on('input', (msg) => {
      take(msg as Message);
    });
    for (const name of ['a', 'b', 'c']) {
      const nodes = [brokerNode(office.mosquitto.port, 4), fleet({ name }), ...OTHERS].map(onTab);
      await helper.setFlows([{ id: 'tab', type: 'tab' }, ...nodes] as never, 'nodes');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    burst.isOver = true;
    await calls;
    await eventually(() => got.includes(String(sent)) || undefined);
    assert.deepEqual(
      got,
      Array.from({ length: sent }, (_, index) => String(index + 1)),
    );
    assert.equal(Object.keys(broker().users).length, 1);
  });

  it('begins no call again when its broker is deployed anew', async () => {
    const one = await agent();
    const flow = await load();
    await standing(flow, 1);
    const callId = await one.incoming('1005');
    await standing(flow, 1, 1);
    const got: unknown[] = flow.messages('out').map(({ payload }) => payload['event']);
    const onTab = [fleet(), ...OTHERS].map((node) => ({ z: 'tab', x: 100, y: 100, ...node }));
    const moved = brokerNode(office.mosquitto.port, 4, { keepalive: '30' });
    await helper.setFlows([{ id: 'tab', type: 'tab' }, moved, ...onTab] as never, 'full');
    flow.node('out').on('input', (msg) => got.push((msg as Message).payload['event']));
    await standing(flow, 1, 1);
    const times = { startTime: new Date().toISOString(), endTime: new Date().toISOString() };
    await one.event('ended', { callId, direction: 'inbound', callState: 'ended', number: '1005', ...times });
    await eventually(() => got.includes('ended') || undefined);
    assert.deepEqual(
      got.filter((event) => event === 'incoming' || event === 'ended'),
      ['incoming', 'ended'],
    );
  });

  it('goes with a broker node that is deployed anew, and ends with its last user', async () => {
    await agent();
    const flow = await load();
    await standing(flow, 1);
    const old = broker();
    const onTab = [fleet(), ...OTHERS].map((node) => ({ z: 'tab', x: 100, y: 100, ...node }));
    const tab = { id: 'tab', type: 'tab' };
    await helper.setFlows([tab, brokerNode(office.mosquitto.port, 4, { keepalive: '30' }), ...onTab] as never, 'nodes');
    assert.notEqual(broker(), old);
    await standing(flow, 1);
    assert.deepEqual([old.users, old.subscriptions], [{}, {}]);
    const { users, subscriptions } = broker();
    await helper.setFlows(
      [tab, brokerNode(office.mosquitto.port, 4, { keepalive: '30' }), ...onTab.slice(1)] as never,
      'nodes',
    );
    assert.deepEqual([users, subscriptions], [{}, {}]);
  });

  it('has an example: the table, and commands to one phone and to a group', async () => {
    const one = await agent({ base: 'microsip' });
    const flow = await loadExample('Fleet - see and call all phones', (nodes) => {
      const [config] = nodes.filter(({ type }) => type === 'mqtt-broker');
      Object.assign(config ?? {}, { broker: '127.0.0.1', port: String(office.mosquitto.port) });
    });
    flow.send('all phones', {});
    await eventually(() => flow.messages('fleet').some(({ topic }) => topic === 'fleet/phones') || undefined);
    flow.send('sales hangs up', {});
    const { payload } = (await flow.until('fleet', ({ missing }) => missing !== undefined)) as unknown as Told<
      Answer[]
    >;
    assert.deepEqual(
      [payload.map(({ phone, ok }) => [phone, ok]), one.commands[0]?.['type']],
      [[['desk-1', true]], 'hangup'],
    );
    await one.die();
    office.agents.length = 0;
    flow.send('desk-1 dials 1001', {});
    const failure = (await flow.until('nobody did it')) as unknown as { error: { code: string } };
    assert.equal(failure.error.code, 'agent_offline');
  });
});
