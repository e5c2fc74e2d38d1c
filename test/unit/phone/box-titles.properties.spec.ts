import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPhone } from '../../../src/create-phone';
import type { Examination } from '../../../src/doctor/findings';
import { troublesOf } from '../../../src/doctor/host/troubles';
import { doctorText } from '../../../src/doctor/program/doctor-text';
import { examinationLines } from '../../../src/doctor/report';
import { eventJson } from '../../../src/messages/event-json';
import { phoneStatus } from '../../../src/node-red/inputs/status-line';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';

/** All that breaks a line, ends a terminal's colours, turns the direction of writing, or hides. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;
const HOSTILE = [
  'MicroSIP\r\nWindows\n\u2028\u2029\u0085',
  '\u001b[2J\u001b]0;x\u0007\0\b',
  'x'.repeat(10_000),
  '\n'.repeat(9000) + 'hidden',
  '<img src=x onerror=alert(1)>&amp;"\'</script>',
  '\u202Egnp.exe\u2066\u2069\u200F',
  '\ud800',
  '\udc00\ud800',
  '\u{E0041}\u{E0042}',
  '__title__ __account__ $& $1 %s {{title}} ${process.exit(1)}',
  '__proto__',
  'status.error.config',
  ' ',
  '',
];
const title = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const SEEN: Examination = {
  ...{ program: 'C:\\MicroSIP\\MicroSIP.exe', mode: 'portable', ini: 'C:\\MicroSIP\\MicroSIP.ini', running: true },
  ...{ singleMode: false, log: { path: 'C:\\MicroSIP\\log.txt', enabled: true, exists: true }, pipe: '\\\\.\\pipe\\x' },
  ...{ script: { path: 'C:\\hook.js', state: 'current' }, hooks: [], dialPlans: [], healthy: true },
};

describe('the title of a message box, which anybody may have chosen', () => {
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;
  let events: PhoneEvent[];
  let phone: ReturnType<typeof createPhone>;
  beforeEach(async () => {
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ clock });
    phone = createPhone({ connection: 'simulator', timeout: 300 }, { simulated: microsip });
    events = [];
    phone.on('event', (event) => events.push(event));
    await phone.open();
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
  });

  it('goes on as one line that shows all it holds, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(title, async (hostile) => {
        microsip.showBox(hostile);
        await clock.pass(1100);
        const snapshot = phone.snapshot();
        assert.equal(snapshot.problem, 'blocked');
        const { problemText = 'x' } = snapshot;
        assert.ok(problemText.length <= 255 && problemText.trim() === problemText && problemText !== '');
        assert.doesNotMatch(problemText, UNSEEN);
        const last = events.at(-1) ?? assert.fail();
        const json = JSON.parse(JSON.stringify(eventJson({ phone: 'Desk', event: last }))) as Record<string, unknown>;
        assert.deepEqual([json['event'], json['problemText']], ['problem', snapshot.problemText]);
        assert.deepEqual(phoneStatus(snapshot), {
          ...{ fill: 'red', shape: 'ring', text: 'status.error.blocked', state: 'idle', code: 'blocked' },
        });
        microsip.user.closeBox();
        await clock.pass(1);
        assert.equal(phone.snapshot().problem, undefined);
      }),
      { numRuns: 200 },
    );
  });

  it('is in the sentence of a command that it keeps from working', async () => {
    for (const hostile of HOSTILE) {
      microsip.showBox(hostile);
      microsip.setReady(false);
      await clock.pass(1100);
      const refused = await clock.through(phone.execute({ type: 'dial', number: '1001' })).then(
        () => undefined,
        (error: unknown) => error as Error & { code: string },
      );
      assert.equal(refused?.code, 'blocked');
      assert.doesNotMatch(refused.message, UNSEEN);
      assert.ok(refused.message.length < 600);
      microsip.user.closeBox();
      microsip.setReady(true);
      await clock.pass(200);
    }
  });

  it("breaks no line of the doctor's, and adds none", () => {
    const lines = (boxTitle: string): string[] => {
      const troubles = troublesOf({ time: 0, presence: 'ready', rings: [], box: { title: boxTitle } });
      return examinationLines({ ...SEEN, troubles }, doctorText);
    };
    const usual = lines('MicroSIP').length;
    fc.assert(
      fc.property(title, (hostile) => {
        const seen = lines(hostile);
        assert.equal(seen.length, usual);
        for (const line of seen) {
          assert.doesNotMatch(line, UNSEEN);
          assert.ok(line.length < 800);
        }
      }),
      { numRuns: 500 },
    );
    // The host may be another program.
    const troubles = HOSTILE.map((one) => ({ code: 'blocked' as const, title: one }));
    for (const line of examinationLines({ ...SEEN, troubles }, doctorText)) assert.doesNotMatch(line, UNSEEN);
  });
});
