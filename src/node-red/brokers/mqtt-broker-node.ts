import type { Node, NodeAPI } from 'node-red';

/** Who uses the connection: the node's own `mqtt in` and `mqtt out`, and ours. */
export interface BrokerNodeUser {
  /** Unique among the users. */
  id: string;
  /** Called at each change of the connection, from within it: what it throws would end Node-RED. */
  status(): void;
  /**
   * Node-RED asks it of each user of a global config node that reports an error or a status, and ends with a TypeError where it
   * is missing. @returns whether somebody took it
   */
  _flow: { handleError(): boolean; handleStatus(): boolean };
}

/** A packet as mqtt.js hands it on. */
export interface BrokerPacket {
  retain?: boolean;
}

/** As mqtt.js has it. */
export interface SubscribeOptions {
  qos: number;
  properties?: object;
}

type BrokerListener = (topic: string, payload: Buffer, packet?: BrokerPacket) => void;

/**
 * What we use of core's `mqtt-broker` node (`core/network/10-mqtt.js`), which has no published interface:
 * test/nodes/mqtt-broker-node.spec.ts holds every Node-RED to it.
 */
export interface MqttBrokerNode extends Node {
  readonly connected: boolean;
  /** The first user has it connect. */
  register(user: BrokerNodeUser): void;
  /**
   * @param done must be given
   * @param autoDisconnect whether it ends the connection when this was the last user
   */
  deregister(user: BrokerNodeUser, done: () => void, autoDisconnect: boolean): void;
  /**
   * May be called before it is connected, and holds over reconnects.
   * @param ref without one, or with one that has this topic already, messages come twice
   */
  subscribe(topic: string, options: SubscribeOptions, listener: BrokerListener, ref: string): void;
  /** By topic and ref. */
  readonly subscriptions: Record<string, Record<string, { options?: SubscribeOptions }>>;
  /** The client of mqtt.js, once there was one. `resubscribe`: also where it has this subscription already. */
  readonly client?: {
    subscribe(topics: Record<string, SubscribeOptions | true>, options: Pick<SubscribeOptions, 'properties'>): void;
    /** The connection; a socket only where MQTT is not carried by WebSocket. */
    readonly stream?: unknown;
  };
  /** @param always also where the node is set to leave subscriptions with the broker */
  unsubscribe(topic: string, ref: string, always: boolean): void;
  /** Does nothing at all, and never calls `done`, while it is not connected. Changes the message. */
  publish(
    message: { topic: string; payload: string; qos: number; retain: boolean },
    done: (error?: unknown) => void,
  ): void;
}

const USED = ['register', 'deregister', 'subscribe', 'unsubscribe', 'publish'] as const;

/** @returns undefined when there is no such node, when it is disabled, or when it is none that we can use */
export function mqttBrokerNode(RED: NodeAPI, id: unknown): MqttBrokerNode | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  // The editor's own node of this type may be another one; what counts is that it does what we use.
  const node = RED.nodes.getNode(id) as (Node & Partial<MqttBrokerNode>) | null | undefined;
  if (!node || USED.some((name) => typeof node[name] !== 'function')) return undefined;
  return node as MqttBrokerNode;
}
