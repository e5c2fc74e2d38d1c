import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { knownPhones } from '../../src/node-red/admin/known-phones';
import { testPhoneElsewhere } from '../../src/node-red/admin/phone-elsewhere-test';
import { runningPhones } from '../../src/node-red/phones/running-phones';
import { shownPhone } from '../../src/node-red/sidebar/shown-phone';
import type { ShownPhone } from '../../src/node-red/sidebar/sidebar-json';
import { eventually } from '../support/eventually';
import { failsWith } from '../support/fails-with';
import { brokerNode, coreMqtt, type WholeBrokerNode } from './core-mqtt';
import { Flow, nodeSuite, type FlowNode, type Message } from './flow';
import { ScriptedFleet, type AgentOptions, type ScriptedAgent } from './scripted-agent';

const phone = (more: object = {}): FlowNode => ({
  ...{ id: 'phone', type: 'microsip-phone', name: 'Ada', connection: 'mqtt', broker: 'broker', phoneId: 'desk-1' },
  ...{ base: 'microsip', ...more },
});
const NODES: FlowNode[] = [
  { id: 'dial', type: 'microsip-dial', phone: 'phone', wires: [['done']] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: [], wires: [['events']] },
  { id: 'log', type: 'microsip-call-log', phone: 'phone', wires: [['calls']] },
  { id: 'wait', type: 'microsip-wait', phone: 'phone', until: ['connected'], timeout: 20, wires: [['reached'], []] },
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [['played']] },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  ...['done', 'events', 'calls', 'reached', 'played', 'errors'].map((id) => ({ id, type: 'helper' })),
];

