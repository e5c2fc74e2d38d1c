import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { EventLog } from '../../contract/world';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const hasCode = (code: string) => (error: unknown) => error instanceof PhoneError && error.code === code;

describe('the real window, how well', function () {
  this.timeout(120_000);
  const standIns: StandIn[] = [];
  const phones: Phone[] = [];

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close();
    for (const standIn of standIns.splice(0)) await standIn.end();
  });

  const start = async (...options: Parameters<typeof StandIn.start>): Promise<StandIn> => {
    const standIn = await StandIn.start(...options);
    standIns.push(standIn);
    return standIn;
  };
  const connect = async (standIn: StandIn, options: object = {}): Promise<[Phone, EventLog]> => {
    const phone = createPhone({ connection: 'window', program: standIn.program, dialsPerSecond: 100, ...options });
    phones.push(phone);
    const log = new EventLog(phone);
    await phone.open();
    return [phone, log];
  };

  it('MicroSIP hangs for 5 s: nothing blocks, timeout, the other phone does not notice, recovery', async () => {
    const [hung, other] = [await start(), await start()];
    const [hungPhone] = await connect(hung, { timeout: 3000 });
    const [otherPhone, otherLog] = await connect(other);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await hung.request('hang', 5000);
    await pause(50);
    const failing = assert.rejects(hungPhone.execute({ type: 'dial', number: '1002' }), hasCode('timeout'));
    const costs: number[] = [];
    for (let i = 0; i < 10; i++) {
      const before = performance.now();
      await otherPhone.execute({ type: 'dial', number: '1002' });
      costs.push(performance.now() - before);
      await otherLog.until('outgoing', i + 1);
      await otherPhone.execute({ type: 'hangup', scope: 'all' });
      await otherLog.until('ended', i + 1);
    }
    await failing;
    await pause(2000);
    delay.disable();
    const longest = delay.max / 1e6;
    console.log(
      `      longest event-loop delay ${longest.toFixed(1)} ms; dial on the other phone ${median(costs).toFixed(1)} ms`,
    );
    // A Win32 call on the main thread would hold it for the timeout of 3000 ms.
    assert.ok(longest < 2000, `event loop was held up for ${longest} ms`);
    assert.ok(median(costs) < 500, 'the other phone waited for the hung one');
    await presenceOf(hungPhone, 'ready');
    await hungPhone.execute({ type: 'dial', number: '1003' });
  });

  it('a box in MicroSIP does not hold a command up', async () => {
    const standIn = await start();
    const [phone, log] = await connect(standIn);
    // A person dials nonsense: MicroSIP answers with a modal box.
    await standIn.request('user-dial', 'sip:@@@');
    await pause(300);
    assert.equal((await standIn.request('modal'))[0], '1');
    await standIn.request('incoming', '1005');
    await log.until('incoming');
    await phone.execute({ type: 'answer' });
    await log.until('answered');
  });

  it('an incoming call is an event within a poll interval, mostly far sooner', async () => {
    const standIn = await start();
    const [, log] = await connect(standIn, { pollInterval: 1000 });
    const times: number[] = [];
    for (let i = 1; i <= 16; i++) {
      const before = performance.now();
      await standIn.request('incoming', String(2000 + i));
      await log.until('incoming', i);
      times.push(performance.now() - before);
      await standIn.act('remote-hangup');
      await log.until('ended', i);
    }
    console.log(
      `      incoming call to event: median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`,
    );
    // A machine that stands still for a moment makes one or two of them late.
    const late = times.filter((time) => time > 1000);
    assert.ok(late.length <= 2, `longer than a poll interval: ${late.join(', ')} ms`);
    // The poll alone would come to half of its interval.
    assert.ok(median(times) < 400, 'events of Windows are not used');
  });

  it('does not depend on the language of MicroSIP', async () => {
    const standIn = await start();
    await standIn.act('language', 'pseudo');
    const [phone, log] = await connect(standIn);
    await standIn.act('incoming', '1005', 'Bob');
    const { call } = await log.until('incoming');
    assert.deepEqual([call?.number, call?.name], ['1005', 'Bob']);
    await phone.execute({ type: 'answer' });
    await log.until('answered');
    await standIn.act('user-hold');
    await log.until('held');
    await standIn.act('user-hold');
    await log.until('resumed');
    await standIn.act('remote-hangup');
    await log.until('ended');
    assert.deepEqual(log.callEvents, ['incoming', 'answered', 'held', 'resumed', 'ended']);
  });

  for (const version of ['3.22.3', '3.19.27'] as const) {
    it(`works with ${version}, and does not send what it does not know`, async () => {
      const standIn = await start({ version });
      const [phone, log] = await connect(standIn);
      await standIn.act('incoming', '1005');
      await log.until('incoming');
      await phone.execute({ type: 'answer' });
      await log.until('answered');
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended');
      await standIn.act('incoming', '1006');
      await log.until('incoming', 2);
      const reject = phone.execute({ type: 'hangup', scope: 'ringing', rejectCode: 603 });
      if (version === '3.22.3') await reject;
      else await assert.rejects(reject, hasCode('unsupported'));
    });
  }

  it('a ring window that stays hidden is seen all the same', async () => {
    const standIn = await start({ settings: { bringToFrontOnIncoming: 0 } });
    const [phone, log] = await connect(standIn);
    await standIn.act('incoming', '1005');
    await log.until('incoming');
    await phone.execute({ type: 'hangup', scope: 'ringing' });
    assert.equal((await log.until('ended')).call?.disposition, 'rejected');
  });
});
