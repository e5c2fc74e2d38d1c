import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { Command } from '../../../src/phone/commands/command';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import type { Phone } from '../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';

const HOUR = 3_600_000;
/** ms in which all that is in the log has been read */
const LOG_READ = 150;

/** What happened, each with how many ms after the beginning: `200 event answered 1005`. */
type Story = string[];

/** A phone and its MicroSIP at whose computer the clock may be set before any step of the story. */
class Stage {
  readonly story: Story = [];
  /** What the log told: when, depends on how often it is looked at. */
  readonly inLog: Story = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'clock-set-'));
  private readonly log = join(this.folder, 'microsip_log.txt');
  readonly microsip: SimulatedMicrosip;
  readonly phone: Phone;
  /** Knows only what the log tells. */
  private readonly observing: Phone;
  private readonly began: number;

  constructor(readonly clock: FakeClock) {
    this.began = clock.monotonic();
    this.microsip = new SimulatedMicrosip({ clock, traces: { log: this.log } });
    this.phone = createPhone(
      { connection: 'simulator', timeout: 700, dialsPerSecond: 1, dialsPerMinute: 4 },
      { simulated: this.microsip },
    );
    this.observing = createPhone(
      { connection: 'observe', logFile: this.log, callLog: '', hooks: false },
      { clock, directory: this.folder },
    );
    this.phone.on('event', ({ event, call }) => {
      this.tell('event', event, call?.number ?? '');
    });
    this.phone.on('finished', ({ call }) => {
      const { startTime, answerTime = NaN, endTime = NaN } = call;
      this.tell('finished', call.number ?? '', `rang ${answerTime - startTime}, talked ${endTime - answerTime}`);
    });
    this.phone.on('problem', ({ code }) => {
      this.tell('problem', code);
    });
    this.observing.on('event', (happened) => {
      if (happened.call) this.inLog.push(`${happened.event} ${happened.call.number ?? ''}`);
      if (happened.event === 'registration') this.inLog.push(`registration ${happened.registration.state}`);
    });
    this.observing.on('finished', ({ call: { startTime, answerTime, endTime = NaN } }) => {
      this.inLog.push(`after ${Math.round((endTime - (answerTime ?? startTime)) / 100)} tenths of a second`);
    });
  }

  async open(): Promise<void> {
    // A file is dated by the clock of the computer that runs the test, which may say anything.
    const written = this.clock.wall() / 1000;
    utimesSync(this.log, written, written);
    await this.clock.through(Promise.all([this.phone.open(), this.observing.open()]));
  }

  async end(): Promise<void> {
    await Promise.all([this.phone.close(), this.observing.close()]);
    this.microsip.dispose();
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }

  tell(...words: string[]): void {
    this.story.push([this.clock.monotonic() - this.began, ...words].join(' '));
  }

  async command(command: Command): Promise<void> {
    const result = this.phone.execute(command).then(
      ({ verified }) => (verified === false ? 'unverified' : 'done'),
      (error: unknown) => (error instanceof PhoneError ? error.messageKey : String(error)),
    );
    this.tell('result', command.type, await this.clock.through(result));
  }
}

type Step = (stage: Stage) => Promise<void>;
const pass =
  (ms: number): Step =>
  ({ clock }) =>
    clock.pass(ms);
const command =
  (given: Command): Step =>
  (stage) =>
    stage.command(given);
const play =
  (act: (microsip: SimulatedMicrosip) => unknown): Step =>
  async ({ clock, microsip }) => {
    act(microsip);
    await clock.pass(1);
  };

const STEPS: Step[] = [
  (stage) => stage.open(),
  play(({ far }) => far.incoming({ number: '1005' })),
  pass(1200),
  command({ type: 'answer' }),
  pass(3000),
  command({ type: 'dtmf', digits: '0123456789ABCD*#,,55' }),
  command({ type: 'dtmf', digits: '0123456789' }),
  command({ type: 'dtmf', digits: '#' }),
  // What a person types is more than MicroSIP can play while it still plays what the phone has sent.
  play((microsip) => microsip.copyData(2, `/dtmf:${'1'.repeat(20)}\0`)),
  pass(2000),
  play((microsip) => microsip.copyData(2, `/dtmf:${'2'.repeat(20)}\0`)),
  pass(8000),
  command({ type: 'hold', action: 'hold' }),
  pass(500),
  command({ type: 'hold', action: 'resume' }),
  play(({ far }) => {
    far.hangup();
  }),
  command({ type: 'dial', number: '1001,,12' }),
  play(({ far }) => {
    far.ring();
  }),
  command({ type: 'dial', number: '1002' }),
  play(({ far }) => {
    far.answer();
  }),
  pass(4000),
  command({ type: 'hangup', scope: 'all' }),
  command({ type: 'dial', number: '1003' }),
  command({ type: 'dial', number: '1004' }),
  pass(2000),
  play((microsip) => {
    microsip.hang(3000);
  }),
  play((microsip) => {
    microsip.hang(500);
  }),
  command({ type: 'audio', device: 'speaker', action: 'mute' }),
  pass(3000),
  play(({ far }) => {
    far.busy();
  }),
  command({ type: 'message', number: '1001', text: 'a' }),
  command({ type: 'message', number: '1001', text: 'b' }),
  play((microsip) => {
    microsip.restart();
  }),
  pass(61_000),
  command({ type: 'dial', number: '1001' }),
  play((microsip) => {
    microsip.crash();
  }),
  pass(5000),
];

