import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NodeInitializer } from 'node-red';
import { readFlow, ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, type FlowNode } from './flow';

const fromNodeRed = createRequire(require.resolve(process.env['NODE_RED_PKG'] ?? 'node-red'));
const CORE: Record<string, string> = {
  inject: 'common/20-inject',
  comment: 'common/90-comment',
  function: 'function/10-function',
  change: 'function/15-change',
  delay: 'function/89-delay',
  rbe: 'function/rbe',
  exec: 'function/90-exec',
  'http request': 'network/21-httprequest',
};

/** Loads an example as it is; its debug nodes become helpers, by their names. */
async function load(name: string, change: (nodes: FlowNode[]) => void = () => undefined): Promise<Flow> {
  const nodes = readFlow(join(ROOT, 'examples', `${name}.json`)) as unknown as FlowNode[];
  for (const node of nodes) {
    if (node.type === 'inject' || node.type === 'debug') Object.assign(node, { id: node['name'] });
    if (node.type === 'debug') node.type = 'helper';
  }
  renameWires(nodes, readFlow(join(ROOT, 'examples', `${name}.json`)) as unknown as FlowNode[]);
  change(nodes);
  const needed = new Set(nodes.map(({ type }) => CORE[type]).filter((path) => path !== undefined));
  const core = [...needed].map((path) => fromNodeRed(`@node-red/nodes/core/${path}`) as NodeInitializer);
  return Flow.load(nodes, core);
}

function renameWires(nodes: FlowNode[], before: FlowNode[]): void {
  const names = new Map(before.map(({ id }, index) => [id, nodes[index]?.id ?? id]));
  for (const node of nodes) {
    const wires = node['wires'] as string[][] | undefined;
    if (wires) node['wires'] = wires.map((output) => output.map((id) => names.get(id) ?? id));
  }
}

function setEnv(nodes: FlowNode[], values: Record<string, string>): void {
  for (const { type, env } of nodes as (FlowNode & { env?: { name: string; value: string; type: string }[] })[])
    if (type === 'tab')
      for (const one of env ?? [])
        if (Object.hasOwn(values, one.name)) Object.assign(one, { value: values[one.name], type: 'str' });
}

nodeSuite('examples', () => {
  it('busy light: one colour per change', async () => {
    const flow = await load('Call status - busy light');
    const colours = (): unknown[] => flow.messages('your lamp').map(({ payload }) => payload);
    const until = (colour: string, nth = 1): Promise<unknown> =>
      eventually(() => (colours().filter((one) => one === colour).length >= nth ? true : undefined));
    await until('green');
    flow.send('somebody calls', {});
    await until('yellow');
    flow.send('pick up', {});
    await until('red');
    flow.send('the caller hangs up', {});
    await until('green', 2);
    assert.deepEqual(colours(), ['green', 'yellow', 'red', 'green']);
  });

  it('after hours: rejects when it is closed, and only then', async () => {
    const closed = await load('Hang up - reject callers after hours', (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '0' });
    });
    closed.send('somebody calls', {});
    await closed.until('rejected');
    assert.deepEqual(closed.messages('it rings'), []);
  });

  it('after hours: lets it ring on a workday, and at no hour of the weekend', async () => {
    const open = await load('Hang up - reject callers after hours', (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '24' });
    });
    const isWorkday = ![0, 6].includes(new Date().getDay());
    open.send('somebody calls', {});
    await open.until(isWorkday ? 'it rings' : 'rejected');
    assert.deepEqual(open.messages(isWorkday ? 'rejected' : 'it rings'), []);
  });

  it('redial: three times, then it gives up', async () => {
    const flow = await load('Dial - redial until somebody answers', (nodes) => {
      for (const node of nodes) if (node.type === 'delay') Object.assign(node, { timeout: '1.1' });
    });
    flow.send('dial 1001', {});
    const attempts = async (): Promise<void> => {
      for (;;) {
        flow.send('busy', {});
        if (flow.messages('given up').length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await attempts();
    const [given] = flow.messages('given up');
    assert.equal(given?.['attempts'], 4);
    assert.deepEqual(flow.messages('somebody answered'), []);
  });

  it('script: the program gets the digits of the number, whatever the caller sends', async () => {
    const flow = await load('Call status - run a script on incoming calls', (nodes) => {
      for (const node of nodes)
        if (node['name'] === 'somebody calls')
          Object.assign(node, { payload: '{"action": "incoming", "number": "+49$(id);30\\"&1"}' });
    });
    flow.send('somebody calls', {});
    const { payload } = await flow.until('what it prints', () => true, 8000);
    assert.equal((payload as unknown as string).trim(), '+49301');
    assert.equal((await flow.until('how it ended')).payload['code'], 0);
  });

  describe('with a server', () => {
    let server: Server;
    let asked: { path: string; body: { chat_id: string; text: string } }[];

    before((done) => {
      asked = [];
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          asked.push({ path: request.url ?? '', body: JSON.parse(body) as never });
          response.setHeader('content-type', 'application/json').end('{"ok":true}');
        });
      }).listen(0, '127.0.0.1', done);
    });
    after((done) => {
      server.close(done);
    });

    it('missed calls: a message to Telegram, with the token from the environment', async () => {
      const { port } = server.address() as AddressInfo;
      const flow = await load('Call log - tell of missed calls by Telegram', (nodes) => {
        setEnv(nodes, {
          TELEGRAM_API: `http://127.0.0.1:${port}`,
          TELEGRAM_CHAT: '42',
          TELEGRAM_TOKEN: '1:secret',
        });
      });
      flow.send('somebody calls', {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      flow.send('the caller gives up', {});
      assert.deepEqual((await flow.until('sent')).payload, { ok: true });
      assert.equal(asked[0]?.path, '/bot1:secret/sendMessage');
      assert.equal(asked[0].body.chat_id, '42');
      assert.match(asked[0].body.text, /^Missed call: Ada \(\+4930123456\), /);
    });
  });
});
