/** What the processes of this benchmark tell the one that measures. */

/** One step of a call that was played: which one of this phone, from 0 on, and when (ms, `moment`). */
export type Played = [phone: number, step: number, at: number];

/** A process since its start. */
export interface Usage {
  /** ms of a core, up to this look at it and behind it: garbage is collected for the look. */
  until: number;
  from: number;
  /** Bytes after a collection of garbage. */
  heap: number;
  rss: number;
}

export type Told =
  | { type: 'ready' }
  | { type: 'played'; steps: Played[] }
  | { type: 'arrived'; events: Arrived[] }
  | { type: 'answered'; command: string; ms: number; ok: boolean }
  | { type: 'online'; phones: number }
  | { type: 'usage'; usage: Usage };

/** An event that came out of the fleet node: the topic, the number that called, and when (ms, `moment`). */
export type Arrived = [phone: string, event: string, number: string, at: number];

/** `play`: so many events in a second at each of the first so many phones. */
export type Asked =
  | { type: 'play'; phones: number; eventsPerSecond: number }
  | { type: 'rest' }
  | { type: 'usage' }
  | { type: 'command'; id: string; phone: string; payload: object }
  | { type: 'online' }
  | { type: 'stop' };
