import { createRequire } from 'node:module';
import helper from 'node-red-node-test-helper';
import type { NodeInitializer } from 'node-red';
import type { MqttBrokerNode } from '../../src/node-red/brokers/mqtt-broker-node';
import type { FlowNode } from './flow';

const nodeRed = require.resolve(process.env['NODE_RED_PKG'] ?? 'node-red');

/** Core's `mqtt-broker`, `mqtt in` and `mqtt out`, of the Node-RED under test. */
export const coreMqtt = createRequire(nodeRed)('@node-red/nodes/core/network/10-mqtt.js') as NodeInitializer;

/** An `mqtt-broker` node with the id `broker`. @param protocolVersion 4 is MQTT 3.1.1 */
export function brokerNode(port: number, protocolVersion: 4 | 5, more: object = {}): FlowNode {
  return {
    ...{ id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(port), clientid: '' },
    ...{ protocolVersion: String(protocolVersion), keepalive: '60', cleansession: true, autoConnect: true },
    ...more,
  };
}

/** Core tries to reconnect after 5 s, which is as good as 100 ms here. */
export function reconnectSoon(): void {
  helper.settings({ mqttReconnectTime: 100 });
}

/** What core's node has beyond what we use of it. */
export interface WholeBrokerNode extends MqttBrokerNode {
  users: Record<string, unknown>;
  brokerurl: string;
  setOptions(options: object): void;
  connect(done: () => void): void;
  disconnect(done: () => void): void;
}
