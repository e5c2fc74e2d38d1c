import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallLogFile, now, skipWithoutSqlite } from './call-log-file';

const CALLS = 400;
const support = join(__dirname, '../../../support/observer-host.ts');
const observer = join(__dirname, '../../../../src/observers/history/history-observer.ts');

/** Writes down each call that is reported, before anything else can happen. */
const program = (database: string, directory: string, results: string): string => `
  const { appendFileSync } = require('node:fs');
  const { HistoryObserver } = require(${JSON.stringify(observer)});
  const { hostOf } = require(${JSON.stringify(support)});
  new HistoryObserver({
    database: ${JSON.stringify(database)},
    directory: ${JSON.stringify(directory)},
  }).start(hostOf(() => {}, {
    finished: ({ call }) => appendFileSync(${JSON.stringify(results)}, call.sipCallId + '\\n'),
    problem: (problem) => appendFileSync(${JSON.stringify(results)}, problem.message + '\\n'),
  }));`;

describe('Node-RED, killed again and again while it catches up', () => {
  let file: CallLogFile;
  let results: string;
  before(function () {
    skipWithoutSqlite(this);
    file = new CallLogFile();
    results = join(file.folder, 'results.txt');
  });
  after(() => {
    (file as CallLogFile | undefined)?.remove();
  });

  const told = (): string[] => (existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : []);

  /** Starts it, and kills it some time (ms) after `isTime`. */
  async function killedAfter(isTime: () => boolean, delay: number): Promise<void> {
    const script = program(file.path, file.folder, results);
    const child = spawn(process.execPath, ['--no-warnings', '--require', 'tsx/cjs', '-e', script], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (!isTime()) await sleep(1);
    await sleep(delay);
    child.kill('SIGKILL');
    await ended;
  }

  it('tells every call, and repeats at most one for each kill', async () => {
    file.add('told before', { type: 2, info: 'Missed Call', time: now() - 3000 });
    await killedAfter(() => existsSync(join(file.folder, 'microsip-call-history.json')), 100);
    for (let i = 0; i < CALLS; i += 1)
      file.add(`missed ${i}`, { type: 2, info: 'Missed Call', time: now() - 2000 + i });
    let kills = 1;
    for (; kills < 6 && new Set(told()).size < CALLS; kills += 1) {
      const before = told().length;
      await killedAfter(() => told().length > before, 3 * kills);
    }
    await killedAfter(() => new Set(told()).size === CALLS, 100);
    const calls = new Set(told());
    assert.equal(calls.has('told before'), false);
    const repeated = told().length - CALLS;
    console.log(`      ${kills} kills, ${repeated} calls repeated`);
    assert.ok(repeated <= kills);
  });
});
