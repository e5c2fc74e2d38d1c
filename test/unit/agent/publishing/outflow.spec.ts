import assert from 'node:assert/strict';
import { PublishRefused, type OpenConnection } from '../../../../src/agent/connection/open-connection';
import type { AgentLog } from '../../../../src/agent/log/agent-log';
import { Outflow, type OutgoingMessage } from '../../../../src/agent/publishing/outflow';
import { FakeClock } from '../../../support/fake-clock';

const nothing = (): void => undefined;
const log: AgentLog = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const event = (payload: string): OutgoingMessage => ({ topic: 'event', payload, retain: false });
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
  private readonly waiting: { done: () => void; fail: (error: Error) => void }[] = [];

  publish(_topic: string, payload: string): Promise<void> {
    this.sent.push(payload);
    return new Promise((done, fail) => this.waiting.push({ done, fail }));
  }

  acknowledge(count = this.waiting.length): void {
    for (const { done } of this.waiting.splice(0, count)) done();
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

  beforeEach(() => {
    [seq, told] = [0, 0];
    outflow = new Outflow({
      clock: new FakeClock(),
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
});
