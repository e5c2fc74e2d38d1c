import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { addToTrace, ForeignFileError } from '../../../src/trace/own-trace-file';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

describe('the trace of a phone on Windows', () => {
  let standIn: StandIn | undefined;
  let phone: Phone | undefined;
  let folder: string;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trace '));
  });
  afterEach(async () => {
    await phone?.close();
    await standIn?.end();
    phone = undefined;
    standIn = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows what the windows showed, and what was made of it', async () => {
    standIn = await StandIn.start();
    phone = createPhone({ program: standIn.program, trace: true, callLog: '' }, { directory: folder, id: 'desk' });
    await phone.open();
    await standIn.act('incoming', '4711@pbx.test', 'Ada');
    await eventually(() => (phone?.snapshot().state === 'ringing' ? true : undefined));
    await phone.execute({ type: 'answer' });
    await phone.close();
    const file = join(folder, 'microsip-trace', 'desk.log');
    const text = await eventually(() => {
      const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return now.includes(' phone closed') ? now : undefined;
    });
    for (const line of [
      / settings connection=window .*program=p\(\d+\)\*\.exe /,
      / look window .*presence=ready/,
      / look window .*rings\.0\.name=n\(3\)/,
      / seen window call callId=[0-9a-f]{8} .*state=ringing /,
      / concluded incoming callId=[0-9a-f]{8}: window shows it/,
      / command #1 delivered \d+ ms do=answer/,
      / command #1 looked \d+ ms effect=came/,
    ])
      assert.match(text, line);
    assert.doesNotMatch(text, /Ada|pbx\.test|[A-Z]:\\/);
  });

  it('is begun anew when it gets too long, and never written through a second name', async () => {
    const paths = {
      current: join(folder, 'microsip-trace', 'p.log'),
      older: join(folder, 'microsip-trace', 'p.1.log'),
    };
    for (const letter of ['a', 'b', 'c', 'd', 'e']) await addToTrace(paths, `${letter.repeat(400)}\n`, 1000);
    assert.deepEqual(readdirSync(join(folder, 'microsip-trace')).sort(), ['p.1.log', 'p.log']);
    const begins = readFileSync(paths.current, 'utf8')
      .split('\n')
      .map((line) => line.slice(0, 1));
    assert.deepEqual(begins, ['#', 'e', '']);
    rmSync(paths.current);
    const victim = join(folder, 'victim');
    writeFileSync(victim, '# MicroSIP trace');
    linkSync(victim, paths.current);
    await assert.rejects(addToTrace(paths, 'x\n', 1000), ForeignFileError);
    assert.equal(readFileSync(victim, 'utf8'), '# MicroSIP trace');
  });
});
