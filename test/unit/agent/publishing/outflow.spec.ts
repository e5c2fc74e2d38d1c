import assert from 'node:assert/strict';
import { PublishRefused, type OpenConnection } from '../../../../src/agent/connection/open-connection';
import type { AgentLog } from '../../../../src/agent/log/agent-log';
import { Outflow, type OutgoingMessage } from '../../../../src/agent/publishing/outflow';
import { FakeClock } from '../../../support/fake-clock';

const nothing = (): void => undefined;
const log: AgentLog = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const event = (payload: string): OutgoingMessage => ({ topic: 'event', payload, retain: false });
const call = (payload: string): OutgoingMessage => ({ topic: 'call', payload, retain: false });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A connection that acknowledges only when it is told to. */
class FakeConnection {
  readonly sent: string[] = [];
  readonly window = 20;
  isOpen = true;
  close: () => void = nothing;
  readonly closed = new Promise<void>((resolve) => {
    this.close = () => {
      this.isOpen = false;
      resolve();
    };
  });
  private readonly waiting: { topic: string; done: (isHeard: boolean) => void; fail: (error: Error) => void }[] = [];

  constructor(readonly protocolVersion: 4 | 5 = 5) {}

  publish(topic: string, payload: string): Promise<boolean> {
    this.sent.push(payload);
    return new Promise((done, fail) => this.waiting.push({ topic, done, fail }));
  }

  /** @param unheard topics that nobody has subscribed to */
  acknowledge(count = this.waiting.length, unheard: readonly string[] = []): void {
    for (const { topic, done } of this.waiting.splice(0, count)) done(!unheard.includes(topic));
  }

  refuse(): void {
    this.waiting.shift()?.fail(new PublishRefused(135));
  }

  get asOpen(): OpenConnection {
    return this as unknown as OpenConnection;
  }
}

