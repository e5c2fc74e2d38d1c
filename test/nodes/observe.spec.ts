import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { hookPipe } from '../../src/microsip/hook-pipe';
import { buildHookProgram, runHook } from '../unit/observers/hooks/hook-program';
import { LOGS } from '../unit/observers/log/recorded-logs';
import { Flow, nodeSuite } from './flow';
import { CallLogFile, skipWithoutSqlite } from '../unit/observers/history/call-log-file';

const EVENTS = { id: 'events', type: 'helper' };
const STATUS = { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] };
const CATCH = { id: 'catch', type: 'catch', wires: [['events']] };
const DIAL = { id: 'dial', type: 'microsip-dial', phone: 'phone', wires: [[]] };

const observing = (settings: object): { id: string; type: string } => ({
  ...{ id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'observe' },
  ...settings,
});

async function failureOfDial(phone: { id: string; type: string }): Promise<unknown> {
  const flow = await Flow.load([phone, DIAL, CATCH, EVENTS]);
  flow.send('dial', { payload: '1001' });
  const caught = await flow.until('events');
  return (caught['error'] as { code?: unknown }).code;
}

/** What is there when the phone looks first is its past. */
const lookedAround = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

nodeSuite('a phone that is only observed', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'observed phone '));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('tells the calls of a log while it is written', async () => {
    const log = join(folder, 'microsip_log.txt');
    const flow = await Flow.load([observing({ logFile: log, region: 'DE' }), STATUS, EVENTS]);
    await lookedAround();
    writeFileSync(log, readFileSync(join(LOGS, 'hold-resume.log')));
    const ended = await flow.event('events', 'ended');
    await flow.event('events', 'phone_offline');
    const names = flow.messages('events').map(({ payload }) => payload['event']);
    assert.deepEqual(
      names.filter((name) => name !== 'registration'),
      ['phone_online', 'outgoing', 'alerting', 'answered', 'held', 'resumed', 'ended', 'phone_offline'],
    );
    const { direction, disposition, sipStatus, hangupCauseCode, endedBy, source, confidence } = ended.payload;
    assert.deepEqual(
      [direction, disposition, sipStatus, hangupCauseCode, endedBy, source, confidence],
      ['outbound', 'answered', 200, 16, 'local', 'log', 'exact'],
    );
  });

  it('tells the calls of a simulated phone by the log that this one writes', async () => {
    const log = join(folder, 'microsip_log.txt');
    const flow = await Flow.load([
      { id: 'other', type: 'microsip-phone', name: 'Desk 2', connection: 'simulator', writeLog: log },
      { id: 'sim', type: 'microsip-simulator', phone: 'other', wires: [[]] },
      ...[observing({ logFile: log }), STATUS, EVENTS],
    ]);
    await lookedAround();
    flow.send('sim', { payload: { action: 'incoming', number: '1005', name: 'Ada' } });
    const { payload } = await flow.event('events', 'incoming');
    assert.deepEqual([payload['phone'], payload['name'], payload['source']], ['Desk 1', 'Ada', 'log']);
  });

  it('keeps its log when a simulated phone is told to write there', async () => {
    const log = join(folder, 'microsip_log.txt');
    const real = readFileSync(join(LOGS, 'hold-resume.log'));
    writeFileSync(log, real);
    const simulated = { id: 'phone', type: 'microsip-phone', connection: 'simulator' };
    assert.equal(await failureOfDial({ ...simulated, writeLog: log } as typeof simulated), 'config');
    await helper.unload();
    const flow = await Flow.load([{ ...simulated, logFile: log }, { ...DIAL, wires: [['events']] }, EVENTS]);
    flow.send('dial', { payload: '1001' });
    await flow.until('events');
    assert.deepEqual(readFileSync(log), real);
  });

  it('tells what the program hooks report', async () => {
    const program = join(folder, 'microsip.exe');
    const pipe = hookPipe(join(folder, 'microsip.ini'));
    const script = buildHookProgram(join(folder, 'hook'));
    const flow = await Flow.load([observing({ program, hooks: true, region: 'DE' }), STATUS, EVENTS]);
    for (const key of ['cmdIncomingCall', 'cmdCallRing', 'cmdCallAnswer', 'cmdCallStart', 'cmdCallEnd']) {
      assert.equal((await runHook(script, [key, pipe, '-- 030 123456'])).exitCode, 0);
    }
    const ended = await flow.event('events', 'ended');
    const names = flow.messages('events').map(({ payload }) => payload['event']);
    assert.deepEqual(names, ['phone_online', 'incoming', 'answered', 'ended']);
    const { number, numberE164, disposition, source } = ended.payload;
    assert.deepEqual([number, numberE164, disposition, source], ['030 123456', '+4930123456', 'answered', 'hooks']);
  });

  it('tells of the calls that came while Node-RED was down, once', async function () {
    skipWithoutSqlite(this);
    helper.settings({ userDir: folder });
    const file = new CallLogFile();
    const missed = { type: 2 as const, info: 'Missed Call' };
    const log = { id: 'log', type: 'microsip-call-log', phone: 'phone', replayMissed: true, wires: [['events']] };
    const flow = [observing({ callLog: file.path, logFile: '' }), log, EVENTS];
    file.add('before', missed);
    await Flow.load(flow);
    await helper.unload();
    file.add('meanwhile', { ...missed, number: '+4930123456' });
    const second = await Flow.load(flow);
    const { payload, topic } = await second.until('events');
    assert.deepEqual(
      [topic, payload['sipCallId'], payload['replayed'], payload['disposition'], payload['numberE164']],
      ['Desk 1/call_log', 'meanwhile', true, 'missed', '+4930123456'],
    );
    await helper.unload();
    const third = await Flow.load(flow);
    await lookedAround();
    file.add('later', missed);
    const later = await third.until('events');
    assert.deepEqual([later.payload['sipCallId'], later.payload['replayed']], ['later', false]);
    assert.equal(third.messages('events').length, 1);
    file.close();
    rmSync(file.folder, { recursive: true });
  });

  it('takes no commands', async () => {
    assert.equal(await failureOfDial(observing({ logFile: join(folder, 'log.txt') })), 'unsupported');
  });

  it('says so when there is nothing to observe', async () => {
    assert.equal(await failureOfDial(observing({ logFile: '', callLog: '' })), 'config');
  });
});
