import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { PhoneError } from '../../../src/phone/errors/phone-error';
import type { Phone } from '../../../src/phone/phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { eventually } from '../../support/eventually';

describe('a phone that is traced', () => {
  let directory = '';
  let simulated: SimulatedMicrosip;
  const phones: Phone[] = [];

  const opened = async (settings: RawSettings, id = 'desk-1'): Promise<Phone> => {
    const phone = createPhone({ connection: 'simulator', name: 'Desk', ...settings }, { simulated, directory, id });
    phones.push(phone);
    await phone.open();
    return phone;
  };
  const file = (): string => join(directory, 'microsip-trace', 'desk-1.log');
  const text = (): string => readFileSync(file(), 'utf8');
  const closed = (): Promise<boolean> =>
    eventually(() => (existsSync(file()) && text().includes('phone closed') ? true : undefined));
  const ringing = (phone: Phone): Promise<boolean> =>
    eventually(() => (phone.snapshot().state === 'ringing' ? true : undefined));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'traced-'));
    simulated = new SimulatedMicrosip();
  });

  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close();
    simulated.dispose();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  it('lets a call and a command be followed through its file', async () => {
    const phone = await opened({ trace: 'true' });
    simulated.far.incoming({ number: '+4930123456', name: 'Ada' });
    await ringing(phone);
    const [{ callId } = { callId: '' }] = phone.snapshot().calls;
    await phone.execute({ type: 'answer' });
    await phone.execute({ type: 'hangup', scope: 'all' });
    await assert.rejects(phone.execute({ type: 'answer' }));
    await phone.close();
    await closed();
    const lines = text()
      .split('\n')
      .slice(1, -1)
      .map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /, ''));
    assert.match(lines[0] ?? '', /^settings connection=simulator name=n\(4\) .*timeout=2000 .*trace=true/);
    assert.match(lines[0] ?? '', / version=\d+\.\d+\.\d+/);
    const short = callId.slice(0, 8);
    const ofCall = lines.filter((line) => line.includes(`callId=${short}`));
    for (const part of [
      'seen simulator call',
      'concluded incoming',
      'concluded answered',
      'concluded ended',
      'finished',
    ])
      assert.ok(
        ofCall.some((line) => line.startsWith(part)),
        `${part}:\n${ofCall.join('\n')}`,
      );
    const steps = (number: number): string[] =>
      lines.flatMap((line) => new RegExp(`^command #${number} (\\w+) \\d+ ms`).exec(line)?.[1] ?? []);
    assert.deepEqual(
      steps(1).filter((step) => step !== 'looked'),
      ['read', 'permitted', 'planned', 'deliver', 'delivered', 'done'],
    );
    assert.ok(lines.some((line) => /^command #1 looked \d+ ms effect=came$/.test(line)));
    assert.deepEqual(steps(3), ['read', 'permitted', 'failed']);
    assert.ok(lines.some((line) => /^command #3 failed \d+ ms code=no_call reason=\w+$/.test(line)));
    assert.doesNotMatch(text(), /Ada|30123456|example\.org/);
  });

  it('goes by one number for digits that are sent in pieces', async () => {
    const phone = await opened({ trace: true });
    simulated.far.incoming({ number: '1001' });
    await ringing(phone);
    await phone.execute({ type: 'answer' });
    await phone.execute({ type: 'dtmf', digits: '12345678901234567' });
    await phone.close();
    await closed();
    const sends = text().match(/command #2 deliver \d+ ms do=dtmf digits=s\(\d+\)/g) ?? [];
    assert.equal(sends.length, 2, text());
    assert.doesNotMatch(text(), /command #3/);
  });

  it('writes nothing when nobody asks', async () => {
    const phone = await opened({});
    await phone.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(existsSync(join(directory, 'microsip-trace')), false);
  });

  it('works on, and says so once, when the file cannot be written', async () => {
    writeFileSync(join(directory, 'microsip-trace'), 'a file where the folder should be');
    const phone = await opened({ trace: true });
    const problems: PhoneError[] = [];
    phone.on('problem', (problem) => problems.push(problem));
    await eventually(() => (problems.length > 0 ? true : undefined));
    assert.match(problems[0]?.messageKey ?? '', /^error\.config\.trace_(?:failed|foreign)$/);
    simulated.far.incoming({ number: '1001' });
    await ringing(phone);
  });

  it('has a file of its own for any name', async () => {
    await opened({ trace: true }, '../../con\n');
    const folder = join(directory, 'microsip-trace');
    const names = await eventually(() => {
      const there = existsSync(folder) ? readdirSync(folder) : [];
      return there.length > 0 ? there : undefined;
    });
    assert.match(names.join(), /^phone-_con_-[0-9a-f]{8}\.log$/);
  });

  for (const [asked, shows] of [
    ['microsip', 'facts.number=…3456 facts.name=n(3)'],
    ['microsip-unmasked', 'facts.number=+4930123456 facts.name=Ada'],
    ['*', 'facts.number=…3456 facts.name=n(3)'],
  ] as const)
    it(`says on the console, with NODE_DEBUG=${asked}, ${shows}`, () => {
      const program = `
        const { createPhone, SimulatedMicrosip } = require(${JSON.stringify(join(__dirname, '../../../src/index'))});
        const simulated = new SimulatedMicrosip();
        const phone = createPhone({ connection: 'simulator' }, { simulated, id: 'desk-1' });
        phone.on('event', ({ event }) => { if (event === 'incoming') void phone.close().then(() => simulated.dispose()); });
        void phone.open().then(() => simulated.far.incoming({ number: '+4930123456', name: 'Ada' }));`;
      const script = join(directory, 'program.cjs');
      const errors = join(directory, 'errors');
      writeFileSync(script, program);
      const command = `exec '${process.execPath}' --require tsx/cjs '${script}' 2> '${errors}'`;
      const env = { ...process.env, NODE_DEBUG: asked, HOME: directory };
      execFileSync('/bin/sh', ['-c', command], { env, cwd: join(__dirname, '../../..') });
      const said = readFileSync(errors, 'utf8')
        .split('\n')
        .filter((one) => one.startsWith('MICROSIP'));
      assert.ok(
        said.some((one) => / desk-1 \S+Z seen simulator call .*/.test(one) && one.includes(shows)),
        said.join('\n'),
      );
    });
});
