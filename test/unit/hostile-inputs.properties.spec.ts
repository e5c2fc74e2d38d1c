import assert from 'node:assert/strict';
import { win32 } from 'node:path';
import fc from 'fast-check';
import { ContactDirectory } from '../../src/contacts/contact-directory';
import { LAMP_STATUSES } from '../../src/contacts/contact';
import { directoryWarnings, shownAddress } from '../../src/doctor/directory-warnings';
import { receivedCommand } from '../../src/fleet/protocol/fleet-command';
import { IniFile } from '../../src/microsip/ini/ini-file';
import { recordingByLog, resolvedFolder } from '../../src/microsip/recordings/recording-path';
import { recordingSettings } from '../../src/microsip/recordings/recording-settings';
import { beginningRecording } from '../../src/observers/log/sip/recorder-lines';
import { messageSummary } from '../../src/observers/log/sip/message-summary';
import { parseSipMessage } from '../../src/observers/log/sip/sip-message';
import { CONFERENCE_ACTIONS, FEATURE_ACTIONS, FEATURES } from '../../src/phone/commands/command';
import { readCommand } from '../../src/phone/commands/read-command';
import { PhoneError } from '../../src/phone/errors/phone-error';
import { readInPieces } from './observers/log/recorded-logs';
import { request, ScriptedLog } from './observers/log/scripted-log';

const seed = Number(process.env['FUZZ_SEED'] ?? '') || undefined;
const runs = <T>(numRuns: number): fc.Parameters<T> => ({
  numRuns,
  ...(seed !== undefined && { seed }),
});
const of = (...pieces: string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 9 })),
      {
        maxLength: 25,
      },
    )
    .map((parts) => parts.join(''));

describe('what a server says of the mailbox', () => {
  const bodies = of(
    ...[
      'Messages-Waiting:',
      'messages-waiting',
      'yes',
      ' YES ',
      'no',
      'Voice-Message:',
      'Voice-Message: 2/5 (1/0)',
      '7/0',
    ],
    ...['99999999999999999999/1', '-1/2', '(', '/', ')', ':', 'Message-Account: sip:1001@x', 'Message-Account:'],
    ...[
      '\r\n',
      '\n',
      '\r',
      ' ',
      '\t',
      '\0',
      '\u202e',
      '\r\n\r\n',
      '--end msg--',
      'Voice-Message: 00000000001/4294967295',
    ],
  );
  const headers = ['Event: message-summary', 'Content-Type: application/simple-message-summary'];

  it('is nothing that does not stand in it, cut off anywhere', () => {
    fc.assert(
      fc.property(bodies, fc.nat(2000), fc.boolean(), (body, length, cut) => {
        const bytes = Buffer.from(request('NOTIFY', { headers, body }));
        const message = parseSipMessage(cut ? bytes.subarray(0, length) : bytes, cut);
        const { waiting, account, ...counts } = (message && messageSummary(message)) ?? { waiting: false };
        if (waiting) assert.match(body, /yes/i);
        if (account !== undefined) assert.ok(body.includes(account));
        for (const count of Object.values(counts)) {
          assert.ok(Number.isInteger(count) && count >= 0 && count <= 0xffff_ffff);
          assert.ok(body.includes(String(count)));
        }
      }),
      runs(3000),
    );
  });

  it('neither ends a log nor makes other things of it', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const log = new ScriptedLog().rx(request('NOTIFY', { headers, body }));
        log.line('pjsua_pres.c', '.Got unsolicited NOTIFY from 192.0.2.9:5060..');
        const told = readInPieces(log.bytes).map(({ type }) => type);
        assert.deepEqual(
          told.filter((type) => type !== 'voicemail' && type !== 'program'),
          [],
        );
      }),
      runs(300),
    );
  });
});

const FOLDER = 'C:\\Users\\Ada\\Recordings';
const paths = of(
  ...[
    'C:\\',
    'C:',
    'D:\\',
    '\\\\server\\share\\',
    '\\\\?\\C:\\',
    '\\\\.\\pipe\\',
    '..',
    '\\..\\',
    '/../',
    './',
    '\\',
    '/',
    ':',
  ],
  ...['Users\\Ada\\Recordings', 'users/ada/recordings/', '20261130-120000-200-incoming-1001.wav', '20261130-120000-'],
  ...[
    '-incoming-',
    '.wav',
    '.mp3',
    '.exe',
    'CON',
    'NUL.wav',
    ':stream.wav',
    '%TEMP%',
    '"',
    '\0',
    '\r\n',
    '\u202e',
    ' ',
    '~',
  ],
);

