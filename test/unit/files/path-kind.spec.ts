import assert from 'node:assert/strict';
import { isDeviceName, isPlainLocalPath } from '../../../src/files/path-kind';

describe('paths', () => {
  const DEVICES = [
    ...[
      'NUL',
      'con',
      'C:\\x\\aux',
      'C:/x/nul.ini',
      'C:\\x\\COM1',
      'LPT9.txt',
      'com².ini',
      'nul .txt',
      'CONIN$',
      'nul:',
      'PRN:x',
    ],
    ...[
      '\\\\.\\pipe\\x',
      '//./pipe/x',
      '\\\\.\\C:',
      '\\\\?\\pipe\\x',
      '\\\\?\\GLOBALROOT\\Device\\Null',
      '\\??\\pipe\\x',
    ],
    ...['\\\\host\\pipe\\spoolss', '//host/PIPE/x'],
  ];
  for (const path of DEVICES)
    it(`know that ${path} is no file`, () => {
      assert.equal(isDeviceName(path), true);
    });

  const FILES = [
    'C:\\MicroSIP\\microsip.ini',
    'C:\\console\\common.ini',
    '\\\\?\\C:\\x.ini',
    '\\\\host\\share\\x_log.txt',
  ];
  for (const path of FILES)
    it(`know that ${path} may be a file`, () => {
      assert.equal(isDeviceName(path), false);
    });

  const ELSEWHERE = [
    ...['\\\\host\\share\\microsip.exe', '//host/share/microsip.exe', '\\/host/share', '/\\host\\share'],
    ...[
      '\\\\?\\UNC\\host\\share',
      '//?/unc/host/share',
      '\\\\.\\UNC\\host\\share',
      '\\\\?\\GLOBALROOT\\x',
      '\\??\\UNC\\host\\x',
    ],
    ...[
      '\\\\.\\pipe\\x',
      'file://host/share',
      'file:\\\\host\\share',
      'http://host/x',
      '\\\\host@SSL@443\\DavWWWRoot\\x',
    ],
    ...[
      'C:microsip.exe',
      'microsip.exe',
      '..\\x',
      '\\Windows\\x',
      'C:\\x\\nul',
      'C:\\x:stream',
      'C:\\\u0000',
      '',
      ' \\\\host\\x',
    ],
    ...['C:\\x\\*.exe', 'CC:\\x', '1:\\x', '\\\\?\\C:\\x'],
  ];
  for (const path of ELSEWHERE)
    it(`do not look at ${JSON.stringify(path)} because somebody asks`, () => {
      assert.equal(isPlainLocalPath(path, 'win32'), false);
    });

  it('look at those that begin with a drive or the root', () => {
    for (const path of ['C:\\MicroSIP\\microsip.exe', 'd:/Program Files/MicroSIP/microsip.exe', 'C:\\'])
      assert.equal(isPlainLocalPath(path, 'win32'), true, path);
    assert.equal(isPlainLocalPath('/home/ada/microsip_log.txt', 'linux'), true);
    for (const path of ['//host/share/x', '\\\\host\\share\\x', '/\\host\\x', 'x', '', 'file:///x', 'C:\\x'])
      assert.equal(isPlainLocalPath(path, 'linux'), false, path);
  });
});
