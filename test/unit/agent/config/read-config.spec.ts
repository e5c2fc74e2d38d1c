import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isExposed } from '../../../../src/agent/config/exposure';
import { ConfigError } from '../../../../src/agent/config/config-problem';
import { readConfig, type ReadConfig } from '../../../../src/agent/config/read-config';
import { agentText } from '../../../../src/agent/program/agent-text';
import { useAuthority } from '../../../support/tls-files';

const BROKER = { url: 'mqtt://broker.example:1883' };
const PHONE = { id: 'desk-1', phone: { connection: 'simulator' } };
const PLAIN = { broker: BROKER, phones: [PHONE] };
const SECRET = 'hunter2-hunter2';

describe('the configuration of an agent', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-config-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  const write = (content: string | Buffer, name = 'agent.json'): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = (document: unknown, env: Record<string, string> = {}): Promise<ReadConfig> =>
    readConfig(write(typeof document === 'string' ? document : JSON.stringify(document)), env);
  /** Its problems as `path reason`. */
  const problems = async (document: unknown, env: Record<string, string> = {}): Promise<string[]> => {
    try {
      await read(document, env);
    } catch (error) {
      assert.ok(error instanceof ConfigError, String(error));
      for (const { reason, params } of error.problems) {
        const sentence = agentText(`config.${reason}`, params);
        assert.notEqual(sentence, `config.${reason}`, 'has a sentence');
        assert.doesNotMatch(sentence, /__\w+__/);
        assert.ok(!sentence.includes(SECRET), sentence);
      }
      return error.problems.map(({ path, reason }) => `${path} ${reason}`.trim());
    }
    return [];
  };

  it('needs no more than a broker and the id of a phone', async () => {
    const { config } = await read({ broker: BROKER, phones: [{ id: 'desk-1' }] });
    assert.deepEqual(config, {
      broker: BROKER,
      base: 'microsip',
      homeAssistant: false,
      mask: false,
      lastCall: true,
      hostAndUser: true,
      phones: [{ id: 'desk-1', groups: [], phone: { name: 'desk-1' } }],
    });
  });

  it('is taken as a whole', async () => {
    const { config } = await read({
      $schema: './agent.schema.json',
      broker: { url: 'wss://broker.example/mqtt?v=5', username: 'ada', password: SECRET },
      base: 'office/microsip',
      homeAssistant: { prefix: 'ha' },
      mask: true,
      lastCall: false,
      hostAndUser: false,
      phones: [
        {
          id: 'desk_1',
          groups: ['sales', 'sales', 'all'],
          commands: ['dial', 'hangup', 'simulate', 'ping', 'snapshot'],
          username: 'desk-1',
          password: 'x',
          phone: { name: ' Desk 1 ', connection: 'window', timeout: 500, deny: ['^0900'], commandIds: {} },
        },
      ],
    });
    assert.equal(config.base, 'office/microsip');
    assert.deepEqual(config.homeAssistant, { prefix: 'ha', statusTopic: 'homeassistant/status' });
    assert.deepEqual([config.mask, config.lastCall, config.hostAndUser], [true, false, false]);
    const [phone] = config.phones;
    assert.deepEqual(phone?.groups, ['sales', 'all']);
    assert.deepEqual(phone.commands, ['dial', 'hangup', 'simulate', 'ping', 'snapshot']);
    assert.equal(phone.phone.name, 'Desk 1');
  });

  describe('may be written', () => {
    const text = JSON.stringify({ ...PLAIN, base: 'büro' });
    const written: Record<string, Buffer> = {
      'in UTF-8': Buffer.from(text),
      'in UTF-8 with BOM': Buffer.from(`\ufeff${text}`),
      'in UTF-16 LE': Buffer.from(`\ufeff${text}`, 'utf16le'),
      'in UTF-16 BE': Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    };
    for (const [how, bytes] of Object.entries(written))
      it(how, async () => {
        assert.equal((await readConfig(write(bytes), {})).config.base, 'büro');
      });

    it('in nothing else', async () => {
      await assert.rejects(readConfig(write(Buffer.from(text, 'latin1')), {}), /encoding/);
      await assert.rejects(readConfig(write(Buffer.from(text, 'utf16le')), {}), /encoding/);
    });
  });

  it('is a file that can be read', async () => {
    await assert.rejects(readConfig(join(folder, 'none.json'), {}), /file_missing/);
    await assert.rejects(readConfig(folder, {}), /not_regular/);
    await assert.rejects(readConfig(write(' \n'), {}), /file_empty/);
    await assert.rejects(readConfig(write(Buffer.alloc(2_000_000, ' ')), {}), /too_large/);
  });

  it('says where a comma is missing, and shows nothing of what is there', async () => {
    assert.deepEqual(await problems(`{"broker": {"password": "${SECRET}"\n "url": "mqtt://x"}}`), [
      'json.comma_missing',
    ]);
    assert.deepEqual(await problems(`{"broker": {"password": ${SECRET}}}`), ['json.unexpected']);
  });

  const wrong: [what: string, document: object, expected: string[]][] = [
    [
      'unknown settings',
      { ...PLAIN, brokers: 1, phones: [{ ...PHONE, phone: { timout: 1 } }] },
      ['brokers key_unknown', 'phones[0].phone.timout key_unknown'],
    ],
    ['missing ones', { phones: [{}] }, ['broker key_missing', 'phones[0].id key_missing']],
    ['no phone', { broker: BROKER, phones: [] }, ['phones no_phones']],
    [
      'values of other kinds',
      { ...PLAIN, mask: 1, base: 7, homeAssistant: [], phones: {} },
      ['base text', 'homeAssistant truth', 'mask truth', 'phones list'],
    ],
    [
      'empty texts',
      { ...PLAIN, broker: { ...BROKER, username: '', ca: '' } },
      ['broker.username empty', 'broker.ca empty'],
    ],
    [
      '__proto__',
      JSON.parse('{"__proto__": {"broker": {}}, "broker": {"url": "mqtt://x"}, "phones": [{"id": "a"}]}') as object,
      ['__proto__ key_unknown'],
    ],
    [
      'a phone of another agent',
      { ...PLAIN, phones: [{ id: 'a', phone: { connection: 'mqtt' } }] },
      ['phones[0].phone.connection phone_of_agent'],
    ],
    [
      'an unknown connection',
      { ...PLAIN, phones: [{ id: 'a', phone: { connection: 'vindow' } }] },
      ['phones[0].phone.connection choice'],
    ],
    [
      'numbers out of their range',
      { ...PLAIN, phones: [{ id: 'a', phone: { timeout: 99, pollInterval: 10_001 } }] },
      ['phones[0].phone.pollInterval range', 'phones[0].phone.timeout range'],
    ],
    [
      'a text that is no number',
      { ...PLAIN, phones: [{ id: 'a', phone: { timeout: 'soon' } }] },
      ['phones[0].phone.timeout setting'],
    ],
    [
      'an unknown region',
      { ...PLAIN, phones: [{ id: 'a', phone: { region: 'XX' } }] },
      ['phones[0].phone.region setting'],
    ],
    ['a rule that is none', { ...PLAIN, phones: [{ id: 'a', phone: { deny: ['('] } }] }, ['phones[0].phone.deny rule']],
    ['unknown commands', { ...PLAIN, phones: [{ id: 'a', commands: ['dail'] }] }, ['phones[0].commands[0] choice']],
    [
      'reserved ids',
      { ...PLAIN, phones: [{ id: 'all' }, { id: 'group' }, { id: 'agent' }] },
      ['phones[0].id id_reserved', 'phones[1].id id_reserved', 'phones[2].id id_reserved'],
    ],
    ['an id twice', { ...PLAIN, phones: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, ['phones[2].id id_twice']],
    [
      'ids with other characters',
      { ...PLAIN, phones: [{ id: 'desk 1', groups: ['a/b'] }] },
      ['phones[0].id level', 'phones[0].groups[0] level'],
    ],
    ['an id that is too long', { ...PLAIN, phones: [{ id: 'a'.repeat(65) }] }, ['phones[0].id level']],
    [
      'a key without its certificate',
      { ...PLAIN, broker: { url: 'mqtts://x', key: 'nowhere.pem' } },
      ['broker.cert cert_and_key', 'broker.key content_unreadable'],
    ],
    [
      'a password without a user',
      { ...PLAIN, broker: { ...BROKER, password: SECRET } },
      ['broker.password password_alone'],
    ],
    ['a base of discovery', { ...PLAIN, homeAssistant: true, base: 'homeassistant/x' }, ['base base_of_discovery']],
  ];
  for (const [what, document, expected] of wrong)
    it(`refuses ${what}`, async () => {
      assert.deepEqual((await problems(document)).sort(), expected.sort());
    });

  for (const base of ['', '/a', 'a/', 'a//b', 'a/+', '#', '$SYS', 'a\tb', 'x'.repeat(129)])
    it(`refuses the base ${JSON.stringify(base.slice(0, 10))}`, async () => {
      assert.deepEqual(await problems({ ...PLAIN, base }), ['base topic']);
    });

  const urls: [url: string, reason: string][] = [
    ['broker.example', 'url'],
    ['mqtt:broker', 'url'],
    ['mqtt://', 'url'],
    ['mqtt://host:99999', 'url'],
    ['http://host', 'url_scheme'],
    ['tcp://host:1883', 'url_scheme'],
    ['mqtt://host/topic', 'url_path'],
    [`mqtt://ada:${SECRET}@host`, 'url_user'],
    [`mqtt://ada@host`, 'url_user'],
    [`mqtt://:${SECRET}@host`, 'url_user'],
    [`mqtt://ada:${SECRET}/@host:99999`, 'url'],
    [`ada:${SECRET}@host:1883`, 'url_user'],
  ];
  for (const [url, reason] of urls)
    it(`refuses the URL ${url.replace(SECRET, '…')}`, async () => {
      assert.deepEqual(await problems({ ...PLAIN, broker: { url } }), [`broker.url ${reason}`]);
    });

  for (const url of ['mqtt://host', 'mqtts://host:8883/', 'ws://[::1]:9001/mqtt', 'wss://host/mqtt?token=1'])
    it(`takes the URL ${url}`, async () => {
      assert.equal((await read({ ...PLAIN, broker: { url } })).config.broker.url, url);
    });

  describe('fills in', () => {
    it('environment variables in any text', async () => {
      const env = { COMPUTERNAME: 'PC-7', 'ProgramFiles(x86)': 'C:\\P', WAIT: '500', ON: 'true', WAY: 'simulator' };
      const { config, plainSecrets } = await read(
        {
          broker: { ...BROKER, username: 'agent', password: '${COMPUTERNAME}' },
          mask: '${ON}',
          phones: [
            {
              id: 'desk-${COMPUTERNAME}',
              phone: {
                program: '${ProgramFiles(x86)}\\m.exe',
                timeout: '${WAIT}',
                connection: '${WAY}',
                deny: ['^\\d+$'],
              },
            },
          ],
        },
        env,
      );
      const [phone] = config.phones;
      assert.equal(phone?.id, 'desk-PC-7');
      assert.deepEqual(phone.phone, {
        name: 'desk-PC-7',
        program: 'C:\\P\\m.exe',
        timeout: '500',
        connection: 'simulator',
        deny: ['^\\d+$'],
      });
      assert.equal(config.mask, true);
      assert.deepEqual(plainSecrets, []);
    });

    it('only what is marked: a dollar sign is itself, and $${ is ${', async () => {
      const password = 'a$b$$c${X}$${X}{X}';
      const { config } = await read({ ...PLAIN, broker: { ...BROKER, username: 'a', password } }, { X: '${Y}$&' });
      assert.equal(config.broker.password, 'a$b$$c${Y}$&${X}{X}');
    });

    it('nothing that is not there', async () => {
      const broker = { ...BROKER, username: '${NAME_OF_NOBODY}', password: '${EMPTY}', ca: '${a b}' };
      assert.deepEqual(await problems({ ...PLAIN, broker }, { EMPTY: '' }), [
        'broker.username variable_missing',
        'broker.password variable_empty',
        'broker.ca variable_name',
      ]);
    });

    it('what is looked at afterwards', async () => {
      const document = { ...PLAIN, base: '${BASE}', phones: [{ id: '${ID}', groups: ['$${x}'] }] };
      assert.deepEqual(await problems(document, { BASE: 'a/#', ID: 'all' }), [
        'base topic',
        'phones[0].id id_reserved',
      ]);
      assert.deepEqual(await problems(document, { BASE: 'a/#', ID: 'ok' }), ['base topic']);
      assert.deepEqual(await problems(document, { BASE: 'a', ID: 'ok' }), ['phones[0].groups[0] level']);
    });

    it('the content of files, which nobody sees', async () => {
      write(`${SECRET}\r\n`, 'password.txt');
      write('', 'empty.txt');
      const broker = { ...BROKER, username: 'ada', password: '${file:password.txt}' };
      const { config, secrets, plainSecrets } = await read({ ...PLAIN, broker });
      assert.equal(config.broker.password, SECRET);
      assert.ok(secrets.includes(SECRET));
      assert.deepEqual(plainSecrets, []);
      assert.deepEqual(await problems({ ...PLAIN, broker: { ...broker, password: '${file:no.txt}' } }), [
        'broker.password content_unreadable',
      ]);
      assert.deepEqual(await problems({ ...PLAIN, broker: { ...broker, password: '${file:empty.txt}' } }), [
        'broker.password content_empty',
      ]);
    });
  });

  it('knows which passwords are in it', async () => {
    const { secrets, plainSecrets } = await read(
      {
        broker: { ...BROKER, username: 'ada', password: SECRET },
        phones: [
          { id: 'a', username: 'a', password: 'one' },
          { id: 'b', password: '${TWO}' },
        ],
      },
      { TWO: 'two' },
    );
    assert.deepEqual(secrets.sort(), [SECRET, 'one', 'two']);
    assert.deepEqual(plainSecrets, ['broker.password', 'phones[0].password']);
  });

  describe('names certificates', () => {
    const authority = useAuthority();

    it('by paths that begin where it is', async () => {
      const { ca } = authority();
      const { cert, key } = authority().server();
      for (const [name, path] of Object.entries({ ca, cert, key })) copyFileSync(path, join(folder, `${name}.pem`));
      const broker = { url: 'mqtts://x', ca: 'ca.pem', cert: join(folder, 'cert.pem'), key: 'key.pem' };
      const { config } = await read({ ...PLAIN, broker });
      assert.deepEqual(config.broker, { ...broker, ca: join(folder, 'ca.pem'), key: join(folder, 'key.pem') });
      write('nothing', 'other.pem');
      assert.deepEqual(await problems({ ...PLAIN, broker: { ...broker, ca: 'other.pem', key: 'ca.pem' } }), [
        'broker.ca no_certificate',
        'broker.key no_key',
      ]);
      assert.deepEqual(await problems({ ...PLAIN, broker: { url: 'mqtt://x', ca: 'ca.pem' } }), [
        'broker.ca not_encrypted',
      ]);
    });
  });

  it('is exposed when others may read it', async () => {
    const path = write('{}');
    chmodSync(path, 0o600);
    assert.equal(await isExposed(path, {}, 'linux'), false);
    chmodSync(path, 0o644);
    assert.equal(await isExposed(path, {}, 'linux'), true);
    const env = { USERPROFILE: 'C:\\Users\\ada' };
    assert.equal(await isExposed('C:\\Users\\Ada\\agent.json', env, 'win32'), false);
    assert.equal(await isExposed('C:\\ProgramData\\agent.json', env, 'win32'), true);
    assert.equal(await isExposed('D:\\agent.json', env, 'win32'), true);
  });
});
