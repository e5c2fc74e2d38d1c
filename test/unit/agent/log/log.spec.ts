import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../../../src/agent/log/create-log';
import { LogFile } from '../../../../src/agent/log/log-file';
import { hiding, logLine, type LogRecord } from '../../../../src/agent/log/log-line';
import { FakeClock } from '../../../support/fake-clock';

const show = (text: string): string => text;
const RECORD: LogRecord = {
  time: '2026-11-30T00:00:00.000Z',
  level: 'warn',
  event: 'connection_lost',
  fields: { phone: 'desk-1', detail: 'read ECONNRESET', tries: 3, absent: undefined },
};

describe('a line of the log', () => {
  it('is JSON for programs', () => {
    const { fields, ...head } = RECORD;
    assert.deepEqual(JSON.parse(logLine(RECORD, 'json', show)), {
      ...head,
      phone: 'desk-1',
      detail: fields['detail'],
      tries: 3,
    });
  });

  it('is words for people', () => {
    assert.equal(
      logLine(RECORD, 'text', show),
      '2026-11-30T00:00:00.000Z WARN  connection_lost phone=desk-1 detail="read ECONNRESET" tries=3',
    );
  });

  it('is one line that plays no tricks on a terminal, whatever a broker says', () => {
    const detail = 'a\nb\u001b[2J\u009b31m\u202eevil\u2028c';
    for (const format of ['json', 'text'] as const) {
      const line = logLine({ ...RECORD, fields: { detail } }, format, show);
      assert.doesNotMatch(
        format === 'json' ? line.replace(/[\u0080-\uffff]/g, '') : line,
        /[\u0000-\u001f\u007f-\u009f\u202e\u2028]/,
      );
    }
  });

  it('is not endless', () => {
    assert.ok(logLine({ ...RECORD, fields: { detail: 'x'.repeat(100_000) } }, 'json', show).length < 1000);
  });

  it('has no secret in it, in whatever spelling', () => {
    const secret = 'p"ä ss/ö';
    const hide = hiding([secret, 'x', 'other']);
    const base64 = Buffer.from(secret).toString('base64');
    const detail = [secret, encodeURIComponent(secret), JSON.stringify(secret), base64, 'other!', 'x'].join(' ');
    assert.equal(
      hide(detail),
      '*** *** "***" ***' + (base64.endsWith('=') ? base64.replace(/[^=]/g, '') : '') + ' ***! x',
    );
  });

  it('keeps a secret at the edge of what is cut off', () => {
    const hide = hiding(['hunter2']);
    const line = logLine({ ...RECORD, fields: { detail: `${'x'.repeat(497)}hunter2` } }, 'json', hide);
    assert.ok(!line.includes('hun'));
  });
});

describe('the log', () => {
  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const log = createLog({
      level: 'warn',
      format: 'json',
      clock: new FakeClock(),
      writers: [(line) => lines.push(line)],
      hide: show,
    });
    log.debug('one');
    log.info('two');
    log.warn('three', { phone: 'a' });
    log.error('four');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { event: string }).event),
      ['three', 'four'],
    );
  });
});

describe('the file of the log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('never has more than two files of its length', () => {
    const path = join(folder, 'deep', 'agent.log');
    const file = new LogFile(path, 100);
    file.probe();
    for (let count = 0; count < 50; count += 1) file.write(`line ${count} of the log`);
    assert.ok(statSync(path).size <= 100);
    assert.ok(statSync(`${path}.1`).size <= 100);
    const all = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
    const numbers = [...all.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      Array.from({ length: numbers.length }, (_, index) => 50 - numbers.length + index),
    );
  });

  it('goes on where it was, and after somebody has taken it away', () => {
    const path = join(folder, 'agent.log');
    new LogFile(path).write('one');
    const file = new LogFile(path);
    file.write('two');
    assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n');
    rmSync(path);
    file.write('three');
    assert.equal(readFileSync(path, 'utf8'), 'three\n');
  });

  it('does not end the agent when it cannot be written', () => {
    const file = new LogFile(folder);
    assert.throws(() => {
      file.probe();
    });
    file.write('lost');
  });
});
