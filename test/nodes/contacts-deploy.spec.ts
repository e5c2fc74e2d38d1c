import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { Flow, nodeSuite, PHONE, type FlowNode, type Message } from './flow';

const DESK = { ...PHONE, region: 'DE' };
const contactsNode = (id: string): FlowNode => ({
  id,
  type: 'microsip-contacts',
  phone: 'phone',
  wires: [['answers']],
});
const OTHERS: FlowNode[] = [
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] },
  ...['answers', 'events'].map((id) => ({ id, type: 'helper' })),
];
const ADA = [{ name: 'Ada', number: '030 123456' }];
const GRACE = [{ name: 'Grace', number: '030 123456' }];

/** As the editor's Deploy button does it. */
async function deploy(nodes: FlowNode[], type: 'full' | 'nodes'): Promise<void> {
  const onTab = nodes.map((node) => (node.type === 'microsip-phone' ? node : { z: 'tab', x: 100, y: 100, ...node }));
  await helper.setFlows([{ id: 'tab', type: 'tab' }, ...onTab] as never, type);
}

nodeSuite('contacts nodes and deploys', () => {
  let flow: Flow;
  let asked = 0;
  /** Listens to the nodes that there are now. */
  const received = (id: string): Message[] => {
    const messages: Message[] = [];
    flow.node(id).on('input', (msg) => messages.push(msg as Message));
    return messages;
  };
  async function until<T>(ask: () => T | undefined): Promise<T> {
    const end = Date.now() + 20_000;
    for (;;) {
      const answer = ask();
      if (answer !== undefined) return answer;
      assert.ok(Date.now() < end, ask.toString());
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const ask = async (id: string, sequence: number, payload: unknown): Promise<Record<string, unknown>> => {
    const nth = ++asked;
    const answers = received('answers');
    flow.send(id, { payload, nth, req: { method: 'GET', query: { sequence: String(sequence) } } });
    const { payload: text } = await until(() => answers.find((msg) => msg['nth'] === nth));
    return JSON.parse(text as unknown as string) as Record<string, unknown>;
  };
  const caller = async (): Promise<unknown> => {
    const events = received('events');
    flow.send('sim', { payload: { action: 'incoming', number: '+4930123456' } });
    const incoming = await until(() => events.find(({ payload }) => payload['event'] === 'incoming'));
    flow.send('sim', { payload: { action: 'hangup' } });
    await until(() => events.find(({ payload }) => payload['event'] === 'ended'));
    return incoming.payload['name'];
  };

  // Each test has ids of its own: a list is kept until its node is deleted.
  for (const [order, one, nodes] of [
    ['before its phone', 'early', [contactsNode('early'), DESK, ...OTHERS]],
    ['behind its phone', 'late', [DESK, ...OTHERS, contactsNode('late')]],
  ] as const)
    it(`${order}: keeps its list and its names through deploys`, async () => {
      flow = await Flow.load([...nodes]);
      assert.equal(flow.statusOf(one)['text'], 'status.waiting');
      assert.ok((await ask(one, 0, ADA))['items']);
      assert.equal(await caller(), 'Ada');
      await deploy([...nodes], 'full');
      assert.equal(flow.statusOf(one)['text'], '☎ 1');
      assert.equal((await ask(one, 1, ADA))['items'], undefined);
      assert.equal(await caller(), 'Ada');
      // Only the phone is another one now.
      await deploy(
        nodes.map((node) => (node.type === 'microsip-phone' ? { ...node, name: 'Desk 2' } : node)),
        'nodes',
      );
      assert.equal(await caller(), 'Ada');
    });

  it('two for one phone: the first that knows counts, and one that is deleted counts no more', async () => {
    const [one, two] = [contactsNode('one'), contactsNode('two')];
    flow = await Flow.load([DESK, ...OTHERS, one, two]);
    await ask('two', 0, GRACE);
    assert.equal(await caller(), 'Grace');
    await ask('one', 0, ADA);
    assert.equal(await caller(), 'Ada');
    await deploy([DESK, ...OTHERS, two], 'nodes');
    assert.equal(await caller(), 'Grace');
    await deploy([DESK, ...OTHERS, one, two], 'nodes');
    // It begins afresh: what it knew is gone with it.
    assert.equal(await caller(), 'Grace');
    assert.ok((await ask('one', 1, ADA))['items']);
  });

  it('with no phone, or one that is gone, it answers all the same', async () => {
    for (const phone of ['', 'gone', 'sim']) {
      flow = await Flow.load([DESK, ...OTHERS, { ...contactsNode(`alone ${phone}`), phone }]);
      assert.ok((await ask(`alone ${phone}`, 0, ADA))['items'], phone);
      await helper.unload();
    }
  });

  it('two people who deploy at the same time leave it working', async () => {
    const nodes = [DESK, ...OTHERS, contactsNode('shared')];
    flow = await Flow.load(nodes);
    await ask('shared', 0, ADA);
    await Promise.all([deploy(nodes, 'full'), deploy([...nodes, contactsNode('another')], 'full')]);
    assert.equal((await ask('shared', 1, ADA))['items'], undefined);
    assert.equal(await caller(), 'Ada');
  });
});
