import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhone } from '../../../../src/create-phone';
import type { Phone } from '../../../../src/phone/phone';
import type { FinishedCall, PhoneEvent } from '../../../../src/phone/phone-event';
import { checkPromises } from '../../phone/tracker/promises';
import { CallLogFile, skipWithoutSqlite } from './call-log-file';
import { until } from './watching';

const HOUR = 3_600_000;
const realNow = Date.now;

describe('a call that only the call history tells of, when the clock of the computer is set', () => {
  let file: CallLogFile;
  let phone: Phone;
  let events: PhoneEvent[];
  let finished: FinishedCall[];

  before(function () {
    skipWithoutSqlite(this);
  });
  beforeEach(async () => {
    file = new CallLogFile();
    file.add('past', { info: 'Call Ended' });
    events = [];
    finished = [];
    phone = createPhone({ connection: 'observe', logFile: '', callLog: file.path }, { directory: file.folder });
    phone.on('event', (event) => events.push(event));
    phone.on('finished', (one) => finished.push(one));
    await phone.open();
    file.add('going on', { type: 1 });
    await until(() => events.some(({ event }) => event === 'incoming'));
    await sleep(2000);
  });
  afterEach(async () => {
    Date.now = realNow;
    await phone.close();
    file.remove();
  });

  for (const [what, by] of [
    ['back an hour', -HOUR],
    ['back a day', -24 * HOUR],
    ['forward an hour', HOUR],
  ] as const) {
    const set = (): void => {
      Date.now = () => realNow() + by;
    };

    it(`${what} while it is talked on, is as long as it was`, async () => {
      set();
      file.end('going on', { duration: 2, info: 'Call Ended' });
      await until(() => finished.length === 1);
      expectTwoSeconds();
    });

    it(`${what} just when it has ended, is told without waiting for that time to come again`, async () => {
      file.end('going on', { duration: 2, info: 'Call Ended' });
      await sleep(200);
      set();
      await until(() => finished.length === 1);
      expectTwoSeconds();
    });

    it(`${what}, and the next one are told`, async () => {
      file.end('going on', { duration: 2, info: 'Call Ended' });
      set();
      file.add('next', { type: 1 });
      await until(() => events.filter(({ event }) => event === 'incoming').length === 2);
      file.end('next', { duration: 0, type: 2, info: 'Missed Call' });
      await until(() => finished.length === 2);
      checkPromises(events);
    });
  }

  function expectTwoSeconds(): void {
    const { answerTime = NaN, endTime = NaN } = finished[0]?.call ?? {};
    assert.ok(Math.abs(endTime - answerTime - 2000) < 1000, `${endTime - answerTime} ms`);
    checkPromises(events);
  }
});
