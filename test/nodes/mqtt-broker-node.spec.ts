import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import type { BrokerMessage } from '../../src/fleet/broker/broker-port';
import { BrokerNodePort } from '../../src/node-red/brokers/broker-node-port';
import { mqttBrokerNode } from '../../src/node-red/brokers/mqtt-broker-node';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { failsWith } from '../support/fails-with';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../support/mosquitto';
import { MqttPeer, VERSIONS } from '../support/mqtt-peer';
import { skipBecause } from '../support/skip';
import { TcpProxy } from '../support/tcp-proxy';
import { brokerNode, coreMqtt, reconnectSoon, type WholeBrokerNode } from './core-mqtt';
import { Flow, nodeSuite, type FlowNode } from './flow';

const RETAINED = { retain: true } as const;

nodeSuite("core's mqtt-broker node as a broker of the fleet", () => {
  let mosquitto: Mosquitto;
  let peer: MqttPeer;
  const ports: BrokerNodePort[] = [];
  let reported: unknown[] = [];

  before(async function () {
    const why = whyNoMosquitto();
    if (why !== undefined) return skipBecause(this, why);
    mosquitto = await startMosquitto();
    reconnectSoon();
  });
  after(() => (mosquitto as Mosquitto | undefined)?.stop());
  beforeEach(async () => {
    peer = await MqttPeer.connect(mosquitto.url);
  });
  afterEach(async () => {
    for (const port of ports.splice(0)) await port.close();
    await peer.end();
  });

  const load = (...nodes: FlowNode[]): Promise<Flow> => Flow.load(nodes, [coreMqtt]);
  const broker = (): WholeBrokerNode => helper.getNode('broker') as never;

  function open(): BrokerNodePort {
    const node = mqttBrokerNode({ nodes: helper } as never, 'broker');
    assert.ok(node);
    reported = [];
    const port = new BrokerNodePort(node, (error) => reported.push(error));
    ports.push(port);
    return port;
  }

  const connected = (port: BrokerNodePort): Promise<unknown> => eventually(() => port.connected || undefined);

  function listen(
    port: BrokerNodePort,
    filter: string,
  ): { got: BrokerMessage[]; texts: () => string[]; end: () => void } {
    const got: BrokerMessage[] = [];
    const end = port.subscribe(filter, 1, (message) => got.push(message));
    return { got, end, texts: () => got.map(({ payload }) => payload.toString()) };
  }

  for (const version of VERSIONS) {
    describe(version === 5 ? 'MQTT 5' : 'MQTT 3.1.1', () => {
      it('brings what is retained, also for what was asked for before it was connected', async () => {
        await peer.publish('m/desk/state', 'kept', RETAINED);
        await load(brokerNode(mosquitto.port, version));
        const port = open();
        assert.equal(port.connected, false);
        const { got } = listen(port, 'm/+/state');
        await eventually(() => got[0]);
        const { topic, payload, retain } = got[0] as BrokerMessage;
        assert.deepEqual([topic, payload.toString(), retain], ['m/desk/state', 'kept', true]);
      });

      it('brings each message once, also after the broker has been away', async () => {
        const own = await startMosquitto();
        try {
          await load(brokerNode(own.port, version));
          const port = open();
          const changes: boolean[] = [];
          port.onConnection((is) => changes.push(is));
          const early = listen(port, 'm/+/event');
          await connected(port);
          const late = listen(port, 'm/+/call');
          await own.restart();
          await eventually(() => (changes.length === 3 && port.connected) || undefined);
          assert.deepEqual(changes, [true, false, true]);
          const other = await MqttPeer.connect(own.url);
          await other.publish('m/desk/event', 'one');
          await other.publish('m/desk/call', 'two');
          await eventually(() => late.got[0]);
          await other.publish('m/desk/event', 'three');
          await eventually(() => early.got[1]);
          await other.end();
          assert.deepEqual([early.texts(), late.texts()], [['one', 'three'], ['two']]);
        } finally {
          await own.stop();
        }
      });

      it('brings what is retained again to who ended a subscription while the broker was away', async () => {
        const own = await startMosquitto({ persistence: true });
        try {
          const first = await MqttPeer.connect(own.url);
          for (const word of ['availability', 'state', 'info']) await first.publish(`m/desk/${word}`, word, RETAINED);
          await first.end();
          await load(brokerNode(own.port, version));
          const port = open();
          const all = ['m/+/availability', 'm/+/state', 'm/+/info'];
          let got: string[] = [];
          let ends: (() => void)[] = [];
          const subscribe = (): void => {
            got = [];
            ends = all.map((filter) => port.subscribe(filter, 1, ({ payload }) => got.push(payload.toString())));
          };
          let connects = 0;
          port.onConnection((is) => {
            connects += is ? 1 : 0;
            if (is) subscribe();
            else for (const end of ends) end();
          });
          await eventually(() => got.length === 3 || undefined);
          for (const wanted of [2, 3]) {
            await own.restart();
            await eventually(() => (connects === wanted && got.length === 3) || undefined);
            assert.deepEqual(got.sort(), ['availability', 'info', 'state']);
          }
        } finally {
          await own.stop();
        }
      });

      it("brings what is retained also where a flow's own node has subscribed to the same", async () => {
        await peer.publish('m/desk/state', 'kept', RETAINED);
        const own = { id: 'in', type: 'mqtt in', topic: 'm/+/state', qos: '2', broker: 'broker', wires: [['got']] };
        const flow = await load(brokerNode(mosquitto.port, version), own, { id: 'got', type: 'helper' });
        await flow.until('got');
        const port = open();
        await connected(port);
        const { got, texts, end } = listen(port, 'm/+/state');
        await eventually(() => got[0]);
        await peer.publish('m/desk/state', 'new', RETAINED);
        await eventually(() => got[1]);
        assert.deepEqual(texts(), ['kept', 'new']);
        end();
        await peer.publish('m/desk/state', 'newer', RETAINED);
        await flow.until('got', ({ payload }) => (payload as unknown) === 'newer');
        assert.equal(got.length, 2);
      });

      it('publishes with the quality and the retaining that are asked for', async () => {
        await load(brokerNode(mosquitto.port, version));
        const port = open();
        await connected(port);
        await peer.subscribe('m/#');
        await port.publish('m/desk/command', '{"id":"1"}', { qos: 1, retain: false });
        assert.equal((await peer.next('m/desk/command')).text, '{"id":"1"}');
        await port.publish('m/desk/kept', 'x', { qos: 1, retain: true });
        const other = await MqttPeer.connect(mosquitto.url);
        await other.subscribe('m/desk/kept');
        assert.equal((await other.next('m/desk/kept')).retain, true);
        await other.end();
      });

      it('lets no command wait for the acknowledgement of what was sent before', async () => {
        await load(brokerNode(mosquitto.port, version));
        const port = open();
        await connected(port);
        const stream = broker().client?.stream as Socket;
        assert.ok(stream instanceof Socket);
        const asked: unknown[] = [];
        stream.setNoDelay = (noDelay) => {
          asked.push(noDelay);
          return stream;
        };
        await port.publish('m/desk/command', '{"id":"1"}', { qos: 1, retain: false });
        assert.deepEqual(asked, [true]);
      });

      it('ends one subscription and leaves the others', async () => {
        await load(brokerNode(mosquitto.port, version));
        const port = open();
        await connected(port);
        const one = listen(port, 'm/+/event');
        const other = listen(port, 'm/+/event');
        one.end();
        one.end();
        await peer.publish('m/desk/event', 'x');
        await eventually(() => other.got[0]);
        assert.deepEqual(one.got, []);
        other.end();
        assert.deepEqual(broker().subscriptions, {});
      });
    });
  }

  it('says that the broker is offline where core drops a message without a word', async () => {
    await load(brokerNode(mosquitto.port, 4, { autoConnect: false }));
    const port = open();
    let done = false;
    broker().publish({ topic: 'm/x', payload: '', qos: 1, retain: false }, () => (done = true));
    await failsWith('broker_offline', port.publish('m/x', '', { qos: 1, retain: false }));
    assert.equal(done, false, 'if core says something now, it need not be asked first');
  });

  it('gives up a message that the broker has not acknowledged when it goes', async () => {
    const proxy = await TcpProxy.start(mosquitto.port);
    await load(brokerNode(proxy.port, 4));
    const port = open();
    await connected(port);
    proxy.stall();
    const sent = port.publish('m/x', '', { qos: 1, retain: false });
    proxy.cut();
    await failsWith('broker_offline', sent);
    await port.close();
    await proxy.stop();
  });

  it('tells when the connection is ended and led to another broker by a flow', async () => {
    const second = await startMosquitto();
    await load(brokerNode(mosquitto.port, 4));
    const port = open();
    const changes: boolean[] = [];
    port.onConnection((is) => changes.push(is));
    const { got } = listen(port, 'm/+/event');
    await connected(port);
    await new Promise<void>((resolve) => {
      broker().disconnect(resolve);
    });
    await eventually(() => !port.connected || undefined);
    broker().setOptions({ url: second.url });
    await new Promise<void>((resolve) => {
      broker().connect(resolve);
    });
    await eventually(() => changes.length === 3 || undefined);
    const other = await MqttPeer.connect(second.url);
    await other.publish('m/desk/event', 'from the second');
    await eventually(() => got[0]);
    assert.deepEqual([changes, got.length], [[true, false, true], 1]);
    await other.end();
    await port.close();
    await second.stop();
  });

  it('survives listeners that throw, and what the broker node itself reports', async () => {
    await load(brokerNode(mosquitto.port, 4));
    const port = open();
    port.onConnection(() => {
      throw new Error('connection');
    });
    port.subscribe('m/+/event', 1, () => {
      throw new Error('message');
    });
    await connected(port);
    const { got } = listen(port, 'm/+/event');
    await peer.publish('m/desk/event', 'x');
    await eventually(() => got[0]);
    assert.deepEqual(reported.map(String), ['Error: connection', 'Error: message']);
    broker().error('what a global config node says goes to all who use it');
    broker().status({ text: 'so does its status' });
  });

  it('ends the connection with the last of its users, and not before', async () => {
    await load(brokerNode(mosquitto.port, 4));
    const first = open();
    const second = open();
    const { got } = listen(second, 'm/+/event');
    await connected(second);
    await first.close();
    assert.equal(second.connected, true);
    await failsWith('broker_offline', first.publish('m/x', '', { qos: 1, retain: false }));
    await peer.publish('m/desk/event', 'x');
    await eventually(() => got[0]);
    await second.close();
    assert.deepEqual([broker().connected, broker().users, broker().subscriptions], [false, {}, {}]);
  });

  it('connects again for who comes while the connection is ended for the last one before', async () => {
    await load(brokerNode(mosquitto.port, 4));
    const first = open();
    await connected(first);
    const ended = first.close();
    const second = open();
    const { got } = listen(second, 'm/+/event');
    assert.equal(second.connected, false);
    await ended;
    await connected(second);
    await peer.publish('m/desk/event', 'x');
    await eventually(() => got[0]);
  });

  it("leaves the connection to the user's own nodes", async () => {
    const own = { id: 'in', type: 'mqtt in', topic: 'm/+/event', qos: '1', broker: 'broker', wires: [['got']] };
    const flow = await load(brokerNode(mosquitto.port, 4), own, { id: 'got', type: 'helper' });
    const port = open();
    const { got } = listen(port, 'm/+/event');
    await connected(port);
    await peer.publish('m/desk/event', 'first');
    await eventually(() => got[0]);
    await port.close();
    await peer.publish('m/desk/event', 'second');
    await eventually(() => flow.messages('got').length === 2 || undefined);
    assert.equal(got.length, 1);
  });

  it('is not there when it is missing, or another kind of node', async () => {
    await load({ id: 'other', type: 'helper' });
    const RED = { nodes: helper } as never;
    assert.deepEqual(
      ['none', '', undefined, 7, 'other'].map((id) => mqttBrokerNode(RED, id)),
      [undefined, undefined, undefined, undefined, undefined],
    );
  });
});
