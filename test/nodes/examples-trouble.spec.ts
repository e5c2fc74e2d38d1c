import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type FlowNode, type Message } from './flow';

/** What goes wrong on the tab of the example arrives at the helper `wrong`. */
function watchErrors(nodes: FlowNode[]): void {
  const z = nodes.find(({ type }) => type === 'tab')?.id;
  nodes.push(
    { id: 'all errors', type: 'catch', z, x: 100, y: 900, wires: [['wrong']] },
    { id: 'wrong', type: 'helper' },
  );
}
const why = (message: Message): string => (message['error'] as { message: string }).message;

nodeSuite('examples in the hand of somebody who has set up nothing', () => {
  const LOOK_UPS = [
    {
      example: 'Call status - screen pop from Vtiger',
      first: 'look up',
      names: ['VTIGER_URL', 'VTIGER_USER', 'VTIGER_ACCESS_KEY'],
    },
    {
      example: 'Call status - screen pop from Salesforce',
      first: 'log in',
      names: ['SALESFORCE_URL', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'],
    },
  ];
  for (const { example, first, names } of LOOK_UPS) {
    const load = (values: Record<string, string>): Promise<Flow> =>
      loadExample(example, (nodes) => {
        setEnv(nodes, values);
        watchErrors(nodes);
      });
    const statusOf = (flow: Flow): unknown => {
      const id = (readFlowNodes(flow, first)[0] ?? assert.fail(first)).id;
      return flow.statusOf(id)['text'];
    };

    it(`${example}: says that nothing is set, at each call`, async () => {
      const flow = await load(Object.fromEntries(names.map((name) => [name, ''])));
      for (const nth of [1, 2]) {
        flow.send('somebody calls', {});
        await eventually(() => flow.messages('wrong')[nth - 1]);
        flow.send('the caller gives up', {});
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      for (const message of flow.messages('wrong'))
        assert.match(why(message), new RegExp(`^Not set: ${names.join(', ')}\\.`));
      assert.equal(statusOf(flow), `not set: ${names.join(', ')}`);
    });

    for (const missing of names)
      it(`${example}: says that just ${missing} is missing`, async () => {
        const flow = await load({
          ...Object.fromEntries(names.map((name) => [name, name.endsWith('URL') ? 'http://127.0.0.1:9' : 'x'])),
          [missing]: '  ',
        });
        flow.send('somebody calls', {});
        assert.match(why(await flow.until('wrong')), new RegExp(`^Not set: ${missing}\\. `));
      });

    it(`${example}: says which variable is no address`, async () => {
      const flow = await load(Object.fromEntries(names.map((name) => [name, 'crm.example.com'])));
      flow.send('somebody calls', {});
      assert.match(why(await flow.until('wrong')), new RegExp(`^${names[0] ?? ''} has to be a web address`));
    });
  }

  it('missed calls: says that the token and the chat are missing', async () => {
    const flow = await loadExample('Call log - tell of missed calls by Telegram', (nodes) => {
      setEnv(nodes, { TELEGRAM_TOKEN: '' });
      watchErrors(nodes);
    });
    flow.send('somebody calls', {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    flow.send('the caller gives up', {});
    assert.match(why(await flow.until('wrong')), /^Not set: TELEGRAM_TOKEN, TELEGRAM_CHAT\./);
  });

  it('SQLite: says on an old Node.js at each press and for each call what it needs', async () => {
    const flow = await loadExample('Call log - keep it in SQLite', (nodes) => {
      watchErrors(nodes);
      for (const node of nodes)
        if (node['name'] === 'calls.db') {
          const old = "process = { version: 'v20.20.2' };\n";
          Object.assign(node, { initialize: `${old}${String(node['initialize'])}` });
        }
    });
    for (const nth of [1, 2]) {
      flow.send('missed calls', {});
      await eventually(() => flow.messages('wrong')[nth - 1]);
    }
    flow.send('somebody calls', {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    flow.send('the caller gives up', {});
    await eventually(() => flow.messages('wrong')[2]);
    for (const message of flow.messages('wrong'))
      assert.equal(why(message), 'SQLite needs Node.js 22.13 or newer, and Node-RED runs on v20.20.2: update Node.js.');
  });

  describe('the list of calls', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'microsip-csv-'));
    });
    afterEach(async () => {
      await helper.unload();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    async function load(file: string, caller: object = { number: '+4930123456', name: 'Ada' }): Promise<Flow> {
      return loadExample('Call log - keep a list of calls', (nodes) => {
        setEnv(nodes, { CALL_LOG_CSV: file });
        watchErrors(nodes);
        for (const node of nodes)
          if (node['name'] === 'somebody calls')
            Object.assign(node, { payload: JSON.stringify({ action: 'incoming', ...caller }) });
      });
    }
    async function missCalls(flow: Flow, count = 1): Promise<void> {
      for (let nth = 1; nth <= count; nth++) {
        flow.send('somebody calls', {});
        await new Promise((resolve) => setTimeout(resolve, 100));
        flow.send('the caller gives up', {});
        await eventually(() => flow.messages('line of the file')[nth - 1] ?? flow.messages('wrong')[0]);
      }
    }
    const HEADER = 'startTime,direction,number,name,duration,disposition';

    it('names the columns once, also over a deploy, and gives the times of this computer', async () => {
      const file = join(folder, 'calls.csv');
      await missCalls(await load(file), 2);
      await helper.unload();
      await missCalls(await load(file));
      const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
      assert.equal(header, HEADER);
      assert.equal(lines.length, 3);
      for (const line of lines) {
        assert.match(line, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,inbound,\+4930123456,Ada,0,missed$/);
        const began = new Date(line.slice(0, 19).replace(' ', 'T')).getTime();
        assert.ok(Math.abs(Date.now() - began) < 60_000, line);
      }
    });

    it('names the columns in a file that is there and empty, and says where it is', async () => {
      const file = join(folder, 'calls.csv');
      writeFileSync(file, '');
      const flow = await load(file);
      await missCalls(flow);
      assert.equal((await flow.until('line of the file'))['filename'], file);
      assert.ok(readFileSync(file, 'utf8').startsWith(`${HEADER}\r\n`));
    });

    it('says which file cannot be written', async () => {
      const file = join(folder, 'a folder');
      mkdirSync(file);
      const flow = await load(file);
      await missCalls(flow);
      assert.ok(why(await flow.until('wrong')).startsWith(`${file} cannot be written: `));
      assert.ok(existsSync(file));
    });

    const FORMULAS: [name: string, cell: string][] = [
      ['=1+1', "'=1+1"],
      ['-1+1', "'-1+1"],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['+1+1', "'+1+1"],
      ['x;=1+1', "x;'=1+1"],
      ['x;  =1+1', "x;  '=1+1"],
      ['"=1+1"', '"\'=1+1"'],
      ['x";"=1+1', 'x";"\'=1+1'],
      ['x,@A1', "x,'@A1"],
      ['＝1+1', "'＝1+1"],
      ['x;－1', "x;'－1"],
      ['+4930123456', '+4930123456'],
      ['Ada + Co = fun', 'Ada + Co = fun'],
      ['Ada-Maria', 'Ada-Maria'],
    ];
    it('has no name that a spreadsheet takes for a formula, whatever separates its columns', async () => {
      const file = join(folder, 'calls.csv');
      const flow = await load(file);
      const node = readFlowNodes(flow, 'add to the file')[0] ?? assert.fail('no function');
      for (const [name] of FORMULAS)
        flow.send(node.id, { payload: { startTime: new Date().toISOString(), number: '+4930123456', name } });
      await eventually(() => flow.messages('line of the file')[FORMULAS.length - 1]);
      const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n').slice(1);
      assert.deepEqual(
        lines.map((line) => nameIn(line)),
        FORMULAS.map(([, cell]) => cell),
      );
    });

    it('makes one line of a name with line ends and tabs', async () => {
      const file = join(folder, 'calls.csv');
      const flow = await load(file);
      const node = readFlowNodes(flow, 'add to the file')[0] ?? assert.fail('no function');
      flow.send(node.id, { payload: { name: 'A\r\n=1+1\t@B\u2028-1' } });
      await flow.until('line of the file');
      assert.equal(readFileSync(file, 'utf8').split('\r\n').length, 3);
      assert.equal(nameIn(readFileSync(file, 'utf8').split('\r\n')[1] ?? ''), 'A =1+1 @B -1');
    });
  });
});

/** The name in a line, as a program that follows RFC 4180 reads it. */
function nameIn(line: string): string {
  const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell);
  const name = cells[3] ?? '';
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

function readFlowNodes(flow: Flow, name: string): { id: string }[] {
  return flow.nodes.filter((node) => node['name'] === name);
}
