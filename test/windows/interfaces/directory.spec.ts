import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { ContactDirectory } from '../../../src/contacts/contact-directory';
import { FLAG_FIELDS } from '../../../src/contacts/contact';
import { anyContactList, anyLamps } from '../../support/any-contacts';
import { DirectoryOfMicrosip } from '../../support/directory-of-microsip';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

/** In the order of the stand-in's `contacts`. */
const TEXTS = [
  ...['name', 'number', 'firstname', 'lastname', 'phone', 'mobile', 'email'],
  ...['address', 'city', 'state', 'zip', 'comment', 'id', 'info'],
];

describe("MicroSIP's directory of users", () => {
  let standIn: StandIn | undefined;
  let server: Server | undefined;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await standIn?.end();
    server?.close();
    standIn = server = undefined;
  });

  const records = async (phone: StandIn, verb: string): Promise<string[][]> =>
    (await phone.requestRaw(verb)).map((entry) => entry.split('|').map(decodeURIComponent));
  const contactsOf = async (phone: StandIn): Promise<Record<string, string | number>[]> =>
    (await records(phone, 'contacts')).map((fields) => {
      const texts = TEXTS.map((name, nth) => [name, fields[nth] ?? ''] as const);
      const flags = FLAG_FIELDS.map((name, nth) => [name, Number(fields[TEXTS.length + nth])] as const);
      return Object.fromEntries<string | number>([
        ...texts.filter(([, text]) => text !== ''),
        ...flags.filter(([, flag]) => flag >= 0),
      ]);
    });
  const withoutEmpty = (contact: Record<string, string | number>): object =>
    Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== ''));

  it('is read to its end and without a box, whatever the list has in it', async () => {
    const phone = (standIn = await StandIn.start());
    const file = join(phone.folder, 'answer.json');
    const [directory, byRules] = [new ContactDirectory(), new DirectoryOfMicrosip()];
    for (const [contacts, lamps] of fc.sample(fc.tuple(anyContactList, anyLamps), 150)) {
      const { sequence } = byRules;
      const { text } = directory.answer({ contacts, lamps, sequence, client: '', refresh: 3600, now: 0 });
      byRules.load({ body: text });
      writeFileSync(file, text);
      await phone.act('directory-answer', file);
      assert.deepEqual(await phone.request('directory'), [String(sequence + 1), '3600', '1', '0'], text);
      assert.deepEqual(await contactsOf(phone), [...byRules.contacts.values()].map(withoutEmpty), text);
      assert.deepEqual(
        (await records(phone, 'lamps')).map(([number, status, info]) => ({ number, status, info })),
        byRules.lamps,
        text,
      );
    }
    assert.deepEqual(await phone.actions(), []);
  });

  it('is lost by what the node never sends', async () => {
    const phone = (standIn = await StandIn.start());
    const file = join(phone.folder, 'answer.json');
    const tried = async (text: string): Promise<[number, string]> => {
      writeFileSync(file, text);
      await phone.act('directory-answer', file);
      const byRules = new DirectoryOfMicrosip();
      byRules.load({ body: text });
      const [, , , broke] = await phone.request('directory');
      assert.equal(byRules.broke, broke !== '0', text);
      return [(await contactsOf(phone)).length, broke ?? ''];
    };
    assert.deepEqual(await tried('{"items":[{"number":101},{"number":"102","presence":true}]}'), [1, '0']);
    assert.deepEqual(await tried('{"items":[{"number":"1","name":"\\ud83d"}]}'), [1, '0']);
    assert.deepEqual(await tried('{"items":[{"number":"1"},"2",{"number":"3"}]}'), [1, '1']);
    await assert.rejects(tried('['.repeat(2000)));
  });

  it('comes from a web address, again when it has changed, and with lamps each time', async () => {
    const directory = new ContactDirectory();
    const asked: string[] = [];
    let people = [{ name: 'Ada', number: '101' }];
    const lamps = [{ number: '101', status: 'ring' }];
    const answered: boolean[] = [];
    server = createServer(({ url = '' }, response) => {
      const { searchParams } = new URL(url, 'http://x');
      asked.push(`${searchParams.get('u') ?? ''} ${searchParams.get('sequence') ?? ''}`);
      const sequence = searchParams.get('sequence');
      const { text } = directory.answer({ contacts: people, lamps, sequence, client: '', refresh: 1, now: Date.now() });
      answered.push(text.includes('"items"'));
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(text);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const phone = (standIn = await StandIn.start({
      settings: { usersDirectory: `"http://127.0.0.1:${port}/microsip/contacts?u={username}"` },
    }));
    const names = async (): Promise<unknown[]> => (await contactsOf(phone)).map(({ name }) => name);
    await eventually(async () => (asked.length >= 3 && (await names())[0] === 'Ada') || undefined);
    assert.deepEqual(asked.slice(0, 3), ['1001 0', '1001 1', '1001 2']);
    assert.deepEqual(answered.slice(0, 3), [true, false, false]);
    people = [{ name: 'Zoë 名前', number: '102' }];
    await eventually(async () => (await names())[0] === 'Zoë 名前' || undefined);
    assert.deepEqual(await records(phone, 'lamps'), [['101', 'ring', '']]);
    assert.ok((await phone.actions()).every((action) => action.startsWith('directory')));
  });
});
