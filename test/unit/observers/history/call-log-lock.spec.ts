import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallLogDatabase } from '../../../../src/observers/history/database/call-log-db';
import { LaterError } from '../../../../src/observers/history/rows/history-row';
import { CallLogFile, skipWithoutSqlite } from './call-log-file';

/** ms, as MicroSIP waits. Its program ends when that is not enough. */
const WRITER_TIMEOUT = 5000;
const DURATION = 3000;
/** ms, of a machine that has little time for either of them. */
const LONGEST = 60_000;
const ENOUGH = 20;

/** Writes hundreds of times a second, each write on its own as MicroSIP does it, and notes what went wrong. */
const writer = (path: string, results: string, enough: string): string => `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(${JSON.stringify(path)});
  database.exec('PRAGMA busy_timeout = ${WRITER_TIMEOUT}');
  const insert = database.prepare("INSERT INTO call_log (callId, number, name, type, time, duration, info) VALUES (?, '1', 'x', 0, 1795377600, 0, '')");
  const update = database.prepare("UPDATE call_log SET duration = 5, info = 'Call Ended' WHERE callId = ?");
  const result = { writes: 0, errors: [], longest: 0 };
  const timed = (statement, ...values) => {
    const start = performance.now();
    try { statement.run(...values); result.writes += 1; } catch (error) { result.errors.push(error.message); }
    result.longest = Math.max(result.longest, performance.now() - start);
  };
  const { existsSync } = require('node:fs');
  const begun = Date.now();
  const isOver = (ms) => ms > ${LONGEST} || (ms > ${DURATION} && existsSync(${JSON.stringify(enough)}));
  while (!isOver(Date.now() - begun)) {
    const callId = 'busy-' + result.writes;
    timed(insert, callId);
    timed(update, callId);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3);
  }
  require('node:fs').writeFileSync(${JSON.stringify(results)}, JSON.stringify(result));`;

describe('MicroSIP, while its history is read', () => {
  let file: CallLogFile;
  before(function () {
    skipWithoutSqlite(this);
    file = new CallLogFile();
  });
  after(() => {
    (file as CallLogFile | undefined)?.remove();
  });

  it('never finds it locked', async () => {
    file.fill(20_000);
    file.close();
    const results = join(file.folder, 'results.json');
    const enough = join(file.folder, 'enough');
    const child = spawn(process.execPath, ['--no-warnings', '-e', writer(file.path, results, enough)], {
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const store = new CallLogDatabase(file.path);
    const seen = { looks: 0, later: 0, maxId: 0 };
    while (child.exitCode === null) {
      try {
        await store.stamp();
        // Each row is looked at, so that the look takes as long as it can.
        const look = await store.look({ after: 0, oldest: 4_000_000_000, limit: 25, ids: [1, 2, 3] });
        seen.looks += 1;
        if (seen.looks === ENOUGH + 1) writeFileSync(enough, '');
        seen.maxId = Math.max(seen.maxId, look.maxId);
      } catch (error) {
        if (!(error instanceof LaterError)) throw error;
        seen.later += 1;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended;
    const written = JSON.parse(readFileSync(results, 'utf8')) as { writes: number; errors: string[]; longest: number };
    console.log(
      `      ${written.writes} writes, the longest ${written.longest.toFixed(0)} ms; ${seen.looks} looks, ${seen.later} put off`,
    );
    assert.deepEqual(written.errors, []);
    assert.ok(written.writes > ENOUGH && seen.looks > ENOUGH, 'nothing was going on');
    assert.ok(seen.maxId > 20_000, 'no row was seen while it was written');
  });
});