describe('a path of a recording in a log', () => {
  it('never leads out of the folder, and has no name that does not stand there', () => {
    const told = (path: string): void => {
      const found = recordingByLog(FOLDER, path, 'C:\\MicroSIP');
      if (found === undefined) return;
      assert.equal(win32.dirname(found), FOLDER);
      assert.equal(win32.normalize(found), found);
      assert.ok(path.endsWith(win32.basename(found)));
    };
    fc.assert(
      fc.property(paths, (path) => {
        told(path);
        told(`${FOLDER}\\${path}`);
        const begun = beginningRecording(`Creating recorder ${path}..`);
        if (begun !== undefined) assert.equal(begun, path);
      }),
      runs(5000),
    );
  });
});

describe('the ini that tells of recordings and features', () => {
  const inis = of(
    ...[
      '[Settings]',
      '[settings',
      '[Account1]',
      'recordingPath=',
      'autoRecording=',
      'recordingButton=1',
      'usersDirectory=',
    ],
    ...[
      'featureCodeCP=',
      'forwardingNumber=',
      '1',
      '0',
      '"',
      "'",
      '=',
      ';',
      '\r\n',
      '\n',
      '\0',
      'C:\\a',
      '..\\..',
      '\\\\?\\',
      '\\\\.\\',
    ],
    ...['C:a', '\\a', 'https://x.example/?p={password}', '{number}', '\ud800', 'x'.repeat(300)],
  );

  it('gives a folder in full or none, whatever stands in it', () => {
    fc.assert(
      fc.property(inis, fc.constantFrom('installed' as const, 'portable' as const), (text, mode) => {
        const ini = IniFile.parse(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
        assert.ok(ini);
        const { folder } = recordingSettings(ini, { folder: 'C:\\MicroSIP', mode }, 'C:\\Users\\Ada\\Desktop') ?? {};
        if (folder === undefined) return;
        assert.ok(win32.isAbsolute(folder) && !hasControl(folder));
        assert.ok(!folder.split(/[\\/]/).some((part) => part === '..' || part === '.'));
        assert.equal(resolvedFolder(folder, 'C:\\MicroSIP'), folder);
      }),
      runs(3000),
    );
  });

  it('gives an address of the directory without its password', () => {
    fc.assert(
      fc.property(inis, fc.stringMatching(/^[a-z]{12}$/), (text, secret) => {
        const address = `https://ada:${secret}@x.example/${text}`;
        assert.ok(!shownAddress(address).includes(secret));
        directoryWarnings(text);
      }),
      runs(1000),
    );
  });
});

describe('contacts and lamps of a flow', function () {
  this.timeout(60_000);
  const texts = fc.oneof(
    fc.constantFrom(
      '+49 30 1',
      '101',
      'tel:+4930',
      '４９',
      '4.47E+11',
      ' ',
      'busy',
      'RING',
      '=1+1',
      '"',
      '\\',
      '</script>',
      'fax',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const names = fc.constantFrom(
    'number',
    'name',
    'phone',
    'mobile',
    'tel',
    'fn',
    'n',
    'adr',
    'presence',
    'status',
    'info',
    '__proto__',
    'toJSON',
    'Telefon',
  );
  const values: fc.Arbitrary<unknown> = fc.oneof(
    texts,
    fc.oneof(fc.integer(), fc.double(), fc.bigInt(), fc.boolean(), fc.constant(null), fc.constant(undefined)),
    fc.array(texts, { maxLength: 3 }),
    fc.anything({ maxDepth: 3, withBigInt: true, withNullPrototype: true }),
  );
  const entries = fc.oneof(fc.dictionary(names, values, { maxKeys: 6 }), fc.anything({ maxDepth: 3 }));
  const lists = fc.oneof(fc.array(entries, { maxLength: 6 }), fc.array(entries, { maxLength: 6 }), fc.anything());

  it('are answered with JSON that MicroSIP takes, of what stands in them', () => {
    fc.assert(
      fc.property(lists, lists, fc.anything(), (contacts, lamps, sequence) => {
        const { text } = new ContactDirectory().answer({ contacts, lamps, sequence, client: '', refresh: 60, now: 0 });
        const {
          refresh,
          silent,
          items = [],
          presence,
        } = JSON.parse(text) as {
          refresh: unknown;
          silent: unknown;
          items?: Record<string, unknown>[];
          presence: { number: string; status: string; info?: string }[];
        };
        assert.deepEqual([refresh, silent], [60, 1]);
        const given = lettersOf([...textsIn(contacts)].join('\n'));
        for (const { number, name, ...others } of items) {
          assert.ok(isLine(number) && isLine(name));
          assert.ok(given.includes(lettersOf(number)), number);
          for (const word of name.split(' ')) assert.ok(given.includes(lettersOf(word)), name);
          for (const one of Object.values(others)) assert.ok(one === 0 || one === 1 || one === '' || isLine(one));
        }
        const ofLamps = lettersOf([...textsIn(lamps), ...textsIn(contacts)].join('\n'));
        for (const { number, status, info = 'x' } of presence) {
          assert.ok(isLine(number) && isLine(info));
          assert.ok(ofLamps.includes(lettersOf(number)), number);
          assert.ok((LAMP_STATUSES as readonly string[]).includes(status));
        }
      }),
      runs(2000),
    );
  });
});

const hasControl = (text: string): boolean => /[\p{Cc}\u2028\u2029]/u.test(text);

/** One line of what people can see. */
function isLine(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && text.length <= 511 && !hasControl(text);
}

/** Without separators, and without those letters that nobody sees. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}+*#@]|[\u115f\u1160\u3164\uffa0]/gu, '');
}

/** All texts and numbers of a value, however deep. */
function* textsIn(value: unknown, depth = 8): Generator<string> {
  if (typeof value === 'object' && value !== null && depth > 0)
    for (const key of Reflect.ownKeys(value)) yield* textsIn(Reflect.get(value, key), depth - 1);
  else if (typeof value === 'string') yield value;
  else if (['number', 'bigint', 'boolean'].includes(typeof value)) yield String(value);
}

describe('commands for switches and conferences over MQTT', () => {
  const words = fc.oneof(
    fc.constantFrom<unknown>(...FEATURES, ...FEATURE_ACTIONS, ...CONFERENCE_ACTIONS, 'feature', 'conference', 'call-1'),
    fc.constantFrom<unknown>('DND', 'dnd ', '__proto__', 'constructor', 'toString', '', 1, true, null, ['dnd'], {
      dnd: true,
    }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const commands = fc.record(
    {
      type: fc.constantFrom('feature', 'conference'),
      ...{ feature: words, action: words, callId: words, on: words, level: words, __proto__: words },
    },
    { requiredKeys: ['type'] },
  );
  const right = fc.oneof(
    fc.record({
      type: fc.constant('feature'),
      feature: fc.constantFrom(...FEATURES),
      action: fc.constantFrom(...FEATURE_ACTIONS),
    }),
    fc.record({ type: fc.constant('conference'), action: fc.constantFrom(...CONFERENCE_ACTIONS) }),
  );
  const nearlyRight = fc
    .tuple(right, fc.option(words), fc.constantFrom('callId', 'on'))
    .map(([command, word, name]) => (word === null ? command : { ...command, [name]: word }));

  it('are known words or refused, and never anything else', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(commands, nearlyRight), (given) => {
        const payload = Buffer.from(JSON.stringify({ id: 'a1', ...given }));
        const message = receivedCommand({ payload, retain: false }, { base: 'microsip', phone: 'desk-1' });
        if (message.kind !== 'command') return;
        try {
          const command = readCommand(message.fields);
          taken += 1;
          if (command.type === 'feature') {
            assert.ok(FEATURES.includes(command.feature) && FEATURE_ACTIONS.includes(command.action));
          } else {
            assert.ok(command.type === 'conference' && CONFERENCE_ACTIONS.includes(command.action));
          }
          for (const [name, value] of Object.entries(command)) assert.equal(value, message.fields[name], name);
        } catch (error) {
          if (!(error instanceof PhoneError)) throw error;
          assert.equal(error.code, 'config');
        }
      }),
      runs(3000),
    );
    assert.ok(taken > 300, String(taken));
  });
});
