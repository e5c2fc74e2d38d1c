import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePhone } from '../../../src/create-phone';
import type { LocalPhone } from '../../../src/phone/local-phone';
import type { PhoneError } from '../../../src/phone/errors/phone-error';
import type { FinishedCall, PhoneEvent } from '../../../src/phone/phone-event';
import type { PhoneMemory } from '../../../src/phone/phone-memory';
import type { RawSettings } from '../../../src/settings/setting-values';
import { EventLog } from '../../contract/world';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { doctor } from '../support/doctor-program';
import { StandIn, whyNoStandIn } from '../support/stand-in';

/** Longer than any source waits for another one, and than the history takes to tell. */
const EVERYTHING_TOLD = 3500;
const HOSTILE = [
  'sip:evil@x --help',
  '-o file & calc.exe | more',
  '"a" \'b\' <c> %PATH% ^',
  '\u202e1001\u202c',
  'x'.repeat(200),
];

describe('a phone with windows, SIP log, hooks and call history', () => {
  let standIn: StandIn;
  let directory: string;
  let phone: LocalPhone;
  let log: EventLog;
  let finished: FinishedCall[];
  let problems: PhoneError[];

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    directory = mkdtempSync(join(tmpdir(), 'history-'));
    standIn = StandIn.place({ subfolder: 'Desk Phone', settings: { enableLog: 1 } });
    await doctor(['install', '--yes', '--program', standIn.program]);
    await standIn.run();
  });
  after(async () => {
    await standIn.end();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  afterEach(() => phone.close());

  async function open(settings: RawSettings = {}, memory?: PhoneMemory): Promise<void> {
    const { program } = standIn;
    const { local } = makePhone(
      { connection: 'window', program, hooks: true, region: 'DE', ...settings },
      { directory, ...(memory && { memory }) },
    );
    phone = local ?? assert.fail('it is watched from here');
    log = new EventLog(phone);
    [finished, problems] = [[], []];
    phone.on('finished', (call) => finished.push(call));
    phone.on('problem', (problem) => problems.push(problem));
    await phone.open();
  }

  const everythingTold = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, EVERYTHING_TOLD));
  /** Who tells of a call first is a matter of milliseconds; what became of it, the best source knows. */
  const told = (): string[] =>
    log.events
      .filter(({ call }) => call)
      .map(({ event, source, confidence }) => (event === 'ended' ? [event, source, confidence].join(' ') : event));
  const lives = (): string[] => log.callEvents;
  const endOf = (event: PhoneEvent): unknown[] => {
    const { direction, numberE164, disposition, sipStatus, endedBy } = event.call ?? {};
    return [direction, numberE164, disposition, sipStatus, endedBy];
  };

  it('tells of each call once, as the log has it', async () => {
    await open();
    await standIn.act('incoming', '03012345678', 'Ada');
    await log.until('incoming');
    await phone.execute({ type: 'answer' });
    await log.until('answered');
    await standIn.act('remote-hangup');
    assert.deepEqual(endOf(await log.until('ended')), ['inbound', '+493012345678', 'answered', 200, 'remote']);
    const { callId } = await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await standIn.act('remote-busy');
    const busy = await log.until('ended', 2);
    assert.equal(busy.call?.callId, callId);
    assert.deepEqual(endOf(busy), ['outbound', undefined, 'busy', 486, 'remote']);
    await everythingTold();
    assert.deepEqual(told(), ['incoming', 'answered', 'ended log exact', 'outgoing', 'ended log exact']);
    assert.deepEqual(
      finished.map(({ call, replayed }) => [call.disposition, call.number, replayed]),
      [
        ['answered', '03012345678', false],
        ['busy', '1002', false],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('has the name that the windows show although hooks tell of the call, and knows of the end what hooks know', async () => {
    await open({ logFile: '' });
    await standIn.act('incoming', '1005', 'Bob');
    await log.until('incoming');
    await eventually(() => phone.snapshot().calls[0]?.name);
    const [{ number, name } = assert.fail('no call')] = phone.snapshot().calls;
    assert.deepEqual([number, name], ['1005', 'Bob']);
    await standIn.act('remote-hangup');
    assert.equal((await log.until('ended')).confidence, 'inferred');
    // The ring window outlives the call until the program of the last hook has ended.
    await everythingTold();
  });

  it('makes one call of one when the phone is made anew in it', async () => {
    await open({ logFile: '' });
    await standIn.act('incoming', '1005', 'Bob');
    const begun = await log.until('incoming');
    const memory = phone.memory();
    await phone.close();
    await open({ logFile: '' }, memory);
    await phone.execute({ type: 'answer' });
    await log.until('answered');
    await standIn.act('remote-hangup');
    await log.until('ended');
    await everythingTold();
    assert.deepEqual(
      log.events.filter(({ call }) => call).map(({ event, call }) => [event, call?.callId]),
      ['answered', 'ended'].map((event) => [event, begun.call?.callId]),
    );
    assert.equal(finished.length, 1);
  });

  it('is led by the hooks when there is no log, and holds by the windows', async () => {
    await open({ logFile: '' });
    await standIn.act('incoming', '1005', 'Bob');
    await log.until('incoming');
    await standIn.act('user-answer');
    await log.until('answered');
    await standIn.act('user-hold');
    await log.until('held');
    await standIn.act('user-hold');
    await log.until('resumed');
    await standIn.act('remote-hangup');
    await log.until('ended');
    await everythingTold();
    assert.deepEqual(lives(), ['incoming', 'answered', 'held', 'resumed', 'ended']);
    assert.deepEqual(
      ['held', 'resumed'].map((event) => log.events.find((one) => one.event === event)?.source),
      ['window', 'window'],
    );
    const [{ call } = assert.fail('no call')] = finished;
    // Only the history knows it without a log.
    assert.match(call.sipCallId ?? '', /./);
    assert.equal(finished.length, 1);
  });

  it('tells why nobody answered by windows and call history alone', async () => {
    await open({ logFile: '', hooks: false });
    await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await standIn.act('remote-busy');
    await log.until('ended');
    await standIn.act('incoming', '1005', 'Bob');
    await log.until('incoming');
    await standIn.act('remote-hangup', 'elsewhere');
    await log.until('ended', 2);
    await everythingTold();
    assert.deepEqual(
      log.events.filter(({ event }) => event === 'ended').map(({ call }) => [call?.disposition, call?.sipStatus]),
      [
        ['busy', 486],
        ['answered_elsewhere', undefined],
      ],
    );
    assert.equal(finished.length, 2);
  });

  it('goes on when a source fails in the middle of a call', async () => {
    await open();
    await standIn.act('incoming', '1005', 'Bob');
    await log.until('incoming');
    await standIn.request('disk-full', 1);
    await standIn.act('user-answer');
    const answered = await log.until('answered');
    assert.notEqual(answered.source, 'log');
    assert.equal(answered.confidence, 'inferred');
    await standIn.act('remote-hangup');
    await log.until('ended');
    await everythingTold();
    assert.deepEqual(lives(), ['incoming', 'answered', 'ended']);
    await phone.close();
    await standIn.crash();
    await standIn.run();
  });

  for (const [what, settings, confidence, error] of [
    ['with the log', {}, 'exact', 50],
    ['with the windows alone', { logFile: '', callLog: '', hooks: false }, 'inferred', 2_500],
  ] as const) {
    it(`tells ${what} when a call was answered during which Node-RED was killed and started again`, async () => {
      await open(settings);
      await standIn.act('incoming', '1005', 'Bob');
      await log.until('incoming');
      await standIn.act('user-answer');
      const before = (await log.until('answered')).call;
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await phone.close();
      // Nothing is handed over, as when the process is another one.
      await open(settings);
      const [call] = phone.snapshot().calls;
      const late = (call?.answerTime ?? 0) - (before?.answerTime ?? 0);
      assert.ok(Math.abs(late) <= error, `${late} ms late`);
      assert.equal(log.named('answered')[0]?.confidence, confidence);
      if (confidence === 'exact') {
        assert.deepEqual([call?.direction, call?.startTime], ['inbound', before?.startTime]);
      }
      await standIn.act('remote-hangup');
      await log.until('ended');
    });
  }

  it('replays to the call log what came while it was closed, once', async () => {
    await open();
    await phone.close();
    await standIn.act('incoming', '1007', 'Eve');
    await standIn.act('remote-hangup');
    await open();
    await eventually(() => finished[0]);
    await everythingTold();
    assert.deepEqual(
      finished.map(({ call, replayed, source }) => [call.number, call.disposition, replayed, source]),
      [['1007', 'missed', true, 'history']],
    );
    assert.deepEqual(told(), []);
  });

  it('tells once of each call that comes and goes beside another one, although MicroSIP shows them late', async () => {
    await open();
    await standIn.act('incoming', '1005', 'Bob');
    await log.until('incoming');
    await standIn.act('user-answer');
    await log.until('answered');
    // The window of a name with quotation marks has no number. All windows wait for the programs of the hooks.
    for (const [index, name] of HOSTILE.entries()) {
      await standIn.act('incoming', `10${10 + index}`, name);
      await log.until('incoming', index + 2);
      await standIn.act('remote-hangup');
      await log.until('ended', index + 1);
    }
    await everythingTold();
    assert.deepEqual(lives(), ['incoming', 'answered', ...HOSTILE.flatMap(() => ['incoming', 'ended'])]);
    await standIn.act('user-hangup');
    await log.until('ended', HOSTILE.length + 1);
  });

  it('hands over whatever a caller chose as data, and nothing else happens', async () => {
    await open();
    await standIn.request('clear-record');
    for (const [index, name] of HOSTILE.entries()) {
      await standIn.act('incoming', `10${10 + index}`, name);
      await log.until('incoming', index + 1);
      await standIn.act('remote-hangup');
      await log.until('ended', index + 1);
    }
    await everythingTold();
    assert.deepEqual(
      log.named('ended').map(({ call }) => call?.name),
      HOSTILE.map((name) => name.replace(/[\u202c\u202e]/g, '')),
    );
    assert.deepEqual(
      told(),
      HOSTILE.flatMap(() => ['incoming', 'ended log exact']),
    );
    assert.deepEqual(
      (await standIn.received()).filter(({ probe }) => !probe),
      [],
    );
  });
});
