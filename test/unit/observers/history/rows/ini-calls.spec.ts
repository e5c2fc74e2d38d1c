import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { LaterError, type Want } from '../../../../../src/observers/history/rows/history-row';
import { decodeIni, entryRow, IniCalls, ringRows } from '../../../../../src/observers/history/rows/ini-calls';
import { NOON } from '../rows';
import { processorMs } from '../../../../support/processor-ms';

const everything: Want = { after: 0, oldest: 0, limit: 1000, ids: [] };
const entry = (time: number, more = 'Ada;1;', info = ''): string => `1001;${more}${time};0;${info}`;
const ini = (entries: string[], last: number, first = 0): string =>
  ['[Settings]', `callsLastKey=${last}`, 'minimized=0', '[Calls]', ...entries.map((e, i) => `${first + i}=${e}`)].join(
    '\r\n',
  );
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('an entry of [Calls]', () => {
  it('has six fields', () => {
    assert.deepEqual(entryRow(7, `1001;Ada;2;${NOON};61;Missed Call`), {
      id: NOON * 1000 + 7,
      key: `7:${NOON}`,
      number: '1001',
      name: 'Ada',
      type: 2,
      time: NOON,
      duration: 61,
      info: 'Missed Call',
    });
  });

  it('may have separators in its name and none of the fields behind it is shifted', () => {
    const found = entryRow(1, `1001;Lovelace; Ada;1;${NOON};2;;2;${NOON};0;Missed Call`);
    assert.deepEqual([found?.name, found?.type, found?.info], [`Lovelace; Ada;1;${NOON};2;`, 2, 'Missed Call']);
  });

  it('is nothing when it was deleted or cut off', () => {
    for (const value of ['null', '', ';;;;;', '1001;Ada', `1001;Ada;1;${NOON}`, `1001;Ada;7;${NOON};0;`]) {
      assert.equal(entryRow(1, value), undefined, value);
    }
  });

  it('comes back whatever the name is', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 3 }), fc.nat(86_400), (name, type, duration) => {
        const found = entryRow(1, `1001;${name};${type};${NOON};${duration};Call Ended`);
        assert.deepEqual(
          [found?.number, found?.name, found?.type, found?.duration],
          ['1001', name.trim(), type, duration],
        );
      }),
    );
  });

  it('does not take long, whatever it is made of', () => {
    for (const part of [';', ';1', `;1;${NOON}`, `;1;${NOON};0`, '9', ';9']) {
      const start = processorMs();
      entryRow(1, `1001${part.repeat(200_000)}`);
      assert.ok(processorMs() - start < 5000, part);
    }
  });
});

describe('[Calls] of an ini', () => {
  it('is a ring: the rows come in the order of their times', () => {
    const { rows } = ringRows(ini([entry(NOON + 3), entry(NOON + 1), 'null', entry(NOON + 2)], 0));
    assert.deepEqual(
      rows.map(({ key }) => key),
      [`1:${NOON + 1}`, `3:${NOON + 2}`, `0:${NOON + 3}`],
    );
  });

  it('has the entry that was written last among the newest, although the clock was set back', () => {
    const entries = Array.from({ length: 100 }, (_, i) => entry(NOON + i));
    const { newest } = ringRows(ini([...entries, entry(NOON - 9999)], 100));
    assert.ok(newest.some(({ key }) => key === `100:${NOON - 9999}`));
  });

  it('is found in a moment in a large file that has much else in it', () => {
    for (const what of ['k=1', '1000=1', 'x', '']) {
      const text = `[Calls]\n${`${what}\n`.repeat(5_000_000)}5=${entry(NOON)}\n`;
      const before = processorMs();
      assert.deepEqual(
        ringRows(text).rows.map(({ number }) => number),
        ['1001'],
      );
      assert.ok(processorMs() - before < 2_000, what);
    }
  });

  it('is found beside other sections, with quotes, in any case and only once', () => {
    const text = `[calls]\n0="1001;Ada;1;${NOON};0;"\n0=1002;Bob;1;${NOON};0;\nx=1\n[Dialed]\n1=${entry(NOON)}\n[CALLS]\n2=${entry(NOON)}`;
    assert.deepEqual(
      ringRows(text).rows.map(({ number }) => number),
      ['1001'],
    );
  });

  it('is read in each encoding that occurs', () => {
    const text = '[Calls]\r\n0=1001;Ädä 電話;1;1;0;';
    assert.equal(decodeIni(utf16(text)), text);
    assert.equal(decodeIni(Buffer.from(`\uFEFF${text}`)), text);
    assert.equal(decodeIni(Buffer.from('Ädä', 'latin1')), 'Ädä');
  });
});

describe('the ini as a call history', () => {
  let folder: string;
  let path: string;
  const write = (text: string, age = 5000): void => {
    writeFileSync(path, utf16(text));
    const time = new Date(Date.now() - age);
    utimesSync(path, time, time);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
    path = join(folder, 'microsip.ini');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('gives pages, the newest rows and those asked for', async () => {
    write(
      ini(
        Array.from({ length: 1000 }, (_, i) => entry(NOON + i)),
        999,
      ),
    );
    const look = await new IniCalls(path).look({ after: NOON * 1000, oldest: 0, limit: 3, ids: [NOON * 1000] });
    assert.deepEqual(
      look.rows.slice(0, 5).map(({ time }) => time - NOON),
      [0, 1, 2, 3, 980],
    );
    assert.equal(look.rows.length, 24);
    assert.equal(look.upTo, (NOON + 3) * 1000 + 3);
    assert.equal(look.maxId, (NOON + 999) * 1000 + 999);
  });

  it('changes its stamp with the file, and has none without a file', async () => {
    const store = new IniCalls(path);
    assert.equal(await store.stamp(), undefined);
    write(ini([entry(NOON)], 0), 9000);
    const first = await store.stamp();
    write(ini([entry(NOON, 'Bob;1;')], 0), 8000);
    assert.notEqual(await store.stamp(), first);
  });

  it('is left alone while MicroSIP writes it', async () => {
    write(ini([entry(NOON)], 0), 0);
    await assert.rejects(new IniCalls(path, 5000).stamp(), LaterError);
  });

  it('has no rows without the section', async () => {
    write('[Settings]\r\nminimized=0');
    assert.deepEqual(await new IniCalls(path).look(everything), { rows: [], maxId: 0, upTo: 0 });
  });
});
