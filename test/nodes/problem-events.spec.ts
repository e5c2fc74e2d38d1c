import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { brokerNode, coreMqtt } from './core-mqtt';
import { Flow, nodeSuite, PHONE, type FlowNode, type Message } from './flow';
import { ScriptedFleet } from './scripted-agent';

const NODES: FlowNode[] = [
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: ['problem'], wires: [['events']] },
  { id: 'ask', type: 'microsip-status', phone: 'phone', events: ['snapshot'], wires: [['answers']] },
  { id: 'log', type: 'microsip-call-log', phone: 'phone', wires: [['calls']] },
  { id: 'dial', type: 'microsip-dial', phone: 'phone', number: '1002', numberType: 'str', wires: [['done']] },
  { id: 'hangup', type: 'microsip-hangup', phone: 'phone', scope: 'all', wires: [['done']] },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  ...['done', 'events', 'answers', 'calls', 'errors'].map((id) => ({ id, type: 'helper' })),
];
const SHOWING = ['sim', 'status', 'ask', 'log', 'dial', 'hangup'];
const TITLE = 'MicroSIP Update Available';

const play = (flow: Flow, action: string, fields: object = {}): void => {
  flow.send('sim', { payload: { action, ...fields } });
};
const shows = (flow: Flow, fill: string, text: string): Promise<unknown> =>
  eventually(() => {
    const seen = SHOWING.map((id) => flow.statusOf(id));
    return seen.every((one) => one['fill'] === fill && one['text'] === text) || undefined;
  });
const snapshot = async (flow: Flow): Promise<Message['payload']> => {
  flow.messages('answers').length = 0;
  flow.send('ask', {});
  return (await flow.until('answers')).payload;
};
const problems = (flow: Flow): unknown[] => flow.messages('events').map(({ payload }) => payload['problem'] ?? 'over');

nodeSuite('what keeps a phone from working', () => {
  it('is an event and shows below every node: a message box, until somebody answers it', async () => {
    const flow = await Flow.load([PHONE, ...NODES]);
    await shows(flow, 'grey', 'status.idle');
    play(flow, 'box', { title: TITLE });
    const { topic, payload } = await flow.event('events', 'problem');
    assert.deepEqual(
      [topic, payload['problem'], payload['problemText'], payload['state']],
      ['Desk 1/phone/problem', 'blocked', TITLE, 'idle'],
    );
    await shows(flow, 'red', 'status.error.blocked');
    const { problem, problemText } = await snapshot(flow);
    assert.deepEqual([problem, problemText], ['blocked', TITLE]);
    flow.send('dial', {});
    await shows(flow, 'blue', 'status.dialing');
    flow.send('hangup', {});
    await flow.until('calls');
    await shows(flow, 'red', 'status.error.blocked');
    play(flow, 'close-box');
    const over = (await flow.event('events', 'problem', 2)).payload;
    assert.deepEqual(['problem' in over, 'problemText' in over], [false, false]);
    await shows(flow, 'grey', 'status.idle');
    assert.equal('problem' in (await snapshot(flow)), false);
    assert.deepEqual(problems(flow), ['blocked', 'over']);
  });

  it('lasts through a deploy, and is told once', async () => {
    const flow = await Flow.load([PHONE, ...NODES]);
    play(flow, 'box', { title: TITLE });
    await flow.event('events', 'problem');
    const told: unknown[] = [];
    for (const kind of ['full', 'nodes'] as const) {
      const onTab = NODES.map((node) => ({ z: 'tab', x: 100, y: 100, ...node, name: kind }));
      await helper.setFlows([{ id: 'tab', type: 'tab' }, { ...PHONE, timeout: 3000 }, ...onTab] as never, kind);
      flow.node('events').on('input', (msg) => told.push((msg as Message).payload['problem'] ?? 'over'));
      await shows(flow, 'red', 'status.error.blocked');
    }
    play(flow, 'close-box');
    await shows(flow, 'grey', 'status.idle');
    await eventually(() => told.length > 0 || undefined);
    assert.deepEqual(told, ['over']);
  });

  it('is a hang, while it lasts', async () => {
    const flow = await Flow.load([PHONE, ...NODES]);
    await shows(flow, 'grey', 'status.idle');
    play(flow, 'hang', { ms: 3000 });
    const { payload } = await flow.event('events', 'problem');
    assert.equal(payload['problem'], 'timeout');
    assert.match(String(payload['problemText']), /MicroSIP/);
    await shows(flow, 'red', 'status.not_responding');
    await flow.event('events', 'problem', 2);
    await shows(flow, 'grey', 'status.idle');
  });

  it('is a build that is too old, whose box nobody clicks away either', async () => {
    const flow = await Flow.load([PHONE, ...NODES]);
    play(flow, 'expire');
    play(flow, 'restart');
    assert.equal((await flow.event('events', 'problem')).payload['problem'], 'expired');
    await shows(flow, 'red', 'status.error.expired');
    flow.send('dial', {});
    const { error } = (await flow.until('errors')) as unknown as { error: { code: string } };
    assert.equal(error.code, 'expired');
    assert.equal((await snapshot(flow))['problem'], 'expired');
    play(flow, 'close-box');
    assert.equal('problem' in (await flow.event('events', 'problem', 2)).payload, false);
    await shows(flow, 'red', 'status.offline');
  });

  it('shows nothing of a box that is answered at once, and takes no title that is none', async () => {
    const flow = await Flow.load([PHONE, ...NODES]);
    for (const title of [5, {}, ['x'], null]) play(flow, 'box', { title });
    await eventually(() => flow.messages('errors').length === 4 || undefined);
    play(flow, 'box');
    play(flow, 'close-box');
    play(flow, 'box', { title: 'Last' });
    assert.equal((await flow.event('events', 'problem')).payload['problemText'], 'Last');
    assert.deepEqual(problems(flow), ['blocked']);
  });
});

nodeSuite('what keeps a phone elsewhere from working', () => {
  const office = new ScriptedFleet();

  it('shows below every node, whatever it is', async () => {
    const desk = await office.agent();
    const phone = { ...PHONE, connection: 'mqtt', broker: 'broker', phoneId: 'desk-1', base: 'microsip' };
    const flow = await Flow.load([brokerNode(office.mosquitto.port, 4), phone, ...NODES], [coreMqtt]);
    await shows(flow, 'grey', 'status.idle');
    for (const [problem, state, text] of [
      ['access_denied', 'offline', 'status.error.access_denied'],
      ['other_session', 'offline', 'status.error.other_session'],
      ['expired', 'offline', 'status.error.expired'],
      ['blocked', 'idle', 'status.error.blocked'],
      ['not_registered', 'idle', 'status.error.not_registered'],
      ['config', 'idle', 'status.check_log'],
    ] as const) {
      await desk.event('problem', { problem, problemText: `<b>${problem}</b>`, state });
      await desk.stand({ state, calls: [], problem, problemText: `<b>${problem}</b>` });
      await shows(flow, 'red', text);
      assert.equal((await snapshot(flow))['problem'], problem);
    }
    await desk.event('problem');
    await desk.stand({ state: 'idle', calls: [] });
    await shows(flow, 'grey', 'status.idle');
    assert.deepEqual(problems(flow).slice(-2), ['config', 'over']);
  });
});
