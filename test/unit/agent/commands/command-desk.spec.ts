import assert from 'node:assert/strict';
import { CommandDesk } from '../../../../src/agent/commands/command-desk';
import type { CommandResult } from '../../../../src/phone/commands/command';
import { FakeClock } from '../../../support/fake-clock';

interface Answered {
  id: string;
  ok: boolean;
  error?: { code: string; key: string };
}

/** Of these so many are under way at a time. */
const MOST = 200;

describe('the desk where commands from the broker arrive', () => {
  let clock: FakeClock;
  let answers: Answered[];
  let begun: { number: unknown; validFor: number | undefined }[];
  let finish: ((result: CommandResult) => void)[];
  let logged: string[];
  let desk: CommandDesk;

  beforeEach(() => {
    clock = new FakeClock();
    answers = [];
    begun = [];
    finish = [];
    logged = [];
    const note = (event: string) => logged.push(event);
    desk = new CommandDesk({
      base: 'microsip',
      phone: 'desk-1',
      session: 's1',
      mayBeOld: () => false,
      clock,
      log: { debug: note, info: note, warn: note, error: note },
      execute: (command, validFor) => {
        begun.push({ number: 'number' in command ? command.number : undefined, validFor });
        return new Promise((resolve) => finish.push(resolve));
      },
      simulate: () => Promise.resolve({}),
      republish: () => undefined,
      answer: ({ payload }) => answers.push(JSON.parse(payload) as Answered),
      answerWait: () => 0,
    });
  });

  const take = (id: string, more: object = {}): void => {
    const command = { id, type: 'dial', number: id, ts: clock.wall(), ttl: 10, ...more };
    void desk.take({ payload: Buffer.from(JSON.stringify(command)), retain: false });
  };
  const finishAll = async (): Promise<void> => {
    for (const end of finish.splice(0)) end({ callId: 'c' });
    await clock.pass(0);
  };
  const keys = (id: string) => answers.filter((one) => one.id === id).map(({ error }) => error?.key ?? 'ok');

  it('says for how long each may still be begun', () => {
    take('a', { ts: clock.wall() - 4000 });
    take('b', { ts: undefined, ttl: undefined, session: 's1' });
    assert.deepEqual(
      begun.map(({ validFor }) => validFor),
      [6000, undefined],
    );
  });

  it('refuses what is more than can be under way, and says the same when it comes again', async () => {
    for (let number = 0; number <= MOST; number += 1) take(String(number));
    await clock.pass(0);
    assert.deepEqual(keys(String(MOST)), ['error.refused.too_many']);
    await finishAll();
    take(String(MOST));
    await clock.pass(0);
    assert.deepEqual(keys(String(MOST)), ['error.refused.too_many', 'error.refused.too_many']);
    assert.equal(begun.length, MOST);
  });

  it('does not say of a command that it was not begun when it was', async () => {
    take('done');
    await finishAll();
    for (let number = 0; number < MOST; number += 1) take(String(number));
    take('done');
    take('0');
    await clock.pass(0);
    assert.deepEqual([keys('done'), keys('0')], [['ok', 'ok'], []]);
    await finishAll();
    assert.deepEqual(keys('0'), ['ok', 'ok']);
  });

  it('answers no storm with a storm, which would push out what it knows of others', async () => {
    take('done');
    await finishAll();
    for (let number = 0; number < 20_000; number += 1) take(`storm-${number}`);
    await clock.pass(0);
    assert.ok(answers.length > 1 && answers.length <= 1001, `${answers.length} answers`);
    await clock.pass(10_000);
    assert.ok(logged.includes('commands_dropped'));
    take('later');
    take('done');
    await clock.pass(0);
    assert.deepEqual([keys('later'), keys('done')], [['error.refused.too_many'], ['ok', 'ok']]);
    await finishAll();
    assert.equal(begun.length, 1 + MOST);
  });
});
