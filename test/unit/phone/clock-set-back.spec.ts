import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import type { PhoneError } from '../../../src/phone/errors/phone-error';
import type { FinishedCall, PhoneEvent } from '../../../src/phone/phone-event';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { eventually } from '../../support/eventually';

const HOUR = 3_600_000;
const realNow = Date.now;
const setClock = (by: number): void => {
  Date.now = () => realNow() + by;
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Fails after a time that is far below an hour and far above what anything here takes. */
const soon = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([promise, pause(15_000).then(() => assert.fail('still pending after 15 s'))]);

describe('when the clock of the computer is set', () => {
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  const events: PhoneEvent[] = [];
  const finished: FinishedCall[] = [];

  beforeEach(async () => {
    events.length = finished.length = 0;
    microsip = new SimulatedMicrosip();
    phone = createPhone({ connection: 'simulator', timeout: 500 }, { simulated: microsip });
    phone.on('event', (event) => events.push(event));
    phone.on('finished', (one) => finished.push(one));
    await phone.open();
  });
  afterEach(async () => {
    Date.now = realNow;
    await phone.close();
    microsip.dispose();
  });

  for (const [what, by] of [
    ['back an hour', -HOUR],
    ['back a day', -24 * HOUR],
    ['forward an hour', HOUR],
  ] as const) {
    it(`${what}, commands that wait still end in time, and so do those behind them`, async () => {
      microsip.hang(3000);
      const waiting = phone.execute({ type: 'dial', number: '1001' });
      const behind = phone.execute({ type: 'app', action: 'show' });
      const outcomes = Promise.allSettled([waiting, behind]);
      await pause(50);
      setClock(by);
      for (const outcome of await soon(outcomes)) {
        if (outcome.status === 'rejected') assert.equal((outcome.reason as PhoneError).code, 'timeout');
      }
    });

    it(`${what} in a call, its length is true and no time runs backwards`, async () => {
      microsip.far.incoming({ number: '1005' });
      await eventually(() => events.find(({ event }) => event === 'incoming'));
      await phone.execute({ type: 'answer' });
      await pause(300);
      setClock(by);
      await pause(300);
      microsip.far.hangup();
      const { call } = await eventually(() => finished[0]);
      const { startTime, answerTime = NaN, endTime = NaN } = call;
      assert.ok(endTime - answerTime >= 500 && endTime - answerTime < 20_000, `${endTime - answerTime} ms`);
      assert.ok(startTime <= answerTime);
      const ofCall = events.filter((event) => event.call);
      const times = ofCall.map(({ time }) => time);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.deepEqual([...new Set(ofCall.map((event) => event.call?.startTime))], [startTime]);
    });

    it(`${what}, the calls after that are told by the clock as it is now`, async () => {
      setClock(by);
      microsip.far.incoming({ number: '1005' });
      const { call } = await eventually(() => events.find(({ event }) => event === 'incoming'));
      assert.ok(Math.abs((call?.startTime ?? 0) - Date.now()) < 20_000);
      assert.ok(Math.abs(phone.snapshot().time - Date.now()) < 20_000);
    });
  }
});
