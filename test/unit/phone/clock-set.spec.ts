import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Command } from '../../../src/phone/commands/command';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';

const HOUR = 3_600_000;

/** What happened, each with how many ms after the beginning: `200 event answered 1005`. */
type Story = string[];

/** A phone and its MicroSIP at whose computer the clock may be set before any step of the story. */
class Stage {
  readonly story: Story = [];
  readonly clock = new FakeClock();
  readonly microsip = new SimulatedMicrosip({ clock: this.clock });
  readonly phone = createPhone(
    { connection: 'simulator', timeout: 700, dialsPerSecond: 1, dialsPerMinute: 4 },
    { simulated: this.microsip },
  );
  private readonly began = this.clock.monotonic();

  constructor() {
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
  ({ clock, phone }) => clock.through(phone.open()),
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

/** @param set how far (ms) the clock is set before which step */
async function told(set: ReadonlyMap<number, number> = new Map()): Promise<Story> {
  const stage = new Stage();
  try {
    for (const [index, step] of STEPS.entries()) {
      stage.clock.set(set.get(index) ?? 0);
      await step(stage);
    }
    for (const action of ['dtmf', 'dropped'] as const) stage.tell(action, ...stage.microsip.journal.details(action));
    return stage.story;
  } finally {
    await stage.phone.close();
    stage.microsip.dispose();
  }
}

describe('the clock of the computer, set', () => {
  let expected: Story;
  before(async () => {
    expected = await told();
  });

  it('(the story is one in which calls begin and end, digits wait, and commands fail in time)', () => {
    const kinds = expected.map((line) => line.replace(/^\d+ /, ''));
    for (const line of [
      'event answered 1005',
      'event held 1005',
      'result message error.refused.rate',
      'result audio error.timeout.default',
      'event phone_offline ',
    ]) {
      assert.ok(kinds.includes(line), `${line} is not in\n${expected.join('\n')}`);
    }
  });

  for (const [what, by] of [
    ['back an hour', -HOUR],
    ['forward an hour', HOUR],
    ['back a day', -24 * HOUR],
  ] as const) {
    it(`${what}, changes no deadline, no duration and no order, whenever it is set`, async () => {
      for (const index of STEPS.keys()) {
        assert.deepEqual(await told(new Map([[index, by]])), expected, `set before step ${index}`);
      }
    });
  }

  it('back and forth all the time, changes nothing either', async () => {
    const set = new Map([...STEPS.keys()].map((index) => [index, index % 2 === 0 ? HOUR : -HOUR] as const));
    assert.deepEqual(await told(set), expected);
  });
});
