import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Message } from './flow';

nodeSuite('examples of contacts', () => {
  it('MicroSIP gets the contacts of a CSV file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-contacts-'));
    const file = join(folder, 'contacts.csv');
    writeFileSync(file, 'Name,Number,Mobile\r\nAda Lovelace,0101,+49 171 1234567\r\n"Hopper, Grace",102,\r\n');
    try {
      const flow = await loadExample('Contacts - show those of a CSV file', (nodes) => {
        setEnv(nodes, { CONTACTS_CSV: file });
        for (const node of nodes) {
          // What a test server cannot be asked for; the message is the same.
          if (['http in', 'http response'].includes(node.type)) node.type = 'helper';
        }
      });
      const [from, to] = flow.nodes.filter(({ type }) => type === 'helper');
      const ask = async (sequence: string): Promise<unknown> => {
        flow.node(from?.id ?? '').send({ payload: { sequence }, req: { query: { sequence } } });
        const isIt = (msg: Message): boolean =>
          (msg['req'] as { query: { sequence: string } }).query.sequence === sequence;
        return JSON.parse((await flow.until(to?.id ?? '', isIt)).payload as unknown as string);
      };
      assert.deepEqual(await ask('0'), {
        refresh: 60,
        silent: 1,
        items: [
          { number: '0101', name: 'Ada Lovelace', mobile: '+49 171 1234567' },
          { number: '102', name: 'Hopper, Grace' },
        ],
        presence: [],
      });
      assert.deepEqual(await ask('1'), { refresh: 60, silent: 1, presence: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
