import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhone } from '../../../src/create-phone';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { whyNoStandIn } from '../support/stand-in';
import { historyPart } from './parts/history-part';
import { hooksPart } from './parts/hooks-part';
import { logPart } from './parts/log-part';
import { Findings } from './staging/findings';
import { RealMicrosip } from './staging/real-microsip';
import { recorder } from './staging/record';
import { stagedWorld } from './staging/staged-world';
import { StagedStandIn } from './staging/staged-stand-in';
import type { Stager } from './staging/staged';

/** All that the run against a real MicroSIP does without SIP, done with the stand-in in its place. */
describe('the runner for a real MicroSIP', () => {
  const findings = new Findings();
  const program = process.env['STANDIN_EXE_3_22_16'] ?? '';
  const start: Stager = (options) => StagedStandIn.start(program, options);

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });

  describe('log', () => {
    afterEach(recorder(findings, 'log'));
    logPart(start, /^(busy|missed|held and resumed here|transferred blindly|do not disturb)$/);
  });
  describe('hooks', () => {
    afterEach(recorder(findings, 'hooks'));
    hooksPart(start, '3.22.16', /^(outgoing, 486|incoming, Decline|incoming, do not disturb)$/);
  });
  describe('history', () => {
    afterEach(recorder(findings, 'history'));
    historyPart(start, /^(busy|missed|declined)$/);
  });

  it('makes a world for the contract suite', async () => {
    const world = await stagedWorld(start);
    const phone = world.phone();
    try {
      await phone.open();
      await presenceOf(phone, 'ready');
      await phone.execute({ type: 'dial', number: '1002' });
      await world.far.answer();
      await phone.execute({ type: 'hangup', scope: 'all' });
      assert.deepEqual(await world.received(), ['1002', '/hangupall']);
    } finally {
      await phone.close();
      await world.end();
    }
  });

  it('sets up a copy of the program, commands it, starts it anew with other settings, and leaves nothing behind', async () => {
    const microsip = await RealMicrosip.start(program, { settings: { noIgnoreCall: 1 } });
    const folder = dirname(microsip.program);
    const phone = createPhone({ name: 'Desk', connection: 'window', program: microsip.program });
    try {
      assert.ok(existsSync(microsip.log), 'it writes no log');
      assert.deepEqual(
        readdirSync(folder).filter((file) => /\.(exe|ini)$/i.test(file)),
        ['MicroSIP.exe', 'MicroSIP.ini'],
      );
      await phone.open();
      await presenceOf(phone, 'ready');
      await microsip.command('1002');
      while (phone.snapshot().state !== 'dialing') await sleep(20);
      await microsip.act('setting', 'singleMode', 0);
      await microsip.act('transfer-result', 486);
      await presenceOf(phone, 'ready');
      assert.equal(phone.snapshot().state, 'idle');
      const ini = readFileSync(microsip.ini, 'utf16le');
      assert.match(ini, /^singleMode="?0/m);
      assert.match(ini, /^noIgnoreCall="?1/m);
      await microsip.crash();
      await presenceOf(phone, 'absent');
      await microsip.run();
      await presenceOf(phone, 'ready');
      await microsip.exit();
      await presenceOf(phone, 'absent');
    } finally {
      await phone.close();
      await microsip.end();
    }
    assert.equal(existsSync(folder), false);
  });

  it('says so when the program does not come up', async () => {
    const hung = RealMicrosip.start(program, { settings: { enableLog: 0 }, startTime: 3000 });
    await assert.rejects(hung, /MicroSIP runs and is not ready; its log says: nothing/);
  });

  // A suite's own tests come before those of the suites in it.
  describe('at the end', () => {
    it('has made a table of what it found', () => {
      const table = findings.table(['the stand-in']);
      assert.equal(findings.count('seen'), 11, table);
      assert.match(table, /^\| history \| declined \| seen \| {2}\|$/m);
    });
  });
});
