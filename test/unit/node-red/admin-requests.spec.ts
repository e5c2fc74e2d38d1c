import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import { serveAdmin } from '../../../src/node-red/admin/admin-endpoint';
import { noteDeployed } from '../../../src/node-red/phones/deployed-phones';
import { serveDoctor } from '../../../src/node-red/admin/doctor-endpoint';
import { runDoctor } from '../../../src/node-red/admin/doctor-run';
import { serveFind } from '../../../src/node-red/admin/find-endpoint';
import { servePhoneTest } from '../../../src/node-red/admin/phone-test-endpoint';
import { serveSimulate } from '../../../src/node-red/admin/simulate-endpoint';
import type { RawSettings } from '../../../src/settings/setting-values';
import { skipBecause } from '../../support/skip';

interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown> & { sources?: { source: string; path: string; found: boolean; looked?: false }[] };
}
type Handler = (request: { body: unknown; headers: object }, response: object) => void;

const SECRET = 'cf-secret-4711';

describe('what the admin endpoints answer', () => {
  const handlers = new Map<string, Handler>();
  const logged: string[] = [];
  const forget: (() => void)[] = [];
  let folder: string;

  before(() => {
    const RED = {
      httpAdmin: { post: (path: string, _guard: unknown, handler: Handler) => handlers.set(path, handler) },
      auth: { needsPermission: () => undefined },
      log: { error: (line: string) => logged.push(line) },
      nodes: { getNode: () => null },
    } as unknown as NodeAPI;
    for (const serve of [serveDoctor, serveFind, servePhoneTest, serveSimulate]) serve(RED);
    serveAdmin(RED, '/broken', () => Promise.reject(new Error(SECRET)));
    serveAdmin(RED, '/thrown', () => {
      throw new TypeError(SECRET);
    });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'admin-'));
    process.env['CF_SECRET'] = SECRET;
    logged.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    for (const one of forget.splice(0)) one();
    delete process.env['CF_SECRET'];
    delete process.env['CF_PATH'];
  });

  function ask(endpoint: string, body: unknown): Promise<Answer> {
    return new Promise((resolve) => {
      let status = 200;
      const response = {
        status: (code: number) => {
          status = code;
          return response;
        },
        json: (answer: unknown) => {
          const text = JSON.stringify(answer);
          resolve({ status, text, body: JSON.parse(text) as Answer['body'] });
        },
      };
      handlers.get(endpoint)?.({ body, headers: {} }, response);
    });
  }
  const test = (body: object): Promise<Answer> => ask('/microsip-phone/test', { connection: 'observe', ...body });
  const sources = async (body: object): Promise<[string, boolean, boolean | undefined][]> =>
    ((await test(body)).body.sources ?? []).map(({ path, found, looked }) => [path, found, looked]);
  const deploy = (settings: RawSettings): void => {
    forget.push(noteDeployed(settings));
  };

  describe('to whatever is sent', () => {
    const WRONG: unknown[] = [
      ...[undefined, null, [], 'text', 7, true, {}, { program: {} }, { program: null }, { program: ['a'] }],
      ...[{ program: 'x'.repeat(1_000_000) }, { program: { toString: 1 } }, { action: { toString: 1 } }],
      ...[{ action: 'constructor' }, { action: '__proto__' }, { action: ['check'] }, { action: 'x'.repeat(100_000) }],
      ...[{ phone: '__proto__' }, { phone: 'constructor' }, { phone: {} }, { phone: 'x'.repeat(100_000) }],
      ...[{ connection: { toString: 1 } }, { connection: ['window'] }, { connection: 'x'.repeat(100_000) }],
      ...[{ pollInterval: { valueOf: 1 } }, { pollInterval: 1e99 }, { region: 'x'.repeat(100_000) }, { timeout: '٣' }],
      ...[
        { commandIds: [[[[]]]], protocol: 'documented' },
        { commandIds: { dial: { toString: 1 } }, protocol: 'documented' },
      ],
      ...[{ logFile: {}, callLog: [] }, { logFile: '\0', connection: 'observe' }, { allow: '('.repeat(10_000) }],
      JSON.parse('{"__proto__": {"connection": "observe"}, "constructor": 1, "hasOwnProperty": 2, "toString": 3}'),
      Object.assign(Object.create(null) as object, { action: 'check', program: '/none' }),
    ];
    for (const endpoint of ['test', 'doctor', 'simulate', 'find'])
      it(`${endpoint}: an answer of bearable size, and never that something broke inside`, async () => {
        for (const body of WRONG) {
          const { status, text } = await ask(`/microsip-phone/${endpoint}`, body);
          assert.ok(status === 200 || status === 400, `${status} ${text.slice(0, 300)}`);
          assert.ok(text.length < 3_000, text.slice(0, 300));
        }
        assert.deepEqual(logged, []);
      });

    it('nothing of what broke inside, which only the log tells', async () => {
      for (const path of ['/broken', '/thrown']) {
        const { status, text, body } = await ask(path, {});
        assert.deepEqual([status, body['code'], text.includes(SECRET)], [500, 'unexpected', false]);
        assert.ok(logged.pop()?.includes(SECRET));
      }
    });
  });

  it('no value of a variable, whatever field names it', async () => {
    const fields = [
      'connection',
      'protocol',
      'program',
      'logFile',
      'callLog',
      'region',
      'pollInterval',
      'timeout',
      'name',
    ];
    for (const value of ['${CF_SECRET}', '$(CF_SECRET)', ' ${CF_SECRET} '])
      for (const field of [...fields, 'commandIds', 'allow', 'hooks', 'action', 'phone'])
        for (const more of [{}, { connection: 'observe' }, { connection: 'window' }])
          for (const endpoint of ['test', 'doctor', 'simulate', 'find']) {
            const { text } = await ask(`/microsip-phone/${endpoint}`, { action: 'check', ...more, [field]: value });
            assert.doesNotMatch(text, new RegExp(SECRET), `${endpoint} ${field}`);
          }
  });

  describe('about files', () => {
    it('whether those are there that a user types in with the names that MicroSIP gives', async () => {
      const [log, db] = [join(folder, 'microsip_log.txt'), join(folder, 'call_log.db')];
      assert.deepEqual(await sources({ logFile: log, callLog: db }), [
        [log, false, undefined],
        [db, false, undefined],
      ]);
      for (const path of [log, db]) writeFileSync(path, '');
      assert.deepEqual(await sources({ logFile: log, callLog: db }), [
        [log, true, undefined],
        [db, true, undefined],
      ]);
      const auto = await sources({ program: join(folder, 'microsip.exe') });
      assert.deepEqual(auto, [
        [log, true, undefined],
        [db, true, undefined],
      ]);
    });

    it('the same for any other that is there and that is not', async () => {
      const there = ['passwd', 'x_log.txt.bak', 'call_log.db-wal', 'microsip.ini'];
      for (const name of there) writeFileSync(join(folder, name), '');
      mkdirSync(join(folder, 'folder_log.txt'));
      for (const name of [...there, 'folder_log.txt', 'none', 'x_log.txt\0', '..', 'xcall_log.db'])
        for (const field of ['logFile', 'callLog']) {
          const [one] = await sources({ logFile: '', callLog: '', [field]: join(folder, name) });
          assert.equal(one?.[1], false, name);
        }
      for (const path of ['/etc/passwd', '/', '/dev/zero', '/proc/self/environ'])
        assert.deepEqual(await sources({ logFile: path, callLog: '' }), [[path, false, undefined]]);
    });

    it('what a deployed phone names, though it has another name', async () => {
      const path = join(folder, 'desk.log');
      writeFileSync(path, '');
      assert.equal((await sources({ logFile: path, callLog: '' }))[0]?.[1], false);
      deploy({ logFile: path });
      assert.equal((await sources({ logFile: path, callLog: '' }))[0]?.[1], true);
    });

    const ELSEWHERE = [
      ...['\\\\host\\share\\microsip_log.txt', '//host/share/microsip_log.txt', '\\\\?\\UNC\\host\\s\\x_log.txt'],
      ...['\\\\.\\pipe\\x_log.txt', 'file://host/x_log.txt', '/\\host\\x_log.txt', '\\/host/x_log.txt', 'x_log.txt'],
    ];
    for (const path of ELSEWHERE)
      it(`that it does not look at ${path}, even if a phone does`, async () => {
        deploy({ logFile: path, program: path });
        assert.deepEqual(await sources({ logFile: path, callLog: '' }), [[path, false, false]]);
        const { body } = await test({ connection: 'window', program: path });
        assert.equal(body['key'], 'error.config.not_local');
      });

    it('whether the path of a variable is there, and not which one it is', async () => {
      process.env['CF_PATH'] = join(folder, 'microsip_log.txt');
      writeFileSync(process.env['CF_PATH'], '');
      assert.deepEqual(await sources({ logFile: '${CF_PATH}', callLog: '' }), [['${CF_PATH}', true, undefined]]);
      const { text } = await test({ program: '${CF_PATH}' });
      assert.ok(!text.includes(folder), text);
      process.env['CF_PATH'] = '\\\\host\\share\\x_log.txt';
      assert.deepEqual(await sources({ logFile: '${CF_PATH}', callLog: '' }), [['${CF_PATH}', false, undefined]]);
    });
  });

  describe('when the doctor is asked', () => {
    const check = (program: unknown): Promise<Answer> => ask('/microsip-phone/doctor', { action: 'check', program });

    it('for a folder that nobody deployed: that it is not offered, whether it is there or not', async () => {
      writeFileSync(join(folder, 'microsip.exe'), '');
      writeFileSync(join(folder, 'microsip.ini'), Buffer.from('\ufeff[Settings]\r\n', 'utf16le'));
      process.env['CF_PATH'] = join(folder, 'microsip.exe');
      for (const program of [
        join(folder, 'microsip.exe'),
        join(folder, 'none.exe'),
        '${CF_PATH}',
        '${CF_NONE}',
        '--yes',
      ]) {
        const { status, body, text } = await check(program);
        const { code, key } = body['error'] as Record<string, string>;
        assert.deepEqual([status, body['ok'], code, key], [200, false, 'not_found', 'error.config.not_offered']);
        assert.ok(!program.startsWith('$') || !text.includes(folder));
      }
    });

    it('for a share: nothing, even if a phone names it', async () => {
      for (const program of [
        '\\\\host\\share\\microsip.exe',
        '//host/share/microsip.exe',
        '\\\\?\\UNC\\h\\s\\microsip.exe',
      ]) {
        assert.equal((await check(program)).body['ok'], false);
        deploy({ program });
        const { body } = await check(program);
        assert.deepEqual(
          [body['ok'], (body['error'] as Record<string, string>)['key']],
          [false, 'error.config.not_local'],
        );
      }
    });
  });

  it('that there was no answer, when a doctor is stuck, and the next one is not held up', async function () {
    if (process.platform === 'win32') skipBecause(this, 'there is no such way to be stuck');
    const [stuck, quick] = [join(folder, 'stuck.cjs'), join(folder, 'quick.cjs')];
    // A call that even the end of its thread does not end at once.
    writeFileSync(stuck, "require('node:child_process').execFileSync('sleep', ['5']);");
    writeFileSync(quick, "require('node:worker_threads').parentPort.postMessage('{}');");
    const late = runDoctor([], 500, stuck);
    const next = runDoctor([], 60_000, quick);
    await assert.rejects(late, { messageKey: 'error.timeout.no_answer' });
    assert.equal(await next, '{}');
  });
});