describe('what flows out of an agent', () => {
  let seq: number;
  let told: number;
  let outflow: Outflow;
  let clock: FakeClock;

  beforeEach(() => {
    [seq, told] = [0, 0];
    clock = new FakeClock();
    outflow = new Outflow({
      clock,
      log,
      state: () => {
        if (told === seq) return undefined;
        told = seq;
        return { topic: 'state', payload: `state ${seq}`, retain: true };
      },
    });
  });

  const happens = (count = 1): void => {
    for (let i = 0; i < count; i++) outflow.events.add(event(String(++seq)));
    outflow.stateChanged();
  };

  it('is never more at a time than the broker takes, in order, with the state behind the events', async () => {
    const connection = new FakeConnection();
    outflow.attach(connection.asOpen, [event('first')]);
    happens(50);
    await turn();
    assert.equal(connection.sent.length, 20);
    for (let i = 0; i < 10; i++) {
      connection.acknowledge();
      await turn();
      await turn();
    }
    const events = Array.from({ length: 50 }, (_, index) => String(index + 1));
    assert.deepEqual(connection.sent, ['first', ...events, 'state 50']);
  });

  it('begins again with what nobody has acknowledged, and loses only the oldest of more than 1000', async () => {
    const lost = new FakeConnection();
    outflow.attach(lost.asOpen, []);
    happens(5);
    await turn();
    lost.acknowledge(2);
    await turn();
    lost.close();
    await turn();
    happens(1000);
    const next = new FakeConnection();
    outflow.attach(next.asOpen, []);
    for (let i = 0; i < 200; i++) {
      next.acknowledge();
      await turn();
      await turn();
    }
    assert.deepEqual(
      next.sent.filter((text) => !text.startsWith('state')),
      Array.from({ length: 1000 }, (_, index) => String(index + 6)),
    );
    assert.equal(outflow.events.dropped, 3);
    assert.equal(next.sent.at(-1), 'state 1005');
  });

  it('does not stop at what the broker refuses', async () => {
    const connection = new FakeConnection();
    outflow.attach(connection.asOpen, []);
    happens();
    await turn();
    connection.refuse();
    await turn();
    await turn();
    connection.acknowledge();
    await outflow.idle();
    assert.deepEqual(connection.sent, ['1', 'state 1']);
  });

  describe('after a connection that was lost', () => {
    /** @returns what is attached behind one that was lost */
    const reconnected = async (protocolVersion?: 4 | 5): Promise<FakeConnection> => {
      const lost = new FakeConnection();
      outflow.attach(lost.asOpen, []);
      lost.close();
      await turn();
      happens(3);
      for (const name of ['call 1', 'call 2']) outflow.calls.add(call(name));
      const next = new FakeConnection(protocolVersion);
      outflow.attach(next.asOpen, [event('first')]);
      return next;
    };
    /** Lets the broker acknowledge all that comes in this time. */
    const acknowledge = async (connection: FakeConnection, ms: number, unheard: readonly string[]): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 100) {
        for (let round = 0; round < 6; round++) {
          connection.acknowledge(undefined, unheard);
          await turn();
          await turn();
        }
        await clock.pass(100);
      }
    };
    const of = (connection: FakeConnection, word: RegExp) => connection.sent.filter((text) => word.test(text));

    it('waits for those who listened, and then tells them all in order', async () => {
      const connection = await reconnected();
      await acknowledge(connection, 5500, ['event', 'call']);
      happens();
      assert.deepEqual([...new Set(of(connection, /^\d/))], ['1']);
      assert.deepEqual([...new Set(of(connection, /^call/))], ['call 1']);
      assert.equal(of(connection, /^1$/).length, 6);
      connection.sent.length = 0;
      await acknowledge(connection, 1000, []);
      assert.deepEqual(of(connection, /^\d/), ['1', '2', '3', '4']);
      assert.deepEqual(of(connection, /^call/), ['call 1', 'call 2']);
      assert.equal(outflow.events.length + outflow.calls.length, 0);
    });

    it('holds up no state and nothing that somebody listens to', async () => {
      const connection = await reconnected();
      await acknowledge(connection, 100, ['call']);
      assert.deepEqual(of(connection, /^(?:\d|state)/), ['1', '2', '3', 'state 3']);
      happens();
      await acknowledge(connection, 100, ['call']);
      assert.deepEqual(of(connection, /^(?:4|state 4)/), ['4', 'state 4']);
      assert.deepEqual(of(connection, /^call/), ['call 1']);
    });

    it('waits for half a minute at most', async () => {
      const connection = await reconnected();
      await acknowledge(connection, 29_000, ['event', 'call']);
      assert.equal(of(connection, /^2$/).length, 0);
      await acknowledge(connection, 3000, ['event', 'call']);
      assert.equal(outflow.events.length + outflow.calls.length, 0);
      assert.deepEqual([of(connection, /^3$/), of(connection, /^call 2/)], [['3'], ['call 2']]);
    });

    it('waits for nobody when it is to end', async () => {
      const connection = await reconnected();
      await acknowledge(connection, 2000, ['event', 'call']);
      const idle = outflow.idle();
      await acknowledge(connection, 100, ['event', 'call']);
      await idle;
      assert.deepEqual([of(connection, /^3$/), of(connection, /^call 2/)], [['3'], ['call 2']]);
    });

    it('begins to wait anew with each connection, and keeps what was under way', async () => {
      const connection = await reconnected();
      await acknowledge(connection, 2000, ['event', 'call']);
      connection.close();
      await turn();
      const next = new FakeConnection();
      outflow.attach(next.asOpen, []);
      await acknowledge(next, 28_500, ['event', 'call']);
      assert.deepEqual([...new Set(of(next, /^\d/))], ['1']);
      next.sent.length = 0;
      await acknowledge(next, 1000, []);
      assert.deepEqual(of(next, /^\d/), ['1', '2', '3']);
    });

    it('waits for nobody on MQTT 3.1.1, which does not tell', async () => {
      const connection = await reconnected(4);
      await acknowledge(connection, 100, ['event', 'call']);
      assert.deepEqual(of(connection, /^\d/), ['1', '2', '3']);
      assert.deepEqual(of(connection, /^call/), ['call 1', 'call 2']);
    });
  });

  it('waits for nobody at the first connect', async () => {
    const connection = new FakeConnection();
    happens(3);
    outflow.attach(connection.asOpen, []);
    await turn();
    connection.acknowledge(undefined, ['event']);
    await turn();
    await turn();
    assert.deepEqual(connection.sent, ['1', '2', '3', 'state 3']);
    assert.equal(outflow.events.length, 0);
  });
});
