// Several phones of a fleet in one agent: `agent-process.js URL FIRST COUNT DIRECTORY`, with calls that come and go by themselves.
import { join } from 'node:path';
import type * as agents from '../../src/agent/agent';
import type * as simulator from '../../src/simulator/simulated-microsip';
import { phoneId } from './calls';
import type { Asked, Played, Told } from './messages';
import { Player } from './player';
import { ownUsage } from './usage';

const DIST = join(__dirname, '../../dist/src');
/* eslint-disable @typescript-eslint/no-require-imports -- what is measured is what is shipped */
const { startAgent } = require(join(DIST, 'agent/agent.js')) as typeof agents;
const { SimulatedMicrosip } = require(join(DIST, 'simulator/simulated-microsip.js')) as typeof simulator;
/* eslint-enable @typescript-eslint/no-require-imports */

/** ms */
const TELL_EVERY = 250;

const [url = '', first = '', count = '', directory = ''] = process.argv.slice(2);
const phones = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
const microsips = new Map(phones.map((phone) => [phoneId(phone), new SimulatedMicrosip()]));
let played: Played[] = [];
const players = phones.map((phone) => new Player(phone, microsipOf(phone), (step) => played.push(step)));

const tell = (told: Told): void => {
  process.send?.(told);
};
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (event: string, fields: object = {}) => {
    console.error(event, JSON.stringify(fields));
  },
  error: (event: string, fields: object = {}) => {
    console.error(event, JSON.stringify(fields));
  },
};

async function main(): Promise<void> {
  const agent = await startAgent(
    {
      broker: { url },
      base: 'microsip',
      homeAssistant: false,
      mask: false,
      lastCall: true,
      hostAndUser: true,
      phones: phones.map((phone) => ({
        id: phoneId(phone),
        groups: [phone % 2 === 0 ? 'sales' : 'support'],
        phone: { name: `Desk ${phone}`, connection: 'simulator' },
      })),
    },
    { log, directory, simulated: (id) => microsips.get(id) },
  );
  setInterval(() => {
    if (played.length > 0) tell({ type: 'played', steps: played });
    played = [];
  }, TELL_EVERY);
  process.on('message', (asked: Asked) => {
    if (asked.type === 'play') {
      for (const [index, player] of players.entries())
        if (Number(first) + index < asked.phones) player.begin(1000 / asked.eventsPerSecond);
    }
    if (asked.type === 'rest') for (const player of players) player.end();
    else if (asked.type === 'usage') tell({ type: 'usage', usage: ownUsage() });
    else if (asked.type === 'stop') void agent.stop().then(() => process.exit());
  });
  tell({ type: 'ready' });
}

function microsipOf(phone: number): simulator.SimulatedMicrosip {
  const microsip = microsips.get(phoneId(phone));
  if (!microsip) throw new Error(`There is no phone ${phone}`);
  return microsip;
}

void main();
