import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type FlowNode, type Message } from './flow';

const CARDS = [
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Ada Love',
    ' lace\\, née Byron',
    'TEL;TYPE=CELL:+49 171 1',
    'TEL;TYPE="work,voice":0101',
    'END:VCARD',
  ],
  ['BEGIN:VCARD', 'item1.TEL;VALUE=uri;TYPE=fax:tel:+49-30-1', 'item2.tel:102', 'FN:Grace: Hopper', 'END:VCARD'],
  ['BEGIN:VCARD', 'FN:Nobody', 'EMAIL:n@example.org', 'END:VCARD'],
]
  .flat()
  .join('\r\n');

/** MicroSIP, as the HTTP nodes of an example see it. */
class Asking {
  private constructor(
    private readonly flow: Flow,
    private readonly from: string,
    private readonly to: string,
  ) {}

  static async load(name: string, env: Record<string, string> = {}): Promise<[Asking, Flow]> {
    const flow = await loadExample(name, (nodes) => {
      setEnv(nodes, env);
      for (const node of nodes) {
        // What a test server cannot be asked for; the message is the same.
        if (['http in', 'http response'].includes(node.type)) Object.assign(node, { kind: node.type, type: 'helper' });
      }
    });
    const idOf = (kind: string): string => flow.nodes.find((node: FlowNode) => node['kind'] === kind)?.id ?? '';
    return [new Asking(flow, idOf('http in'), idOf('http response')), flow];
  }

  async answer(sequence: string, ip = '::ffff:127.0.0.1'): Promise<Message> {
    const before = this.flow.messages(this.to).length;
    const headers = { host: 'pc', 'user-agent': 'MicroSIP' };
    this.flow.node(this.from).send({ payload: { sequence }, headers, req: { query: { sequence }, ip } });
    return this.flow.until(this.to, (msg) => this.flow.messages(this.to).indexOf(msg) >= before);
  }

  async contacts(sequence: string): Promise<Record<string, unknown>> {
    return JSON.parse((await this.answer(sequence)).payload as unknown as string) as Record<string, unknown>;
  }
}

nodeSuite('examples of contacts', () => {
  it('MicroSIP gets the contacts of a CSV file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-contacts-'));
    const file = join(folder, 'contacts.csv');
    writeFileSync(file, 'Name,Number,Mobile\r\nAda Lovelace,0101,+49 171 1234567\r\n"Hopper, Grace",102,\r\n');
    try {
      const [microsip] = await Asking.load('Contacts - show those of a CSV file', { CONTACTS_CSV: file });
      assert.deepEqual(await microsip.contacts('0'), {
        refresh: 60,
        silent: 1,
        items: [
          { number: '0101', name: 'Ada Lovelace', mobile: '+49 171 1234567' },
          { number: '102', name: 'Hopper, Grace' },
        ],
        presence: [],
      });
      assert.deepEqual(await microsip.contacts('1'), { refresh: 60, silent: 1, presence: [] });
    } finally {
      rmSync(folder, { recursive: true, maxRetries: 5 });
    }
  });

  it('MicroSIP keeps its contacts while the file is missing, and the debug sidebar says why', async () => {
    const file = join(tmpdir(), 'microsip no such file.csv');
    const [microsip, flow] = await Asking.load('Contacts - show those of a CSV file', { CONTACTS_CSV: file });
    assert.deepEqual(await microsip.contacts('0'), { refresh: 60, silent: 1, presence: [] });
    const { error } = await flow.until('why not');
    assert.match((error as Error).message, /ENOENT/);
  });

  for (const name of ['show those of a CSV file', 'from Nextcloud or CardDAV', 'lamps that show who is in a call'])
    it(`${name}: nothing for another computer`, async () => {
      const [microsip] = await Asking.load(`Contacts - ${name}`);
      const { payload, statusCode } = await microsip.answer('0', '192.0.2.1');
      assert.deepEqual([payload, statusCode], ['', 403]);
    });

  it('MicroSIP gets an address book of Nextcloud, and keeps it while the server is out of order', async () => {
    const asked: unknown[] = [];
    let status = 200;
    const server = createServer(({ method, url, headers }, response) => {
      asked.push([method, url, headers.authorization, headers['user-agent'] === 'MicroSIP']);
      response.writeHead(status, { 'content-type': 'text/directory' }).end(status === 200 ? CARDS : '<h1>gone</h1>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const [microsip] = await Asking.load('Contacts - from Nextcloud or CardDAV', {
        CARDDAV_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/addressbooks/ada/contacts`,
        CARDDAV_USER: 'ada',
        CARDDAV_PASSWORD: 'pass:word',
      });
      assert.deepEqual((await microsip.contacts('0'))['items'], [
        { number: '0101', name: 'Ada Lovelace, née Byron', mobile: '+49 171 1' },
        { number: '102', name: 'Grace: Hopper' },
      ]);
      const login = `Basic ${Buffer.from('ada:pass:word').toString('base64')}`;
      assert.deepEqual(asked, [['GET', '/addressbooks/ada/contacts/?export', login, false]]);
      status = 503;
      assert.deepEqual(await microsip.contacts('1'), { refresh: 900, silent: 1, presence: [] });
    } finally {
      server.close();
    }
  });

  it('MicroSIP keeps its contacts while nobody has said where the address book is', async () => {
    const [microsip] = await Asking.load('Contacts - from Nextcloud or CardDAV', { CARDDAV_URL: 'http://127.0.0.1:1' });
    assert.deepEqual(await microsip.contacts('0'), { refresh: 900, silent: 1, presence: [] });
  });

  it('MicroSIP gets lamps that show who is in a call', async () => {
    const [microsip, flow] = await Asking.load('Contacts - lamps that show who is in a call');
    let sequence = 0;
    const until = async (status: string): Promise<void> => {
      const end = Date.now() + 20_000;
      for (;;) {
        const { presence } = await microsip.contacts(String(sequence++));
        const [lamp] = presence as { number: string; status: string }[];
        if (lamp?.number === '101' && lamp.status === status) return;
        assert.ok(Date.now() < end, `${status}: ${JSON.stringify(presence)}`);
      }
    };
    await until('online');
    flow.send('somebody calls', {});
    await until('ring');
    const { items } = await microsip.contacts('0');
    assert.equal((items as unknown[]).length, 2);
  });
});
