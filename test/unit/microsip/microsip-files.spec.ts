import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { isSameFolder, microsipFiles } from '../../../src/microsip/microsip-files';

const APPDATA = resolve('/Users/Ada/AppData/Roaming');
const LOCALAPPDATA = resolve('/Users/Ada/AppData/Local');
const FOLDER = resolve('/Program Files/MicroSIP');

describe('files of a copy of MicroSIP', () => {
  it('lie in the profile of the user when it is the installed copy', () => {
    assert.deepEqual(microsipFiles(join(FOLDER, 'MicroSIP.exe'), `${FOLDER}/`, { APPDATA, LOCALAPPDATA }), {
      mode: 'installed',
      folder: '/Program Files/MicroSIP',
      ini: join(APPDATA, 'MicroSIP', 'MicroSIP.ini'),
      log: join(LOCALAPPDATA, 'MicroSIP', 'MicroSIP_log.txt'),
      database: join(APPDATA, 'MicroSIP', 'call_log.db'),
    });
  });

  it('lie beside any other copy and follow its name, but for the history', () => {
    const folder = resolve('/Desk 1');
    assert.deepEqual(microsipFiles(join(folder, 'reception.exe'), FOLDER, { APPDATA, LOCALAPPDATA }), {
      mode: 'portable',
      folder: '/Desk 1',
      ini: join(folder, 'reception.ini'),
      log: join(folder, 'reception_log.txt'),
      database: join(folder, 'call_log.db'),
    });
    assert.equal(microsipFiles(join(folder, 'microsip.exe'), undefined, {}).mode, 'portable');
  });

  it('are in the same folder whatever its case and its last separator', () => {
    assert.ok(isSameFolder(FOLDER.toUpperCase(), FOLDER));
    assert.ok(!isSameFolder(FOLDER, undefined));
  });
});
