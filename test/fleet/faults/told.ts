import assert from 'node:assert/strict';
import type { MqttPeer } from '../../support/mqtt-peer';

export interface ToldEvent {
  event: string;
  seq: number;
  session: string;
  number?: string;
  callId?: string;
}

export function events(peer: MqttPeer, phone = 'desk-1'): ToldEvent[] {
  return peer.json<ToldEvent>(`microsip/${phone}/event`);
}

/** The numbers that were really dialled. */
export function dialled(peer: MqttPeer, phone = 'desk-1'): string[] {
  return events(peer, phone).flatMap(({ event, number }) => (event === 'outgoing' && number ? [number] : []));
}

/** When an agent has said so itself, and takes commands. */
export async function online(peer: MqttPeer, phone = 'desk-1'): Promise<void> {
  await peer.next(`microsip/${phone}/availability`, ({ text, retain }) => text === 'online' && !retain);
}

/** When all is done that the phone was told before this: commands pass through one queue. It hangs up. */
export async function allDone(peer: MqttPeer, phone = 'desk-1'): Promise<void> {
  await peer.ask(phone, { type: 'hangup', scope: 'all' });
  await peer.ask(phone, { type: 'ping' });
  await peer.settled();
}

/** The numbers of events, each once: what was under way when the connection was lost may come again, as QoS 1 has it. */
export function seqs(peer: MqttPeer, phone = 'desk-1'): number[] {
  const all = events(peer, phone).map(({ seq }) => seq);
  return [...new Set(all)];
}

/** None is missing and all came in order. */
export function assertComplete(numbers: readonly number[]): void {
  const [first = assert.fail('no events')] = numbers;
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => first + index),
  );
}
