import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogObserver } from '../../../src/observers/log/log-observer';
import type { CallObservation, Observation } from '../../../src/phone/ports/observation';
import type { Observer, ObserverHost } from '../../../src/phone/ports/observer';
import { LocalPhone } from '../../../src/phone/local-phone';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { FakeClock } from '../../support/fake-clock';
import { countingIds } from '../../support/new-tracker';
import { byThem, byUs, request, response, ScriptedLog, sdp, THEM, US } from '../observers/log/scripted-log';

/** Shows at once what the windows show of a call that is being talked on. */
class Windows implements Observer {
  report: (seen: Observation) => void = () => undefined;
  constructor(private readonly shown: Observation[]) {}
  start({ report }: ObserverHost): Promise<void> {
    this.report = report;
    for (const seen of this.shown) report(seen);
    return Promise.resolve();
  }
  refresh(): Promise<void> {
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

const at = (clock: string, day = '2026-11-22'): number => new Date(`${day}T${clock}`).getTime();
const sinceMidnight = (clock: string): number => new Date(`1970-01-01T${clock}Z`).getTime();

describe('Node-RED that is started again in the midst of a call', () => {
  let folder = '';
  let log = '';
  let phone: LocalPhone | undefined;
  let events: PhoneEvent[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'restart-in-a-call-'));
    log = join(folder, 'microsip_log.txt');
    events = [];
  });

  afterEach(async () => {
    await phone?.close();
    phone = undefined;
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  async function open(
    clock: FakeClock,
    shown: Partial<CallObservation>,
    observers = [logObserver()],
  ): Promise<LocalPhone> {
    const time = clock.now();
    const windows = new Windows([
      { type: 'presence', time, source: 'window', presence: 'ready' },
      { type: 'call', time, source: 'window', key: 'line', state: 'connected', facts: { number: '200' }, ...shown },
    ]);
    phone = new LocalPhone(
      { source: 'window', presence: 'window', observers: [windows, ...observers] },
      {
        timeout: 1_000,
        rules: { allow: [], deny: [] },
        clock,
        nextCallId: countingIds(),
        sameNumber: (one, other) => one === other,
      },
    );
    phone.on('event', (event) => events.push(event));
    await clock.through(phone.open());
    return phone;
  }

  const logObserver = (): LogObserver => new LogObserver({ path: log });

  function answered(begin: string): ScriptedLog {
    return new ScriptedLog(sinceMidnight(begin))
      .rx(request('INVITE', sdp('sendrecv')))
      .tx(response(180, 'Ringing', 'INVITE', byThem))
      .wait(4_200)
      .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('sendrecv') }))
      .rx(request('ACK', byThem));
  }

  it('learns from the log when the call began and was answered, and which way it went, before it tells of it', async () => {
    writeFileSync(log, answered('12:00:00').bytes);
    const [call] = (await open(new FakeClock(at('12:00:23.700')), {})).snapshot().calls;
    assert.equal(call?.direction, 'inbound');
    assert.equal(call.startTime, at('12:00:00'));
    assert.equal(call.answerTime, at('12:00:04.200'));
    assert.deepEqual(
      events.map(({ event, source, confidence, call: told }) => [event, source, confidence, told?.answerTime]),
      [
        ['phone_online', 'window', 'exact', undefined],
        ['incoming', 'log', 'exact', undefined],
        ['answered', 'log', 'exact', at('12:00:04.200')],
      ],
    );
  });

  it('is right about a call that began before midnight, was held and is talked on again', async () => {
    const held = { ...byUs, ...sdp('sendonly'), cseq: 7 };
    const back = { ...byUs, ...sdp('sendrecv'), cseq: 8 };
    const written = answered('23:59:50')
      .wait(3_000)
      .tx(request('INVITE', held))
      .rx(response(200, 'OK', 'INVITE', { ...held, ...sdp('recvonly') }))
      .wait(6_000)
      .tx(request('INVITE', back))
      .rx(response(200, 'OK', 'INVITE', { ...back, ...sdp('sendrecv') }));
    writeFileSync(log, written.bytes);
    const [call] = (await open(new FakeClock(at('00:00:31', '2026-11-23')), {})).snapshot().calls;
    assert.deepEqual(
      [call?.callState, call?.startTime, call?.answerTime],
      ['connected', at('23:59:50'), at('23:59:54.200')],
    );
  });

  it('is right about a call that we dialled', async () => {
    const dialled = { from: `${US};tag=ours`, to: THEM };
    const written = new ScriptedLog(sinceMidnight('12:00:00'))
      .tx(request('INVITE', { ...dialled, ...sdp('sendrecv') }))
      .wait(2_000)
      .rx(response(180, 'Ringing', 'INVITE', byUs))
      .wait(3_000)
      .rx(response(200, 'OK', 'INVITE', { ...byUs, ...sdp('sendrecv') }));
    writeFileSync(log, written.bytes);
    const [call] = (await open(new FakeClock(at('12:01:00')), {})).snapshot().calls;
    assert.deepEqual(
      [call?.direction, call?.startTime, call?.answerTime],
      ['outbound', at('12:00:00'), at('12:00:05')],
    );
  });

  it('takes back the wrong times when the log begins to tell only later', async () => {
    const clock = new FakeClock(at('12:10:00'));
    const follower = logObserver();
    const opened = await open(clock, {}, [follower]);
    assert.equal(opened.snapshot().calls[0]?.startTime, clock.now());
    writeFileSync(log, answered('12:00:00').wait(600_000).bytes);
    await clock.pass(50);
    appendFileSync(log, '12:10:00.050           pjsua_core.c  alive\r\n');
    await follower.refresh();
    const [call] = opened.snapshot().calls;
    assert.deepEqual(
      [call?.direction, call?.startTime, call?.answerTime],
      ['inbound', at('12:00:00'), at('12:00:04.200')],
    );
  });

  it('takes the time of the answer from the age that the status bar shows, when it has nothing else', async () => {
    const now = at('12:00:23.700');
    const [call] = (await open(new FakeClock(now), { answeredAt: now - 19_000 }, [])).snapshot().calls;
    assert.equal(call?.answerTime, now - 19_000);
    assert.equal(call.startTime, now - 19_000);
    assert.ok(events.filter(({ call: told }) => told).every(({ confidence }) => confidence === 'inferred'));
  });

  it('does not wait for ever for a log that cannot be read', async () => {
    const hanging = logObserver();
    Object.assign(hanging, { follower: { start: () => new Promise(() => undefined), stop: () => Promise.resolve() } });
    const opened = await open(new FakeClock(at('12:00:23')), {}, [hanging]);
    assert.equal(opened.snapshot().state, 'connected');
  });
});
