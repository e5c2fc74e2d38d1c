// The Node-RED that is measured: `node-red-process.js USERDIR`. What its flow tells goes to the process that started it.
import { createServer } from 'node:http';
import { join } from 'node:path';
import nodeRed from 'node-red';
import type { Arrived, Asked, Told } from './messages';
import { moment } from './moment';
import { ownUsage } from './usage';

/** ms */
const TELL_EVERY = 250;

interface FleetMessage {
  topic?: string;
  phone?: string;
  payload?: unknown;
  error?: unknown;
  order?: string;
}

let arrived: Arrived[] = [];
let order: ((msg: object) => void) | undefined;
const sent = new Map<string, number>();

const tell = (told: Told): void => {
  process.send?.(told);
};

setInterval(() => {
  if (arrived.length > 0) tell({ type: 'arrived', events: arrived });
  arrived = [];
}, TELL_EVERY).unref();

function take({ topic = '', phone = '', payload, error, order: id }: FleetMessage): void {
  const at = moment();
  if (id !== undefined) {
    tell({ type: 'answered', command: id, ms: at - (sent.get(id) ?? NaN), ok: !error });
    sent.delete(id);
  } else if (topic === 'fleet/phones') {
    const rows = payload as { online: boolean; state: string }[];
    tell({ type: 'online', phones: rows.filter(({ online, state }) => online && state !== 'offline').length });
  } else {
    const { event = '', number = '' } = payload as { event?: string; number?: string };
    arrived.push([phone, event, number, at]);
  }
}

process.on('message', (asked: Asked) => {
  if (asked.type === 'stop') process.exit();
  else if (asked.type === 'usage') tell({ type: 'usage', usage: ownUsage() });
  else if (asked.type === 'online') order?.({ payload: '' });
  else if (asked.type === 'command') {
    sent.set(asked.id, moment());
    order?.({ order: asked.id, phone: asked.phone, payload: asked.payload });
  }
});

const RED = nodeRed as unknown as { init(server: unknown, settings: object): void; start(): Promise<void> };
RED.init(createServer(), {
  userDir: process.argv[2],
  httpAdminRoot: false,
  httpNodeRoot: false,
  flowFile: 'flows.json',
  nodesDir: [join(__dirname, '../..')],
  externalModules: { palette: { denyList: ['@flowfuse/*'] } },
  telemetry: { enabled: false, updateNotification: false },
  functionGlobalContext: {
    bench: {
      take,
      onOrder: (send: (msg: object) => void) => {
        order = send;
        tell({ type: 'ready' });
      },
    },
  },
  logging: { console: { level: 'error' } },
});
void RED.start();
