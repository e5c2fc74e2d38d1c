import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import helper from 'node-red-node-test-helper';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import type { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { eventually } from '../support/eventually';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow } from './flow';

const CALENDAR = 'Phone feature - do not disturb while the calendar says busy';
const BUSY_NOW = 'd4d0ca1e5a000006';
const AFTER_HOURS = 'Phone feature - forward after hours';

async function phoneOf(flow: Flow): Promise<SimulatedMicrosip> {
  const { service } = flow.node('fda9d0988e6aa702') as unknown as PhoneNode;
  return eventually(() => (service.simulated?.isReady ? service.simulated : undefined));
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

function calendar(begins: number, ends: number, more = ''): string {
  return `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:${stamp(begins)}\r\nDTEND:${stamp(ends)}\r\nSUMMARY:Long\r\n er: DTSTART\r\n${more}END:VEVENT\r\nEND:VCALENDAR\r\n`;
}

nodeSuite('examples of phone features', () => {
  afterEach(() => helper.unload());

  it('calendar: is not to be disturbed during an appointment, and leaves it to who presses the button', async () => {
    const flow = await loadExample(CALENDAR);
    const microsip = await phoneOf(flow);
    const until = (on: boolean): Promise<true> => eventually(() => microsip.features.dnd === on || undefined);
    flow.send('an appointment now', {});
    await until(true);
    assert.equal(((await flow.until('features'))['features'] as { dnd?: boolean }).dnd, true);
    microsip.user.setFeature('dnd', false);
    flow.send('an appointment now', {});
    flow.send('no appointment', {});
    flow.send('an appointment now', {});
    await until(true);
    flow.send('no appointment', {});
    await until(false);
  });

  it('calendar: reads one from the network, with appointments that are over, free or cancelled', async () => {
    let answer = '';
    let status = 200;
    const server = createServer((_request, response) => {
      response.writeHead(status).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/private.ics`;
      const flow = await loadExample(CALENDAR, (nodes) => {
        setEnv(nodes, { CALENDAR: url });
      });
      const microsip = await phoneOf(flow);
      const [now, hour] = [Date.now(), 3_600_000];
      const free = [
        calendar(now - 2 * hour, now - hour),
        calendar(now + hour, now + 2 * hour),
        calendar(now - hour, now + hour, 'TRANSP:TRANSPARENT\r\n'),
        calendar(now - hour, now + hour, 'STATUS:CANCELLED\r\n'),
      ];
      let changes = 0;
      for (const one of free) {
        answer = calendar(now - hour, now + hour);
        flow.send('every 5 minutes', {});
        await eventually(() => microsip.features.dnd || undefined);
        answer = one;
        flow.send('every 5 minutes', {});
        await eventually(() => !microsip.features.dnd || undefined);
        changes += 2;
      }
      answer = calendar(now - hour, now + hour);
      status = 404;
      flow.send('every 5 minutes', {});
      await flow.until('why');
      assert.equal(flow.messages('features').length, changes);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('calendar: knows time zones, durations and days, and what is no calendar', async () => {
    const flow = await loadExample(CALENDAR);
    const microsip = await phoneOf(flow);
    const [now, hour] = [Date.now(), 3_600_000];
    const local = (ms: number, zone: string): string =>
      new Date(ms).toLocaleString('sv-SE', { timeZone: zone }).replace(/[-:]/g, '').replace(' ', 'T');
    const zoned = (zone: string, begins: number, ends: number): string =>
      `DTSTART;TZID=${zone}:${local(begins, zone)}\r\nDTEND;TZID="${zone}":${local(ends, zone)}\r\n`;
    const alarm = 'BEGIN:VALARM\r\nDURATION:P9D\r\nEND:VALARM\r\n';
    const today = new Date(now);
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      .map((one) => String(one).padStart(2, '0'))
      .join('');
    for (const [busy, event] of [
      [true, zoned('Pacific/Kiritimati', now - hour, now + hour)],
      [false, zoned('Pacific/Kiritimati', now + hour, now + 2 * hour)],
      [true, zoned('America/Los_Angeles', now - hour, now + hour)],
      [false, zoned('America/Los_Angeles', now - 2 * hour, now - hour)],
      [true, `DTSTART:${stamp(now - hour)}\r\nDURATION:PT1H30M\r\n${alarm}`],
      [false, `DTSTART:${stamp(now - hour)}\r\nDURATION:PT30M\r\n${alarm}`],
      [true, `DTSTART;VALUE=DATE:${day}\r\n`],
      [false, `DTSTART:${stamp(now - hour)}\r\n`],
      [true, `DTSTART;TZID=No Such Time:20200101T000000\r\nDTEND:20991231T000000Z\r\n`],
    ] as const) {
      flow.send(BUSY_NOW, { payload: `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${event}END:VEVENT\r\nEND:VCALENDAR\r\n` });
      await eventually(() => microsip.features.dnd === busy || undefined, 3000).catch(() =>
        assert.fail(`${String(busy)}: ${event}`),
      );
    }
    flow.send(BUSY_NOW, { payload: '<html>Please sign in</html>', statusCode: 200 });
    await flow.until('why');
    assert.equal(microsip.features.dnd, true);
  });

  it('after hours: forwards when it is closed, and tries again what did not work', async () => {
    const flow = await loadExample(AFTER_HOURS, (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '0' });
    });
    const microsip = await phoneOf(flow);
    microsip.crash();
    flow.send('every minute', {});
    assert.equal(((await flow.until('why'))['error'] as { code?: string }).code, 'not_running');
    microsip.start();
    await eventually(() => microsip.isReady || undefined);
    await eventually(() => {
      flow.send('every minute', {});
      return microsip.features.forwarding || undefined;
    });
    await eventually(() => microsip.registration.state === 'registered' || undefined);
    flow.send('somebody calls', {});
    await eventually(() => microsip.journal.details('forwarded')[0]);
    assert.deepEqual(microsip.journal.details('forwarded'), ['1009']);
  });

  it('after hours: lets it ring on a workday, and at no hour of the weekend', async () => {
    const flow = await loadExample(AFTER_HOURS, (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '24' });
    });
    const microsip = await phoneOf(flow);
    const isWorkday = ![0, 6].includes(new Date().getDay());
    microsip.user.setFeature('forwarding', isWorkday);
    flow.send('every minute', {});
    await flow.until('features');
    assert.equal(microsip.features.forwarding, !isWorkday);
  });
});
