import assert from 'node:assert/strict';
import { LocalPhone } from '../../../src/phone/local-phone';
import type { PhoneMemory } from '../../../src/phone/phone-memory';
import type { Observer, ObserverHost, ObserverMemories } from '../../../src/phone/ports/observer';
import { FakeClock } from '../../support/fake-clock';
import { countingIds } from '../../support/new-tracker';

/** An observer that leaves what it was left, and one more. */
class Counting implements Observer {
  left: unknown;
  private count = 0;
  constructor(private readonly name: string) {}

  start({ remembered }: ObserverHost): Promise<void> {
    this.left = remembered(this.name);
    this.count = typeof this.left === 'number' ? this.left + 1 : 1;
    return Promise.resolve();
  }
  refresh(): Promise<void> {
    return Promise.resolve();
  }
  stop(): Promise<void> {
    this.count = 0;
    return Promise.resolve();
  }
  memory(): ObserverMemories {
    return { [this.name]: this.count };
  }
}

describe('what the observers of a phone leave', () => {
  let window: Counting;
  let status: Counting;
  let phones: LocalPhone[];

  beforeEach(() => {
    phones = [];
  });
  afterEach(async () => {
    for (const phone of phones) await phone.close();
  });

  function newPhone(memory?: PhoneMemory): LocalPhone {
    [window, status] = [new Counting('window'), new Counting('status')];
    const phone = new LocalPhone(
      { source: 'window', observers: [window, status] },
      {
        timeout: 1000,
        rules: { allow: [], deny: [] },
        clock: new FakeClock(),
        nextCallId: countingIds(),
        sameNumber: (one, other) => one === other,
        memory,
      },
    );
    phones.push(phone);
    return phone;
  }

  it('is handed to each of those that take their places, as plain data', async () => {
    const first = newPhone();
    await first.open();
    assert.deepEqual([window.left, status.left], [undefined, undefined]);
    const memory = JSON.parse(JSON.stringify(first.memory())) as PhoneMemory;
    await first.close();
    const second = newPhone(memory);
    await second.open();
    assert.deepEqual([window.left, status.left], [1, 1]);
    assert.deepEqual(second.memory().observers, { window: 2, status: 2 });
  });

  it('is not lost on a phone that is closed, or was never opened', async () => {
    const first = newPhone();
    await first.open();
    await first.close();
    assert.deepEqual(first.memory().observers, { window: 1, status: 1 });
    assert.deepEqual(newPhone(first.memory()).memory().observers, { window: 1, status: 1 });
  });

  it('is there when the same phone is opened again', async () => {
    const phone = newPhone();
    await phone.open();
    await phone.close();
    await phone.open();
    assert.deepEqual([window.left, status.left], [1, 1]);
  });

  it('is nothing to a phone that begins afresh', async () => {
    await newPhone().open();
    await newPhone().open();
    assert.deepEqual([window.left, status.left], [undefined, undefined]);
  });
});
