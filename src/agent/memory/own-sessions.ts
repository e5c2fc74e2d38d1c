import { listOf, type Reader } from '../../messages/json-reader';
import { readSession } from '../../fleet/protocol/position';
import { KeptJson } from './kept-json';

/** A broker that is restored from an older copy may still have the info of an earlier run. */
const MOST = 50;

const readSessions: Reader<string[]> = listOf(readSession);

/** Which sessions were of this agent: what has another one in it is of somebody else. */
export class OwnSessions {
  private readonly sessions = new Set<string>();
  private readonly kept: KeptJson<string[]>;

  constructor(path: string, onFailure: (error: unknown) => void) {
    this.kept = new KeptJson(path, readSessions, onFailure);
  }

  /** @param session the present one */
  async begin(session: string): Promise<void> {
    this.sessions.add(session);
    const earlier = ((await this.kept.load()) ?? []).slice(-MOST);
    for (const one of earlier) this.sessions.add(one);
    this.kept.save([...earlier, session]);
  }

  has(session: string): boolean {
    return this.sessions.has(session);
  }
}
