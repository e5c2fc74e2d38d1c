import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'mqtt';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';
import { TcpProxy } from '../../support/tcp-proxy';
import { allDone, assertComplete, dialled, events, online, seqs } from './told';

const TOPIC = 'microsip/desk-1';
/** Of state and events after the broker is back; the promise is 5 s. */
const RECOVERY = 5000;

describe('a broker that is killed and comes back', () => {
  // It has forgotten all that was retained, and whom it knew.
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  /** The agent's way to the broker: open only when the test is there to see what it says first. */
  let proxy: TcpProxy;

  beforeEach(async () => {
    proxy = await TcpProxy.start(mosquitto().port);
    await agents.start({ broker: { url: proxy.url } });
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await proxy.stop();
  });

  async function watch(): Promise<MqttPeer> {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    return peer;
  }

  async function kill(): Promise<void> {
    await mosquitto().kill();
    await proxy.stop();
  }

  async function comeBack(): Promise<MqttPeer> {
    await mosquitto().restart();
    const peer = await watch();
    await proxy.reopen();
    return peer;
  }

  /** So many calls that nobody answers, each with its begin and its end. */
  function missedCalls(count: number): void {
    const { far } = agents.microsip('desk-1');
    for (let index = 0; index < count; index += 1) {
      far.incoming({ number: `+4930${10_000 + index}` });
      far.hangup();
    }
  }

  it('gets each event once and in order, all calls, and how the phone stands', async () => {
    const before = await watch();
    await online(before);
    missedCalls(1);
    await before.next(`${TOPIC}/call`);
    await eventually(() => (events(before).at(-1)?.event === 'ended' ? true : undefined));
    await kill();
    missedCalls(60);
    agents.microsip('desk-1').far.incoming({ number: '+49309' });
    await sleep(2000);
    const after = await comeBack();
    const isRight = (text: string) => text.includes('"state":"ringing"') && text.includes('"missedToday":61');
    await after.next(`${TOPIC}/state`, ({ text }) => isRight(text), RECOVERY);
    await eventually(() => (events(after).length >= 121 ? true : undefined));
    await eventually(() => (after.on(`${TOPIC}/call`).length >= 60 ? true : undefined));
    await after.settled();
    assertComplete([...seqs(before), ...seqs(after)]);
    assert.equal(events(after).length, 121);
    const calls = after.json(`${TOPIC}/call`).map(({ number }) => number);
    assert.deepEqual(
      calls,
      Array.from({ length: 60 }, (_, index) => `+4930${10_000 + index}`),
    );
    for (const name of ['availability', 'state', 'info', 'last_call'])
      assert.ok(after.on(`${TOPIC}/${name}`).length > 0);
  });

  it('gets the newest thousand events, and can tell that some are missing', async () => {
    const before = await watch();
    await online(before);
    await allDone(before);
    const last = seqs(before).at(-1) ?? 0;
    await kill();
    missedCalls(600);
    await sleep(500);
    const after = await comeBack();
    await after.next(`${TOPIC}/state`, ({ text }) => text.includes('"missedToday":600'), RECOVERY);
    await eventually(() => (events(after).length >= 1000 ? true : undefined));
    await after.settled();
    const numbers = seqs(after);
    assertComplete(numbers);
    assert.equal(numbers.length, 1000);
    assert.equal(numbers.at(-1), last + 1200);
    const state = JSON.parse(after.on(`${TOPIC}/state`).at(-1)?.text ?? '') as { seq: number; state: string };
    assert.deepEqual([state.seq, state.state], [last + 1200, 'idle']);
  });

  it('delivers no command that waited for it too long', async () => {
    const before = await watch();
    await online(before);
    const sender = connect(mosquitto().url, { reconnectPeriod: 200 });
    try {
      await eventually(() => (sender.connected ? true : undefined));
      await kill();
      await eventually(() => (sender.connected ? undefined : true));
      // Kept by the sender's library until there is a broker again.
      const command = { id: 'kept', ts: Date.now(), ttl: 1, type: 'dial', number: '1001' };
      const sent = sender.publishAsync(`${TOPIC}/command`, JSON.stringify(command), { qos: 1 });
      sent.catch(() => undefined);
      await sleep(1500);
      await mosquitto().restart();
      const after = await watch();
      await sent;
      await proxy.reopen();
      await online(after);
      await sender.publishAsync(`${TOPIC}/command`, JSON.stringify(command), { qos: 1 });
      assert.equal((await after.answer('desk-1', 'kept')).error?.code, 'expired_command');
      await allDone(after);
      assert.deepEqual(dialled(after), []);
    } finally {
      await sender.endAsync(true);
    }
  });
});
