import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isOfParty,
  momentsOf,
  recordingName,
  recordingNameOf,
} from '../../../../src/microsip/recordings/recording-name';
import { recordingByLog, recordingIn, resolvedFolder } from '../../../../src/microsip/recordings/recording-path';

const NAME = '20261130-044300-+4930123456-incoming-1001.wav';
const FOLDER = 'C:\\Users\\Ada\\Desktop\\Recordings';

describe('name of a recording', () => {
  it('tells when it was begun and with whom', () => {
    const name = recordingName(NAME);
    assert.ok(name);
    assert.equal(name.stamp, '20261130-044300');
    assert.equal(isOfParty(name, { number: '+4930123456' }, 'inbound'), true);
    assert.equal(isOfParty(name, { number: '+4930123456' }, 'outbound'), false);
    assert.equal(isOfParty(name, { number: '+493012345' }, 'inbound'), false);
    assert.equal(isOfParty(name, { number: '+49 30 12', uri: 'sip:+4930123456@pbx' }), true);
  });

  it('is not of somebody whose name another one goes on with', () => {
    const name = recordingName('20261130-044300-200-incoming-1001-incoming-1001.wav');
    assert.ok(name);
    assert.equal(isOfParty(name, { number: '200' }, 'inbound'), false);
    assert.equal(isOfParty(name, { number: '200', uri: 'sip:200@pbx' }), false);
    assert.equal(isOfParty(name, { number: '200-incoming-1001' }, 'inbound'), true);
  });

  it('has no user for the address of a bare host', () => {
    const name = recordingName('20261130-044300--outgoing-Desk_1.mp3');
    assert.ok(name);
    assert.equal(isOfParty(name, { number: '192.0.2.1', uri: 'sip:192.0.2.1' }, 'outbound'), true);
    assert.equal(isOfParty(name, { number: '101', uri: 'sip:101@192.0.2.1' }, 'outbound'), false);
  });

  it('is made as MicroSIP makes it', () => {
    const started = new Date(2026, 10, 30, 4, 43, 0).getTime();
    assert.equal(recordingNameOf(started, '+4930123456', 'inbound', '1001', 'wav'), NAME);
    const odd = recordingNameOf(started, 'a/b\\c?d%e*f:g|h"i<j>k.l m', 'outbound', '+#@&;-', 'mp3');
    assert.equal(odd, '20261130-044300-a_b_c_d_e_f_g_h_i_j_k_l_m-outgoing-+#@&;-.mp3');
    assert.deepEqual(momentsOf('20261130-044300'), [started]);
  });

  it('is none with anything that MicroSIP would not write', () => {
    const names = [
      '20261130-044300-x-incoming-1.exe',
      '20261130-044300-x-incoming-1.wav.exe',
      '20261130-044300-..\\..\\x-incoming-1.wav',
      '20261130-044300-../x-incoming-1.wav',
      '20261130-044300-x:y-incoming-1.wav',
      '20261130-044300-x-incoming-1.wav:stream.wav',
      '20261130-044300-x\u202Evaw-incoming-1.wav',
      '20261130-044300-x\0-incoming-1.wav',
      '20261130-044300-x y-incoming-1.wav',
      '20261330-044300-x-incoming-1.wav',
      '20261130-256000-x-incoming-1.wav',
      '20261130-044300-x-sideways-1.wav',
      'CON.wav',
      `20261130-044300-${'x'.repeat(300)}-incoming-1.wav`,
      '',
    ];
    for (const name of names) assert.equal(recordingName(name), undefined, name);
  });

  it('stays in its folder, whatever a caller calls himself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 20 }), (user, account) => {
        const name = recordingNameOf(Date.UTC(2026, 10, 30), user, 'inbound', account, 'wav');
        const path = recordingIn(FOLDER, name);
        if (path === undefined) return;
        assert.ok(path.startsWith(`${FOLDER}\\`));
        assert.doesNotMatch(path.slice(FOLDER.length + 1), /[\\/:*?"<>|\u0000-\u001f]|\.\./);
      }),
    );
  });
});

describe('path of a recording in a log', () => {
  const told = (path: string, folder = FOLDER): string | undefined => recordingByLog(folder, path, 'C:\\MicroSIP');

  it('is taken for the one in the folder of the settings, in any case', () => {
    assert.equal(told(`${FOLDER}\\${NAME}`), `${FOLDER}\\${NAME}`);
    assert.equal(told(`c:/users/ADA/desktop/recordings/${NAME}`), `${FOLDER}\\${NAME}`);
    assert.equal(told(`${FOLDER}\\\\${NAME}`), `${FOLDER}\\${NAME}`);
    assert.equal(told(`Recordings\\${NAME}`, 'C:\\MicroSIP\\Recordings'), `C:\\MicroSIP\\Recordings\\${NAME}`);
    const share = '\\\\nas\\calls\\ada';
    assert.equal(told(`${share}\\${NAME}`, share), `${share}\\${NAME}`);
  });

  it('leads nowhere else', () => {
    const paths = [
      `${FOLDER}\\..\\${NAME}`,
      `${FOLDER}\\sub\\${NAME}`,
      `D:${FOLDER.slice(2)}\\${NAME}`,
      `C:${NAME}`,
      `\\Users\\Ada\\Desktop\\Recordings\\${NAME}`,
      `\\\\evil\\share\\${NAME}`,
      `//evil/share/${NAME}`,
      `\\\\?\\${FOLDER}\\${NAME}`,
      `\\\\.\\pipe\\${NAME}`,
      `${FOLDER}\\${NAME}\\`,
      `${FOLDER}\\evil.exe`,
      `${FOLDER}\0\\${NAME}`,
      NAME,
      '..',
      '',
    ];
    for (const path of paths) assert.equal(told(path), undefined, path);
  });

  it('is never outside of the folder, whatever stands there', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\\',
        '/',
        '..',
        '.',
        'C:',
        'Recordings',
        'Users\\Ada\\Desktop\\Recordings',
        NAME,
        '\\\\?\\',
        ' ',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = told(pieces.join(''));
        assert.ok(path === undefined || path === `${FOLDER}\\${NAME}`, path);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins in a whole folder only', () => {
    const whole = (written: string): string | undefined => resolvedFolder(written, 'C:\\MicroSIP');
    assert.equal(whole('D:\\calls\\'), 'D:\\calls');
    assert.equal(whole('calls\\..\\Recordings'), 'C:\\MicroSIP\\Recordings');
    for (const written of ['D:calls', '\\calls', '\\\\.\\COM1', '\\\\?\\C:\\x', 'a\0b'])
      assert.equal(whole(written), undefined);
  });
});
