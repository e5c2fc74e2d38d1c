import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DESKS } from './desks.mjs';

/**
 * @typedef {import('./desks.mjs').Desk} Desk
 * @typedef {{ type: string, [field: string]: unknown }} Command
 */

const BASE = 'microsip';
/** s, from and to */
const FIRST_CALLS = { from: 3, to: 25 };
const BETWEEN_CALLS = { from: 8, to: 45 };
const RINGING = { from: 3, to: 12 };
const TALKING = { from: 10, to: 70 };
const ON_HOLD = { from: 4, to: 12 };

/** Numbers of Berlin that are for films, and nobody's. */
const FIRST_NUMBER = '+493023125';
const CALLERS = ['Alonzo Church', 'Barbara Liskov', 'Edsger Dijkstra', 'Emmy Noether', 'Frances Allen', 'Tony Hoare'];

/**
 * People at their desks and their callers: calls that come and go by themselves, as soon as all desks are there. All of it is
 * commands over the broker, as anybody may send them.
 * @param {string} url
 * @returns {Promise<void>} resolves when the broker is there
 */
export async function openOffice(url) {
  // There is none in a fresh clone.
  const { connect } = await import('mqtt');
  const client = connect(url, { reconnectPeriod: 500 });
  const missing = new Set(DESKS.map(({ id }) => `${BASE}/${id}/availability`));
  client.on('error', () => undefined);
  client.on('connect', () => client.subscribe([...missing], { qos: 1 }));
  client.on('message', (topic, payload) => {
    if (payload.toString() !== 'online' || !missing.delete(topic) || missing.size > 0) return;
    for (const [index, desk] of DESKS.entries())
      void work(desk, index === 0 ? 0 : seconds(FIRST_CALLS), (to, text) => client.publish(to, text, { qos: 1 }));
  });
  await new Promise((resolve) => client.once('connect', resolve));
}

/**
 * @param {Desk} desk
 * @param {number} first ms until its first call
 * @param {(topic: string, payload: string) => unknown} publish
 */
async function work({ id }, first, publish) {
  /** @param {Command} command */
  const send = (command) => {
    publish(`${BASE}/${id}/command`, JSON.stringify({ id: randomUUID(), ts: Date.now(), ttl: 10, ...command }));
  };
  await wait(first);
  for (;;) {
    await (Math.random() < 0.65 ? callComes(send) : callGoes(send));
    await wait(seconds(BETWEEN_CALLS));
  }
}

/** @param {(command: Command) => void} send */
async function callComes(send) {
  send({
    type: 'simulate',
    action: 'incoming',
    number: someNumber(),
    ...(Math.random() < 0.6 && { name: someCaller() }),
  });
  await wait(seconds(RINGING));
  if (Math.random() < 0.2) send({ type: 'simulate', action: 'hangup' });
  else {
    send({ type: 'answer' });
    await talk(send);
  }
}

/** @param {(command: Command) => void} send */
async function callGoes(send) {
  send({ type: 'dial', number: someNumber() });
  await wait(1000);
  send({ type: 'simulate', action: 'ring' });
  await wait(seconds(RINGING));
  const luck = Math.random();
  if (luck < 0.1) send({ type: 'simulate', action: 'busy' });
  else if (luck < 0.25) send({ type: 'hangup', scope: 'dialing' });
  else {
    send({ type: 'simulate', action: 'answer' });
    await talk(send);
  }
}

/** @param {(command: Command) => void} send */
async function talk(send) {
  await wait(seconds(TALKING));
  if (Math.random() < 0.25) {
    send({ type: 'hold', action: 'hold' });
    await wait(seconds(ON_HOLD));
    send({ type: 'hold', action: 'resume' });
    await wait(seconds(TALKING));
  }
  send(Math.random() < 0.5 ? { type: 'simulate', action: 'hangup' } : { type: 'hangup', scope: 'active' });
}

/** @param {{ from: number, to: number }} range */
const seconds = ({ from, to }) => 1000 * (from + Math.random() * (to - from));

const someNumber = () => FIRST_NUMBER + String(Math.floor(Math.random() * 1000)).padStart(3, '0');

const someCaller = () => CALLERS[Math.floor(Math.random() * CALLERS.length)];
