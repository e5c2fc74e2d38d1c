import type { Observation } from '../../../src/phone/ports/observation';

/** The life of each call, in the order in which they began. */
export function livesOf(observations: readonly Observation[]): string {
  const lives = new Map<string, string[]>();
  for (const observation of observations) {
    if (observation.type !== 'call' && observation.type !== 'call_ended') continue;
    const life = lives.get(observation.key) ?? [];
    lives.set(observation.key, life);
    const state = observation.type === 'call' ? observation.state : 'ended';
    if (life.at(-1) !== state) life.push(state);
  }
  return [...lives.values()].map((life) => life.join(' ')).join(', ');
}