nodeSuite('a phone elsewhere, with an agent that speaks by hand', () => {
  const office = new ScriptedFleet();
  const agent = (options?: AgentOptions): Promise<ScriptedAgent> => office.agent(options);
  const RED = { nodes: helper, log: { error: () => undefined } } as never;

  const load = (version: 4 | 5 = 4, more: FlowNode[] = []): Promise<Flow> =>
    Flow.load([brokerNode(office.mosquitto.port, version), phone(), ...NODES, ...more], [coreMqtt]);
  const shows = (flow: Flow, text: string): Promise<unknown> =>
    eventually(() => flow.statusOf('dial')['text'] === text || undefined);
  const broker = (): WholeBrokerNode => helper.getNode('broker') as never;
  const codeOf = (message: Message): unknown => (message['error'] as { code: string }).code;

  it('is shown in the sidebar as its agent tells of it', async () => {
    const shown = (): ShownPhone | undefined => {
      const running = runningPhones().get('phone');
      return running && shownPhone('phone', running);
    };
    const flow = await load();
    await shows(flow, 'status.error.agent_offline');
    assert.deepEqual(shown()?.sources, [{ source: 'agent', is: 'silent' }]);
    const desk = await agent();
    await shows(flow, 'status.idle');
    const callId = await desk.incoming('1005');
    await flow.event('events', 'incoming');
    const { connection, state, calls, sources, takesCommands } = shown() ?? assert.fail();
    assert.deepEqual([connection, state, takesCommands], ['mqtt', 'ringing', true]);
    assert.deepEqual([calls[0]?.callId, calls[0]?.number], [callId, '1005']);
    assert.deepEqual(sources, [{ source: 'agent', is: 'heard' }]);
  });

  for (const version of [4, 5] as const)
    it(`takes commands and tells of calls, over MQTT ${version === 5 ? '5' : '3.1.1'}`, async () => {
      const desk = await agent({ answer: () => ({ ok: true, callId: 'call-1', verified: true }) });
      const flow = await load(version);
      await shows(flow, 'status.idle');
      flow.send('dial', { payload: '+49 30 1234', topic: 't' });
      const done = await flow.until('done');
      assert.deepEqual([done['callId'], done.payload, done.topic], ['call-1', '+49 30 1234', 't']);
      const [command] = desk.commands;
      assert.deepEqual([command?.['type'], command?.['number']], ['dial', '+49 30 1234']);
      flow.send('wait', {});
      const callId = await desk.incoming('1005');
      const begun = await flow.event('events', 'incoming');
      assert.deepEqual([begun.topic, begun.payload['phone'], begun['callId']], ['Ada/call/incoming', 'Ada', callId]);
      await shows(flow, 'status.ringing');
      const startTime = String(begun.payload['startTime']);
      const call = { callId, direction: 'inbound', number: '1005', startTime, answerTime: new Date().toISOString() };
      await desk.event('answered', { ...call, callState: 'connected', state: 'connected', previousState: 'ringing' });
      await flow.until('reached');
      const ended = { ...call, callState: 'ended', endTime: new Date().toISOString(), disposition: 'answered' };
      await desk.event('ended', ended);
      await desk.finished(ended);
      const logged = await flow.until('calls');
      assert.deepEqual([logged.topic, logged.payload['disposition']], ['Ada/call_log', 'answered']);
      const names = flow.messages('events').map(({ payload }) => payload['event']);
      assert.deepEqual(names.slice(-3), ['incoming', 'answered', 'ended']);
    });

  it('takes the commands of the newer nodes, and tells what MicroSIP knows besides its calls', async () => {
    const features = { dnd: true, recording: false };
    const desk = await agent({ answer: () => ({ ok: true, verified: true, features }) });
    await desk.stand({ state: 'idle', calls: [], features: { dnd: false, recording: false } });
    const flow = await load(5, [
      { id: 'feature', type: 'microsip-feature', phone: 'phone', feature: 'dnd', action: 'on', wires: [['done']] },
      { id: 'merge', type: 'microsip-conference', phone: 'phone', action: 'merge', wires: [['done']] },
      { id: 'mail', type: 'microsip-wait', phone: 'phone', until: ['voicemail'], timeout: 20, wires: [['came'], []] },
      { id: 'came', type: 'helper' },
    ]);
    await shows(flow, 'status.idle');
    flow.send('feature', {});
    assert.deepEqual((await flow.until('done'))['features'], features);
    flow.send('merge', {});
    await eventually(() => desk.commands.length === 2 || undefined);
    assert.deepEqual(
      desk.commands.map(({ type, feature, action }) => [type, feature, action]),
      [
        ['feature', 'dnd', 'on'],
        ['conference', undefined, 'merge'],
      ],
    );
    await desk.event('features', { features });
    assert.deepEqual((await flow.event('events', 'features')).payload['features'], features);
    flow.send('mail', {});
    const voicemail = { waiting: true, new: 2 };
    await desk.event('voicemail', { voicemail });
    await flow.until('came');
    assert.equal((await flow.event('events', 'voicemail')).topic, 'Ada/phone/voicemail');
    await desk.event('problem', { problem: 'blocked', problemText: 'Error' });
    const { payload } = await flow.event('events', 'problem');
    assert.deepEqual([payload['problem'], payload['problemText']], ['blocked', 'Error']);
    flow.send('status', {});
    const snapshot = await flow.until(
      'events',
      ({ payload: told }) => told['event'] === 'snapshot' && told['voicemail'] !== undefined,
    );
    assert.deepEqual(
      [snapshot.payload['features'], snapshot.payload['voicemail'], snapshot.payload['problem']],
      [features, voicemail, 'blocked'],
    );
  });

  it('has the names of the contacts that are set to it', async () => {
    const desk = await agent();
    const flow = await load(5, [
      { id: 'contacts', type: 'microsip-contacts', phone: 'phone', refresh: 60, wires: [['answers']] },
      { id: 'answers', type: 'helper' },
    ]);
    await shows(flow, 'status.idle');
    flow.send('contacts', { payload: [{ name: 'Grace Hopper', number: '+49 30 123456' }] });
    await flow.until('answers');
    const call = { callId: 'c1', direction: 'inbound', number: '030123456', numberE164: '+4930123456' };
    const startTime = new Date().toISOString();
    await desk.event('incoming', { ...call, callState: 'ringing', startTime, state: 'ringing' });
    const { payload } = await flow.event('events', 'incoming');
    assert.deepEqual([payload['name'], payload['nameSource']], ['Grace Hopper', 'contacts']);
    const ended = { ...call, callState: 'ended', startTime, endTime: new Date().toISOString(), disposition: 'missed' };
    await desk.event('ended', ended);
    await desk.finished(ended);
    const logged = await flow.until('calls');
    assert.deepEqual([logged.payload['name'], logged.payload['nameSource']], ['Grace Hopper', 'contacts']);
  });

  it('fails with the code that the agent gives', async () => {
    await agent({ answer: () => ({ ok: false, error: { code: 'line_busy', message: 'x' } }) });
    const flow = await load();
    await shows(flow, 'status.idle');
    flow.send('dial', { payload: '1' });
    assert.equal(codeOf(await flow.until('errors')), 'line_busy');
    assert.equal(flow.messages('done').length, 0);
  });

  it('shows which of broker, agent and MicroSIP is away', async () => {
    const flow = await load();
    await shows(flow, 'status.error.agent_offline');
    flow.send('dial', { payload: '1' });
    assert.equal(codeOf(await flow.until('errors')), 'agent_offline');
    const desk = await agent();
    await shows(flow, 'status.idle');
    await desk.stand({ state: 'offline', calls: [], problem: 'not_running' });
    await shows(flow, 'status.error.not_running');
    await desk.die();
    await shows(flow, 'status.error.agent_offline');
    await office.mosquitto.kill();
    await shows(flow, 'status.error.broker_offline');
    flow.messages('errors').length = 0;
    flow.send('dial', { payload: '1' });
    assert.equal(codeOf(await flow.until('errors')), 'broker_offline');
    office.agents.length = 0;
    await office.mosquitto.restart();
    await agent();
    await shows(flow, 'status.idle');
  });

  it('has its far end played by the simulator node, if the agent simulates it', async () => {
    const desk = await agent({ answer: () => ({ ok: true, callId: 'call-7' }) });
    const flow = await load();
    await shows(flow, 'status.idle');
    flow.send('sim', { payload: { action: 'incoming', number: '1005', name: 'Ada', event: 'x', id: 'y' } });
    assert.equal((await flow.until('played'))['callId'], 'call-7');
    const [{ type, action, number, name, event, id } = {}] = desk.commands;
    assert.deepEqual([type, action, number, name, event], ['simulate', 'incoming', '1005', 'Ada', undefined]);
    assert.notEqual(id, 'y');
    flow.send('sim', { payload: 'hangup' });
    await eventually(() => desk.commands[1]?.['action'] === 'hangup' || undefined);
    flow.send('sim', { payload: { action: 'feature', feature: 'dnd', on: false } });
    await eventually(() => desk.commands[2]?.['on'] === false || undefined);
    flow.send('sim', { payload: { action: 'network', lossPercent: 3 } });
    await eventually(() => desk.commands[3]?.['lossPercent'] === 3 || undefined);
  });

  it('says what is wrong when the broker is missing, or the id is none', async () => {
    const flow = await Flow.load([phone({ broker: 'none' }), ...NODES]);
    await shows(flow, 'status.error.config');
    flow.send('dial', { payload: '1' });
    assert.equal(codeOf(await flow.until('errors')), 'config');
    await helper.unload();
    const other = await Flow.load(
      [brokerNode(office.mosquitto.port, 4), phone({ phoneId: 'all' }), ...NODES],
      [coreMqtt],
    );
    await shows(other, 'status.error.config');
    assert.deepEqual(broker().users, {}, 'what was begun for it is over');
  });

  it('tells of each call once, whatever is deployed anew meanwhile', async () => {
    const desk = await agent();
    const flow = await load();
    await shows(flow, 'status.idle');
    const got: string[] = [];
    const burst = { isOver: false };
    let sent = 0;
    const calls = (async () => {
      while (!burst.isOver) {
        const callId = await desk.incoming(String((sent += 1)));
        const times = { startTime: new Date().toISOString(), endTime: new Date().toISOString() };
        const ended = { callId, direction: 'inbound', callState: 'ended', number: String(sent), ...times };
        await desk.event('ended', { ...ended, disposition: 'missed' });
        await desk.stand({ state: 'idle', calls: [] });
      }
    })();
    flow.node('events').on('input', (msg) => {
      const { event, number } = (msg as Message).payload;
      if (event === 'incoming' || event === 'ended') got.push(`${event} ${String(number)}`);
    });
    for (const name of ['Ada', 'Bob', 'Eve']) {
      const nodes = NODES.map((node) => ({ z: 'tab', x: 100, y: 100, ...node }));
      const flows = [{ id: 'tab', type: 'tab' }, brokerNode(office.mosquitto.port, 4), phone({ name }), ...nodes];
      await helper.setFlows(flows, 'nodes');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    burst.isOver = true;
    await calls;
    await eventually(() => got.includes(`ended ${sent}`) || undefined);
    const all = Array.from({ length: sent }, (_, index) => index + 1);
    assert.deepEqual(
      got,
      all.flatMap((number) => [`incoming ${number}`, `ended ${number}`]),
    );
    assert.equal(Object.keys(broker().users).length, 1);
  });

  it('begins no call again when its broker is deployed anew', async () => {
    const desk = await agent();
    const flow = await load();
    await shows(flow, 'status.idle');
    const callId = await desk.incoming('1005');
    await flow.event('events', 'incoming');
    const old = broker();
    const got: unknown[] = [];
    const nodes = NODES.map((node) => ({ z: 'tab', x: 100, y: 100, ...node }));
    const moved = brokerNode(office.mosquitto.port, 4, { keepalive: '30' });
    await helper.setFlows([{ id: 'tab', type: 'tab' }, moved, phone(), ...nodes] as never, 'nodes');
    flow.node('events').on('input', (msg) => got.push((msg as Message).payload['event']));
    await shows(flow, 'status.ringing');
    assert.deepEqual([old.users, old.subscriptions], [{}, {}]);
    const times = { startTime: new Date().toISOString(), endTime: new Date().toISOString() };
    await desk.event('ended', { callId, direction: 'inbound', callState: 'ended', number: '1005', ...times });
    await eventually(() => got.includes('ended') || undefined);
    assert.deepEqual(
      got.filter((event) => event === 'incoming' || event === 'ended'),
      ['ended'],
    );
  });

  it('shares one set of subscriptions with all phones and fleets of its broker', async () => {
    const flow = await load(4, [
      { id: 'fleet', type: 'microsip-fleet', broker: 'broker', base: 'microsip', wires: [[]] },
      { id: 'hangup', type: 'microsip-hangup', phone: 'phone2', wires: [[]] },
      phone({ id: 'phone2', phoneId: 'desk-2' }),
    ]);
    await eventually(() => Object.keys(broker().subscriptions).length === 6 || undefined);
    assert.ok(flow);
    assert.equal(Object.keys(broker().users).length, 1);
  });

  it('lets the dialog ask which phones there are, and which of them can be reached', async () => {
    await agent();
    const away = await agent({ id: 'desk-2', name: 'Bob' });
    await away.die();
    office.agents.pop();
    await Flow.load([brokerNode(office.mosquitto.port, 4)], [coreMqtt]);
    const asked = { broker: 'broker', base: 'microsip', connection: 'mqtt' };
    const { phones } = await knownPhones(RED, asked);
    assert.deepEqual(phones, [
      { id: 'desk-1', name: 'Desk 1', host: 'PC-7', online: true },
      { id: 'desk-2', name: 'Bob', host: 'PC-7', online: false },
    ]);
    const found = await testPhoneElsewhere(RED, { ...asked, phoneId: 'desk-1' });
    assert.deepEqual(found, {
      ...{ connection: 'mqtt', presence: 'ready', phoneName: 'Desk 1', agent: '0.2.0', host: 'PC-7', user: 'ada' },
      version: '3.22.16',
    });
    for (const [more, code] of [
      [{ phoneId: 'desk-2' }, 'agent_offline'],
      [{ phoneId: 'all' }, 'config'],
      [{ phoneId: 'desk-1', base: '#' }, 'config'],
      [{ phoneId: 'desk-1', broker: 'none' }, 'config'],
    ] as const)
      assert.equal((await testPhoneElsewhere(RED, { ...asked, ...more })).code, code);
    await failsWith('config', knownPhones(RED, { broker: 'none' }));
    await eventually(() => Object.keys(broker().users).length === 0 || undefined);
  });
});
