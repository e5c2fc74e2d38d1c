import assert from 'node:assert/strict';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { languageOf, nearSettings, phoneSettings } from '../../../src/settings/phone-settings';
import { settingValues, type RawSettings } from '../../../src/settings/setting-values';

/** Every setting that there is, none of them as it is by default. */
const ALL: RawSettings = {
  ...{ name: 'Desk', region: 'DE', timeout: 500, allow: ['^1'], deny: ['^2'], dialsPerSecond: 2, dialsPerMinute: 3 },
  ...{ program: 'C:\\m.exe', startProgram: true, pollInterval: 60, logFile: 'l', callLog: 'c', hooks: true },
  ...{ protocol: 'documented', commandIds: '{"dial": 101}', writeLog: 'wl', writeHistory: 'wh', trace: true },
  ...{ broker: 'b', phoneId: 'desk-1', base: 'office/phones' },
};
const COMMON = ['name', 'region', 'timeout', 'allow', 'deny', 'dialsPerSecond', 'dialsPerMinute', 'trace'];
const OBSERVED = ['program', 'logFile', 'callLog', 'hooks'];
const LOCAL = [...OBSERVED, 'startProgram', 'pollInterval'];

const OWN: [title: string, raw: RawSettings, fields: string[]][] = [
  ['window', { connection: 'window', protocol: 'microsip' }, ['protocol', ...LOCAL]],
  ['the documented interface', { connection: 'window' }, ['protocol', 'commandIds', ...LOCAL]],
  ['program', { connection: 'program' }, LOCAL],
  ['dde', { connection: 'dde' }, LOCAL],
  ['observe', { connection: 'observe' }, OBSERVED],
  ['simulator', { connection: 'simulator' }, ['writeLog', 'writeHistory']],
];

describe('the settings of a phone', () => {
  for (const [title, raw, fields] of OWN)
    it(`are of ${title} what it has, and nothing else`, () => {
      const given = { ...ALL, ...raw };
      const values = Object.entries(settingValues(given));
      const wanted = ['connection', ...COMMON, ...fields];
      assert.deepEqual(phoneSettings(given), Object.fromEntries(values.filter(([name]) => wanted.includes(name))));
    });

  it('are refused for a wrong value also where the connection has no use for it', () => {
    assert.throws(
      () => phoneSettings({ connection: 'simulator', pollInterval: 5 }),
      (error) => error instanceof PhoneError && error.code === 'config' && error.params['name'] === 'pollInterval',
    );
  });

  it('are of a phone elsewhere only where it is, how long to wait for it, what may be dialled, and its country', () => {
    assert.deepEqual(phoneSettings({ ...ALL, connection: 'mqtt' }), {
      ...{ connection: 'mqtt', name: 'Desk', broker: 'b', phoneId: 'desk-1', base: 'office/phones' },
      ...{ timeout: 500, region: 'DE', allow: ['^1'], deny: ['^2'] },
    });
  });

  it('take a broker as a program gives it, and never tell its password', () => {
    const secret = 'hush';
    const broker = { url: 'mqtts://broker.example', username: 'ada', password: secret, ca: 'ca.pem' };
    assert.deepEqual(settingValues({ broker }).broker, broker);
    for (const wrong of [
      { url: `mqtt://ada:${secret}@broker.example` },
      { url: 'http://broker.example' },
      { url: 'mqtt://' },
      { url: `//${secret}@x` },
      {},
      { ...broker, passphrase: secret },
      { ...broker, password: [secret] },
    ])
      assert.throws(
        () => settingValues({ broker: wrong }),
        (error) => error instanceof PhoneError && error.code === 'config' && !error.message.includes(secret),
      );
  });

  it('are refused for a phone elsewhere, where one within reach is asked for', () => {
    assert.throws(
      () => nearSettings({ connection: 'mqtt' }),
      (error) => error instanceof PhoneError && error.code === 'unsupported' && error.params['connection'] === 'mqtt',
    );
  });

  it('tell what is spoken', () => {
    const spoken = (raw: RawSettings): string => {
      const settings = nearSettings(raw);
      if (settings.connection === 'observe' || settings.connection === 'simulator') return 'nothing';
      return languageOf(settings);
    };
    assert.equal(spoken({}), 'microsip');
    assert.equal(spoken({ protocol: 'documented' }), 'documented');
    for (const [connection, language] of [
      ['program', 'microsip'],
      ['dde', 'dde'],
    ])
      assert.equal(spoken({ connection, protocol: 'documented' }), language);
  });
});