/**
 * @param set how far (ms) the clock is set before which step
 * @param pause ms between the end of the step before and that
 */
async function told(
  set: ReadonlyMap<number, number> = new Map(),
  { pause = LOG_READ, clock = new FakeClock() } = {},
): Promise<Story> {
  const stage = new Stage(clock);
  try {
    for (const [index, step] of STEPS.entries()) {
      await stage.clock.pass(pause);
      stage.clock.set(set.get(index) ?? 0);
      await step(stage);
    }
    await stage.clock.pass(LOG_READ);
    for (const action of ['dtmf', 'dropped'] as const) stage.tell(action, ...stage.microsip.journal.details(action));
    return [...stage.story, ...stage.inLog];
  } finally {
    await stage.end();
  }
}

/** Half of the steps; the other half belongs to the other direction, since each costs a whole story. */
const everyOther = (odd: 0 | 1): number[] => [...STEPS.keys()].filter((index) => index % 2 === odd);

describe('the clock of the computer, set', function () {
  // Each story reads a real file after each step: on a busy machine ten times as long as on a quiet one.
  this.timeout(240_000);
  let expected: Story;
  before(async () => {
    expected = await told();
  });

  it('(the story is one in which calls begin and end, digits wait, and commands fail in time)', () => {
    const kinds = expected.map((line) => line.replace(/^\d+ /, ''));
    for (const line of [
      'event answered 1005',
      'event held 1005',
      'held 1005',
      'result message error.refused.rate',
      'result audio error.timeout.default',
      'event phone_offline ',
    ]) {
      assert.ok(kinds.includes(line), `${line} is not in\n${expected.join('\n')}`);
    }
  });

  for (const [what, by, odd] of [
    ['back an hour', -HOUR, 0],
    ['forward an hour', HOUR, 1],
  ] as const) {
    it(`${what}, changes no deadline, no duration and no order, whenever it is set`, async () => {
      for (const index of everyOther(odd)) {
        assert.deepEqual(await told(new Map([[index, by]])), expected, `set before step ${index}`);
      }
    });
  }

  describe('between two lines of the log that are read at once', () => {
    let hurried: Story;
    before(async () => {
      hurried = await told(new Map(), { pause: 0 });
    });

    for (const [what, by, odd] of [
      ['back', -HOUR, 1],
      ['forward', HOUR, 0],
    ] as const) {
      it(`${what} an hour, changes nothing either`, async () => {
        for (const index of everyOther(odd)) {
          assert.deepEqual(await told(new Map([[index, by]]), { pause: 0 }), hurried, `set before step ${index}`);
        }
      });
    }
  });

  for (const [what, at] of [
    ['begins', Date.UTC(2026, 2, 29, 0, 59, 50)],
    ['ends', Date.UTC(2026, 9, 25, 0, 59, 50)],
  ] as const) {
    it(`as summer time ${what}, changes nothing either`, async () => {
      const { TZ } = process.env;
      process.env.TZ = 'Europe/Berlin';
      try {
        assert.deepEqual(await told(new Map(), { clock: new FakeClock(at) }), expected);
      } finally {
        if (TZ === undefined) delete process.env.TZ;
        else process.env.TZ = TZ;
      }
    });
  }

  it('back a day in a call, changes nothing either', async () => {
    assert.deepEqual(await told(new Map([[4, -24 * HOUR]])), expected);
  });

  it('back and forth all the time, changes nothing either', async () => {
    const set = new Map([...STEPS.keys()].map((index) => [index, index % 2 === 0 ? HOUR : -HOUR] as const));
    assert.deepEqual(await told(set), expected);
  });
});
