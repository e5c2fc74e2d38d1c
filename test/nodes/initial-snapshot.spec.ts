import assert from 'node:assert/strict';
import type { Node, NodeInitializer } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { Flow, nodeSuite, PHONE, type FlowNode } from './flow';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const tab = (more: object = {}): FlowNode => ({ id: 'tab', type: 'tab', ...more });
const on = (id: string, node: FlowNode): FlowNode => ({ z: id, x: 100, y: 100, ...node });
const status = (id: string, to: string, more: object = {}): FlowNode => ({
  id,
  ...{ type: 'microsip-status', phone: 'phone', initial: true, events: [], wires: [[to]] },
  ...more,
});

/** Keeps what it gets, over all deploys: a plain node that is made anew with each of them. */
const RECEIVED: Record<string, unknown>[] = [];
const recorder: NodeInitializer = (RED) => {
  RED.nodes.registerType('recorder', function (this: Node, config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, _send, done) => {
      RECEIVED.push({ ...(msg.payload as object), by: this.id });
      done();
    });
  });
};
const sink = (id: string): FlowNode => ({ id, type: 'recorder', wires: [] });
const told = (): string[] => RECEIVED.map((payload) => `${String(payload['by'])} ${String(payload['event'])}`);

async function load(nodes: FlowNode[]): Promise<Flow> {
  RECEIVED.length = 0;
  const flow = await Flow.load(nodes, [recorder]);
  await pause(60);
  return flow;
}

async function deploy(nodes: FlowNode[], kind: 'full' | 'flows' | 'nodes'): Promise<void> {
  await helper.setFlows(nodes, kind);
  await pause(60);
}

nodeSuite('the snapshot at deploy', () => {
  for (const kind of ['full', 'flows', 'nodes'] as const) {
    it(`comes once when a node is added in front of its receiver, with a deploy of ${kind}`, async () => {
      const other = on('tab', status('any', 'nobody', { initial: false, wires: [[]] }));
      await load([PHONE, other]);
      await deploy([tab(), PHONE, other, on('tab', status('st', 'sink')), on('tab', sink('sink'))], kind);
      assert.deepEqual(told(), ['sink snapshot']);
    });
  }

  for (const order of ['receiver first', 'receiver last']) {
    it(`comes once to each of several nodes, ${order}`, async () => {
      const nodes = [status('a', 'sink'), status('b', 'sink'), sink('sink')];
      await load([PHONE, ...(order === 'receiver first' ? nodes.toReversed() : nodes)]);
      assert.deepEqual(told(), ['sink snapshot', 'sink snapshot']);
    });
  }

  it('comes when a disabled tab is enabled', async () => {
    const nodes = (disabled: boolean): FlowNode[] => [
      tab(),
      { id: 'second', type: 'tab', disabled },
      PHONE,
      on('tab', status('first', 'sink', { initial: false, wires: [[]] })),
      on('second', status('st', 'sink')),
      on('second', sink('sink')),
    ];
    await load([PHONE]);
    await deploy(nodes(true), 'full');
    assert.deepEqual(told(), []);
    await deploy(nodes(false), 'flows');
    assert.deepEqual(told(), ['sink snapshot']);
  });

  it('comes once more with each deploy that makes the node anew, and not with others', async () => {
    const nodes = (name: string, extra: FlowNode[] = []): FlowNode[] => [
      ...[tab(), PHONE, on('tab', status('st', 'sink', { name })), on('tab', sink('sink'))],
      ...extra,
    ];
    await load([PHONE, status('st', 'sink', { name: 'one' }), sink('sink')]);
    await deploy(nodes('two'), 'nodes');
    await deploy(nodes('two', [on('tab', sink('more'))]), 'nodes');
    await deploy(nodes('two', [on('tab', sink('more'))]), 'full');
    assert.deepEqual(told(), ['sink snapshot', 'sink snapshot', 'sink snapshot']);
  });

  it('tells of a call that goes on, and the call is told of once more only when it ends', async () => {
    const sim: FlowNode = { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] };
    const flow = await load([PHONE, sim, status('st', 'sink'), sink('sink')]);
    flow.send('sim', { payload: { action: 'incoming', number: '1005' } });
    await pause(60);
    await deploy([tab(), PHONE, on('tab', sim), on('tab', status('st', 'sink')), on('tab', sink('sink'))], 'full');
    helper.getNode('sim').receive({ payload: { action: 'hangup' } });
    await pause(60);
    assert.deepEqual(told(), ['sink snapshot', 'sink incoming', 'sink snapshot', 'sink ended']);
    assert.equal(RECEIVED[2]?.['state'], 'ringing');
  });

  it('a call that ends while a deploy is under way is told of when all nodes are there', async () => {
    const sim: FlowNode = { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] };
    const nodes = [sim, status('st', 'sink', { initial: false, events: ['ended'] }), sink('sink')];
    const log: FlowNode = { id: 'log', type: 'microsip-call-log', phone: 'phone', wires: [['sink']] };
    const flow = await load([PHONE, ...nodes, log]);
    flow.send('sim', { payload: { action: 'incoming', number: '1005' } });
    await pause(60);
    const { service } = flow.node('phone') as unknown as PhoneNode;
    const ended = helper.setFlows([tab(), PHONE, ...[...nodes, log].map((node) => on('tab', node))] as never, 'full');
    service.simulated?.far.hangup();
    await ended;
    await pause(100);
    assert.deepEqual(told().toSorted(), ['sink ended', 'sink undefined'], 'its end, and its record');
  });
});
