import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../support/mosquitto';
import { deskPhone, RunningAgents } from '../support/running-agents';
import { skipBecause } from '../support/skip';
import { brokerNode, coreMqtt, reconnectSoon } from './core-mqtt';
import { Flow, nodeSuite, type FlowNode } from './flow';

const action = (type: string, more: object = {}): FlowNode => ({
  ...{ id: type, type: `microsip-${type}`, phone: 'phone', wires: [['done']] },
  ...more,
});
const NODES: FlowNode[] = [
  { id: 'phone', type: 'microsip-phone', name: 'Ada', connection: 'mqtt', broker: 'broker', phoneId: 'desk-1' },
  { id: 'fleet', type: 'microsip-fleet', broker: 'broker', base: 'microsip', events: [], wires: [['fleet-out']] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: [], wires: [['events']] },
  { id: 'call-log', type: 'microsip-call-log', phone: 'phone', wires: [['calls']] },
  action('simulator'),
  action('answer'),
  action('hold', { action: 'hold' }),
  action('dtmf', { digits: '12', digitsType: 'str' }),
  action('audio', { device: 'microphone', action: 'mute' }),
  action('hangup', { scope: 'all' }),
  action('dial', { waitFor: 'answered', waitTimeout: 20, wires: [['answered'], ['not']] }),
  { id: 'catch', type: 'catch', wires: [['errors']] },
  ...['done', 'events', 'calls', 'fleet-out', 'answered', 'not', 'errors'].map((id) => ({ id, type: 'helper' })),
];

nodeSuite('the nodes with an agent', () => {
  const agents = new RunningAgents();
  let mosquitto: Mosquitto;

  before(function () {
    const why = whyNoMosquitto();
    if (why !== undefined) skipBecause(this, why);
    reconnectSoon();
  });
  beforeEach(async () => {
    mosquitto = await startMosquitto();
  });
  afterEach(() => mosquitto.stop());

  async function load(version: 4 | 5): Promise<Flow> {
    await agents.start({
      broker: { url: mosquitto.url },
      phones: [deskPhone('desk-1', { groups: ['sales'] }), deskPhone('desk-2')],
    });
    const flow = await Flow.load([brokerNode(mosquitto.port, version), ...NODES], [coreMqtt]);
    await eventually(() => flow.statusOf('status')['text'] === 'status.idle' || undefined);
    return flow;
  }

  for (const version of [4, 5] as const)
    it(`answer, hold, mute and hang up a call, over MQTT ${version === 5 ? '5' : '3.1.1'}`, async () => {
      const flow = await load(version);
      const done = async (node: string, msg: object = {}): Promise<void> => {
        flow.messages('done').length = 0;
        flow.send(node, msg);
        await eventually(() => {
          assert.deepEqual(flow.messages('errors'), []);
          return flow.messages('done')[0];
        });
      };
      await done('simulator', { payload: { action: 'incoming', number: '+4930123456', name: 'Ada' } });
      const begun = await flow.event('events', 'incoming');
      await done('answer');
      await flow.event('events', 'answered');
      await done('dtmf');
      await done('audio');
      await done('hold');
      await flow.event('events', 'held');
      await done('hangup');
      const ended = await flow.event('events', 'ended');
      assert.equal(ended['callId'], begun['callId']);
      assert.deepEqual([ended.payload['disposition'], ended.payload['endedBy']], ['answered', 'local']);
      const logged = await flow.until('calls');
      assert.deepEqual([logged['callId'], logged.payload['number']], [begun['callId'], '+4930123456']);
      const names = flow.messages('fleet-out').map(({ topic }) => topic);
      for (const event of ['incoming', 'answered', 'held', 'ended'])
        assert.equal(names.filter((topic) => topic === `desk-1/call/${event}`).length, 1, event);
    });

  it('tell of a message box and of muting by hand, which the simulator node plays there', async () => {
    const flow = await load(4);
    const shows = (text: string): Promise<unknown> =>
      eventually(() => flow.statusOf('dial')['text'] === text || undefined);
    const title = 'MicroSIP <b>Update</b>\nAvailable';
    flow.send('simulator', { payload: { action: 'box', title } });
    const { payload } = await flow.event('events', 'problem');
    const trouble = { problem: 'blocked', problemText: 'MicroSIP <b>Update</b> Available' };
    assert.deepEqual([payload['problem'], payload['problemText']], Object.values(trouble));
    await shows('status.error.blocked');
    const { topic } = await flow.until('fleet-out', (msg) => msg.payload['event'] === 'problem');
    assert.equal(topic, 'desk-1/phone/problem');
    flow.send('simulator', { payload: { action: 'audio', device: 'speaker', level: 40, muted: true } });
    const audio = { microphone: { muted: false, level: 100 }, speaker: { muted: true, level: 40 } };
    assert.deepEqual((await flow.event('events', 'audio')).payload['audio'], audio);
    flow.send('status', {});
    const snapshot = (await flow.event('events', 'snapshot')).payload;
    assert.deepEqual(
      [snapshot['problem'], snapshot['problemText'], snapshot['audio']],
      [...Object.values(trouble), audio],
    );
    flow.send('simulator', { payload: 'close-box' });
    assert.equal('problem' in (await flow.event('events', 'problem', 2)).payload, false);
    await shows('status.idle');
  });

  it('dial and wait for the answer, and the fleet hangs up what all of them have', async () => {
    const flow = await load(4);
    flow.send('dial', { payload: '1001' });
    await flow.event('events', 'outgoing');
    agents.microsip('desk-1').far.ring();
    agents.microsip('desk-1').far.answer();
    const answered = await flow.until('answered');
    assert.equal((answered['call'] as { callState: string }).callState, 'connected');
    flow.send('fleet', { phone: 'all', payload: { type: 'hangup', scope: 'all' } });
    const { payload, missing } = (await flow.until('fleet-out', (msg) => msg['missing'] !== undefined)) as unknown as {
      payload: { phone: string; ok: boolean; error?: { code: string } }[];
      missing: string[];
    };
    assert.deepEqual(
      payload.map(({ phone, ok, error }) => [phone, ok, error?.code]),
      [
        ['desk-1', true, undefined],
        ['desk-2', false, 'no_call'],
      ],
    );
    assert.deepEqual(missing, []);
    await flow.event('events', 'ended');
  });
});
