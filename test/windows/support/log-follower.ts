import { LogObserver } from '../../../src/observers/log/log-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import { hostOf } from '../../support/observer-host';

/** What an observation says, without its time; several calls are numbered in the order in which they were seen. */
function said(observation: Observation, calls: readonly string[]): string {
  const name = (key: string): string => (calls.length === 1 ? '' : `${calls.indexOf(key) + 1} `);
  switch (observation.type) {
    case 'call':
      return [name(observation.key) + observation.state, observation.heldBy].filter(Boolean).join(' ');
    case 'call_ended': {
      const { endedBy, sipStatus, elsewhere } = observation.ending;
      const how = elsewhere ? 'elsewhere' : endedBy;
      return [`${name(observation.key)}ended ${how}`, sipStatus].filter(Boolean).join(' ');
    }
    case 'call_transferred':
      return `${name(observation.key)}transferred to ${observation.target}`;
    case 'registration':
      return [observation.registration.state, observation.registration.sipStatus].filter(Boolean).join(' ');
    case 'call_refused':
      return ['refused', observation.ending.sipStatus].filter(Boolean).join(' ');
    case 'presence':
    case 'source_live':
    case 'call_mode':
    case 'features':
    case 'audio':
    case 'voicemail':
    case 'trouble':
    case 'call_media':
      return observation.type;
  }
}

/** An observer of the log, and all that it reports. */
export class Follower {
  readonly seen: { observation: Observation; at: number }[] = [];
  private readonly observer: LogObserver;
  private told = 0;

  constructor(path: string) {
    this.observer = new LogObserver({ path });
  }

  async start(): Promise<this> {
    await this.observer.start(hostOf((observation) => this.seen.push({ observation, at: Date.now() })));
    return this;
  }

  /** All that was said since the last time this was asked, without repetitions. */
  async news(): Promise<string[]> {
    await this.observer.refresh();
    const all = this.seen.slice(this.told).map(({ observation }) => observation);
    // What is said of media has specs of its own.
    const observations = all.filter(({ type }) => type !== 'call_media');
    this.told = this.seen.length;
    const calls = [...new Set(observations.flatMap((one) => ('key' in one ? [one.key] : [])))];
    const news = observations.map((one) => said(one, calls));
    return news.filter((line, i) => line !== news[i - 1]);
  }

  stop(): Promise<void> {
    return this.observer.stop();
  }
}
