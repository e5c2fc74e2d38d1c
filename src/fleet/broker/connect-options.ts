import { readFile } from 'node:fs/promises';
import type { IClientOptions } from 'mqtt';
import type { BrokerSettings } from '../../settings/broker-settings';

/** s; a connection that is half open is noticed within 1.5 times that, on both sides. */
const KEEPALIVE = 10;

/** As whom somebody connects. */
export interface ClientIdentity {
  clientId: string;
  username?: string | undefined;
  password?: string | undefined;
}

export interface ConnectOptions extends ClientIdentity {
  protocolVersion: 4 | 5;
  /** ms until the broker has to have taken us */
  connectTimeout: number;
  /** Sent by the broker, retained, when the connection is lost. */
  will?: { topic: string; payload: string } | undefined;
}

/**
 * The options of mqtt.js. Files of certificates are read at each connection, so that renewed ones are used.
 * @throws an error of Node.js for a file that cannot be read
 */
export async function connectOptions(broker: BrokerSettings, options: ConnectOptions): Promise<IClientOptions> {
  const { clientId, protocolVersion, connectTimeout, will } = options;
  const username = options.username ?? broker.username;
  const password = options.password ?? (options.username === undefined ? broker.password : undefined);
  const [ca, cert, key] = await Promise.all([broker.ca, broker.cert, broker.key].map(contentOf));
  return {
    clientId,
    protocolVersion,
    connectTimeout,
    keepalive: KEEPALIVE,
    clean: true,
    ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 0 } }),
    // A connection is made anew instead: mqtt.js would send what is left of the last one before anybody is asked.
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
  };
}

async function contentOf(path: string | undefined): Promise<Buffer | undefined> {
  return path === undefined ? undefined : readFile(path);
}
