import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import type { FinishedCall } from '../../../src/phone/phone-event';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { IN, IN_UP, OUT_UP, play, type Step } from '../support/play';
import { StandIn, whyNoStandIn } from '../support/stand-in';

/** Loss, discarded, jitter, loss at the far end, jitter there, round trip, packets. */
const BAD: Step = ['network', 12, 2, 31.25, 4, 7.5, 260, 400];

describe('the quality of calls in the log that MicroSIP writes', () => {
  let standIn: StandIn;
  let directory: string;
  let phone: Phone;
  const finished: FinishedCall[] = [];

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    directory = mkdtempSync(join(tmpdir(), 'call-quality-'));
    standIn = await StandIn.start({ settings: { enableLog: 1 } });
    phone = createPhone({ connection: 'window', program: standIn.program }, { directory });
    phone.on('finished', (one) => finished.push(one));
    await phone.open();
  });
  after(async () => {
    await phone.close();
    await standIn.end();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  beforeEach(() => {
    finished.length = 0;
  });

  const nextCall = async (...steps: Step[]): Promise<FinishedCall['call']> => {
    await play(standIn, steps);
    const one = await eventually(() => finished[0]);
    return one.call;
  };

  for (const [who, steps] of [
    ['we', [...OUT_UP, BAD, ['user-hangup']]],
    ['the far end', [...IN_UP, BAD, ['remote-hangup']]],
  ] as [string, Step[]][]) {
    it(`is in the call log when ${who} hung up`, async () => {
      const { quality, disposition } = await nextCall(...steps);
      assert.equal(disposition, 'answered');
      assert.deepEqual(quality, {
        codec: 'PCMU',
        clockRate: 8000,
        received: { packets: 352, lossPercent: 12, discardedPercent: 2, jitterMs: 31.25 },
        sent: { packets: 400, lossPercent: 4, jitterMs: 7.5 },
        rttMs: 260,
        mos: 2.9,
      });
    });
  }

  it('does not have what the far end never reported', async () => {
    const { quality } = await nextCall(['network', 0, 0, 1.5, 9, 9, '', 1_234_567], ...IN_UP, ['remote-hangup']);
    assert.deepEqual(quality?.sent, { packets: 1_230_000 });
    assert.equal(quality.rttMs, undefined);
    assert.equal(quality.mos, 4.4);
  });

  it('is none of a call that nobody answered', async () => {
    assert.equal((await nextCall(...IN, ['remote-hangup'])).quality, undefined);
  });

  it('is of each of two calls its own', async () => {
    await standIn.act('single-mode', 0);
    const first: Step = ['network', 10, 0, 1, 0, 0, '', 100];
    const second: Step = ['network', 20, 0, 1, 0, 0, '', 200];
    await play(standIn, [...IN_UP, ['incoming', '1006', 'Ann'], ['user-answer']]);
    await play(standIn, [first, ['remote-hangup', 'call 1'], second, ['remote-hangup']]);
    const calls = await eventually(() => (finished.length === 2 ? finished : undefined));
    const losses = calls.map(({ call }) => [call.number, call.quality?.received?.lossPercent]);
    assert.deepEqual(losses.sort(), [
      ['1005', 10],
      ['1006', 20],
    ]);
  });

  it('stands in a dump as pjsip writes it', () => {
    const log = readFileSync(standIn.log, 'latin1');
    assert.match(
      log,
      /deinitializing media\.\.\r\n[^\r\n]* {2}\.+\n {2}\[\w+\] To: [^\r\n]*\r\n {4}Call time: [^\r\n]*\n {4}#0 audio/,
    );
    // Of a call that nobody answered there are two lines.
    assert.match(log, /\r\n {4}Call time: [^\r\n]*\n\d\d:\d\d:/);
    assert.match(log, / {7}RTT msec {6}:(?: +\d+\.\d{3}){5}\n\d\d:/);
  });
});
