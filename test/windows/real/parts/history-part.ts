import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../unit/observers/history/call-log-file';
import { HISTORY_ROWS } from '../../support/history-rows';
import { CannotStage, tries, type Staged, type Stager } from '../staging/staged';

type Row = [type: number, number: string, name: string, info: string];

const PATIENCE = 8000;
const NEEDS_MORE = { 'with the dialling prefix': 'the account has no dialling prefix' };

/** The row that MicroSIP leaves of each kind of call: in its database, before 3.22.5 in its ini. */
export function historyPart(start: Stager, only: RegExp = /^/): void {
  let staged: Staged;

  before(async () => {
    staged = await start();
  });
  after(() => (staged as Staged | undefined)?.end());
  afterEach(() => staged.quiet());

  for (const [name, { steps, row }] of Object.entries(HISTORY_ROWS).filter(([title]) => only.test(title))) {
    tries(name, async () => {
      const why = (NEEDS_MORE as Record<string, string | undefined>)[name];
      if (why !== undefined) throw new CannotStage(why);
      const before = rowsOf(staged).length;
      await staged.play(steps);
      const wanted = row ? [existsSync(staged.database) ? row : olderRow(row)] : [];
      const end = Date.now() + PATIENCE;
      const added = (): Row[] => rowsOf(staged).slice(before);
      // The reason comes last, and may still be corrected.
      while (Date.now() < end && JSON.stringify(added()) !== JSON.stringify(wanted)) await sleep(200);
      assert.deepEqual(added(), wanted);
    });
  }
}

function rowsOf({ database, ini }: Staged): Row[] {
  if (!existsSync(database)) return rowsOfIni(readFileSync(ini, 'utf16le'));
  const open = openDatabase(database);
  try {
    const rows = open.prepare('SELECT * FROM call_log ORDER BY id').all() as Record<string, string | number>[];
    return rows.map(({ type, number, name, info }) => [Number(type), String(number), String(name), String(info)]);
  } finally {
    open.close();
  }
}

/** `key=number;name;type;time;duration;info` in `[Calls]`; the keys are in order as long as there are few. */
function rowsOfIni(ini: string): Row[] {
  const section = ini.split(/^\[Calls\]\r?$/m)[1]?.split(/^\[/m)[0] ?? '';
  return section.split('\r\n').flatMap((line): Row[] => {
    const [, number, name, type, info] = /^\d+="?([^;]*);([^;]*);(\d);\d+;\d+;(.*?)"?$/.exec(line) ?? [];
    return number === undefined ? [] : [[Number(type), number, name ?? '', info ?? '']];
  });
}

/** As 3.22.3 words it (docs/microsip/3.22.16.md#3). */
function olderRow([type, number, name, info]: Row): Row {
  const older = info.replace(/number\.$/, 'number').replace(/^Server error \((\d+)\)\./, 'Server Failure: $1');
  return [type, number, name, older];
}
