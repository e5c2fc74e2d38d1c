import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone, makePhone } from '../../../../src/create-phone';
import type { FinishedCall } from '../../../../src/phone/phone-event';
import { playFarEnd } from '../../../../src/simulator/far-end-actions';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../../support/fake-clock';
import { readInPieces } from '../../observers/log/recorded-logs';

/** Lines of a genuine dump, with what differs from call to call left out. */
function form(line: string): string {
  return line
    .replace(/\d+(?:\.\d+)?[KM]?/g, 'N')
    .replace(/ +(?=N)/g, ' ')
    .replace(/N (?:K|M)/g, 'N');
}

describe('the media of a simulated call', () => {
  let folder: string;
  let log: string;
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulated-media-'));
    log = join(folder, 'log.txt');
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ clock, traces: { log } });
  });
  afterEach(() => {
    microsip.dispose();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  const talk = async (ms: number): Promise<void> => {
    const id = microsip.far.incoming({ number: '1002' });
    microsip.user.answer(id);
    await clock.pass(ms);
    microsip.far.hangup(id);
  };

  it('are in its log as in a genuine one, line by line', async () => {
    microsip.far.network({ rttMs: undefined, packets: 100 });
    await talk(10_000);
    const recorded = readFileSync(
      join(__dirname, '../../../fixtures/pjsua-logs/incoming-answered-remote-hangup.log'),
      'latin1',
    );
    const lines = (text: string): string[] => {
      const [, dump = ''] = /deinitializing media\.\.\r\n([^]*?RTT msec[^\n]*\n)/.exec(text) ?? [];
      return dump.split('\n').slice(2).map(form);
    };
    assert.ok(lines(recorded).length > 15);
    assert.deepEqual(lines(readFileSync(log, 'latin1')), lines(recorded));
  });

  it('are what was played, to who reads the log and to who watches it', async () => {
    const phone = createPhone({ connection: 'simulator', name: 'x' }, { simulated: microsip, clock });
    await clock.through(phone.open());
    const finished: FinishedCall[] = [];
    phone.on('finished', (one) => finished.push(one));
    microsip.far.network({
      lossPercent: 8,
      discardedPercent: 1.5,
      jitterMs: 12.5,
      sentLossPercent: 3,
      rttMs: 180,
      packets: 1500,
    });
    await talk(30_000);
    await clock.until(() => finished[0]);
    const quality = finished[0]?.call.quality;
    assert.deepEqual(quality, {
      codec: 'PCMU',
      clockRate: 8000,
      received: { packets: 1380, lossPercent: 8, discardedPercent: 1.5, jitterMs: 12.5 },
      sent: { packets: 1500, lossPercent: 3, jitterMs: 0.4 },
      rttMs: 180,
      mos: 3.3,
    });
    const read = readInPieces(readFileSync(log)).flatMap((one) => (one.type === 'media' ? [one.quality] : []));
    // A thousand is cut to tens.
    const cut = { ...quality.received, packets: 1300 };
    assert.deepEqual(read, [{ ...quality, received: cut }]);
    await clock.through(phone.close());
  });

  it('are played by an action of the simulator node, which takes no other values', async () => {
    const { local } = makePhone({ connection: 'simulator' }, { simulated: microsip, clock });
    const phone = { simulated: microsip, local };
    await playFarEnd(phone, { action: 'network', lossPercent: '8', rttMs: 180, packets: 1500, codec: 'PCMA' });
    const id = microsip.far.incoming({ number: '1002' });
    microsip.user.answer(id);
    await clock.pass(1000);
    const [call] = microsip.calls.all;
    assert.ok(call);
    const { codec, received, rttMs } = microsip.streams.counted(call) ?? {};
    assert.deepEqual([codec, received?.packets, rttMs], ['PCMA', 1380, 180]);
    await playFarEnd(phone, { action: 'network', rttMs: null, packets: 1500 });
    assert.equal(microsip.streams.counted(call)?.rttMs, undefined);
    const hostile = [
      ...[{ lossPercent: 101 }, { lossPercent: -1 }, { lossPercent: null }, { jitterMs: 'x' }, { packets: 1.5 }],
      ...[
        { packets: 2 ** 31 },
        { rttMs: {} },
        { rttMs: Infinity },
        { codec: 'a b' },
        { codec: 8 },
        { clockRate: '1e9' },
      ],
    ];
    for (const fields of hostile) {
      await assert.rejects(playFarEnd(phone, { action: 'network', ...fields }), { code: 'config' });
    }
  });

  it('are counted anew after a hold, and of nothing while it is held', async () => {
    const id = microsip.far.incoming({ number: '1002' });
    microsip.user.answer(id);
    await clock.pass(20_000);
    microsip.user.toggleHold(id);
    await clock.pass(2000);
    const [call] = microsip.calls.all;
    assert.ok(call);
    assert.equal(microsip.streams.counted(call)?.received.packets, 0);
    microsip.user.toggleHold(id);
    await clock.pass(3000);
    assert.equal(microsip.streams.counted(call)?.received.packets, 150);
    assert.equal(microsip.streams.quality(call)?.rttMs, undefined);
  });

  it('are none of a call that nobody answered', () => {
    microsip.far.hangup(microsip.far.incoming({ number: '1002' }));
    const text = readFileSync(log, 'latin1');
    assert.match(
      text,
      /deinitializing media\.\.\r\n[^\n]* \.+\n {2}\[DISCONNECTED\] To: [^\r\n]*\r\n {4}Call time: [^\n]*\n\d\d:/,
    );
    assert.deepEqual(
      readInPieces(readFileSync(log)).flatMap((one) => (one.type === 'media' ? [one.quality] : [])),
      [undefined],
    );
  });
});
