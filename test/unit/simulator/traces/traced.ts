import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookName } from '../../../../src/microsip/hook-names';
import { rowOf } from '../../../../src/observers/history/database/call-log-db';
import { queryCallLog } from '../../../../src/observers/history/database/call-log-query';
import type { HistoryRow } from '../../../../src/observers/history/rows/history-row';
import type { LogHappening } from '../../../../src/observers/log/log-happening';
import { printedUser, userPart } from '../../../../src/phone/numbers/user-part';
import { shownText } from '../../../../src/phone/texts/shown-text';
import type { Refusal } from '../../../../src/simulator/calls/call-table';
import type { SimulatedMicrosipOptions } from '../../../../src/simulator/simulated-options';
import { readInPieces } from '../../observers/log/recorded-logs';
import { Watched } from '../watched';

/** One call, as the simulator's own truth and as its log tell it. */
export interface ToldCall {
  id: string;
  direction: string;
  number: string;
  name: string;
  account: string;
  states: string[];
  /** `remote 486 Busy Here`; missing while it goes on. */
  end?: string;
  transferredTo?: string;
}

export const HAS_SQLITE = process.getBuiltinModule('node:sqlite') !== undefined;

/** A simulated MicroSIP that leaves every trace in a folder of its own. */
export class Traced extends Watched {
  readonly folder: string;
  readonly logPath: string;
  readonly historyPath: string;
  /** `Ring 1005`, in the order in which they ran. */
  readonly hooks: string[];
  private readonly refusals = new Map<string, Refusal>();

  private constructor(folder: string, hooks: string[], options: SimulatedMicrosipOptions) {
    super(options);
    this.folder = folder;
    this.logPath = join(folder, 'microsip_log.txt');
    this.historyPath = join(folder, 'call_log.db');
    this.hooks = hooks;
    this.microsip.calls.on('refused', (call, refusal) => this.refusals.set(call.sipCallId, refusal));
  }

  /** @param history without it no time goes into safe writing */
  static async begin(options: SimulatedMicrosipOptions = {}, history = HAS_SQLITE): Promise<Traced> {
    const folder = mkdtempSync(join(tmpdir(), 'traces-'));
    const hooks: string[] = [];
    const traced = new Traced(folder, hooks, {
      ...options,
      traces: {
        log: join(folder, 'microsip_log.txt'),
        ...(history && { history: join(folder, 'call_log.db') }),
        hooks: (name: HookName, parameter) => {
          hooks.push(`${name.replace(/^cmd(Call)?/, '').replace(/Call$/, '')} ${parameter}`);
        },
        ...options.traces,
      },
    });
    await traced.watch();
    return traced;
  }

  get logBytes(): Buffer {
    return readFileSync(this.logPath);
  }

  get happenings(): LogHappening[] {
    return readInPieces(this.logBytes);
  }

  /** What a reader makes of the log; calls that never rang have no states. */
  get logged(): ToldCall[] {
    const told = new Map<string, ToldCall>();
    for (const happening of this.happenings) {
      if (happening.type === 'transferred') {
        const call = told.get(happening.key);
        if (call) call.transferredTo = happening.target.number ?? '';
      }
      if (happening.type !== 'call' && happening.type !== 'ended' && happening.type !== 'never_rang') continue;
      const { sipCallId = '', direction, state, heldBy, party, account = '' } = happening.call;
      const call = told.get(sipCallId) ?? { id: sipCallId, direction, number: '', name: '', account, states: [] };
      told.set(sipCallId, call);
      Object.assign(call, { number: party.number ?? '', name: party.name ?? '' });
      if (happening.type === 'call') {
        const word = heldBy ? `${state} ${heldBy}` : state;
        if (word !== 'offered' && call.states.at(-1) !== word) call.states.push(word);
      } else {
        const { by, status, reason, elsewhere } = happening.end;
        call.end = endWords(by, status, reason, elsewhere);
      }
    }
    return [...told.values()];
  }

  /** What the simulator itself knows of the calls that rang. */
  get truth(): ToldCall[] {
    const told = new Map<string, ToldCall>();
    for (const one of this.seen) {
      if (one.type === 'call') {
        const { number = '', name = '', account = '' } = one.facts;
        const call = told.get(one.key) ?? {
          id: one.key,
          direction: one.direction ?? '',
          number: printedUser(shownAs(userPart(number).number)),
          name: shownAs(name),
          account,
          states: [],
        };
        told.set(one.key, call);
        call.states.push(one.heldBy ? `${one.state} ${one.heldBy}` : one.state);
      }
      const call = 'key' in one ? told.get(one.key) : undefined;
      if (call && one.type === 'call_transferred') call.transferredTo = one.target;
      if (call && one.type === 'call_ended') {
        const { endedBy, sipStatus, sipReason, elsewhere } = one.ending;
        call.end = endWords(endedBy, sipStatus, sipReason, elsewhere);
      }
    }
    return [...told.values()];
  }

  /** The log tells the same calls as the simulator, and of those that never rang how they were refused. */
  checkLog(): void {
    const { logged } = this;
    assert.deepEqual(
      logged.filter(({ states }) => states.length > 0),
      this.truth,
    );
    const silent = logged.filter(({ states }) => states.length === 0);
    assert.deepEqual(
      silent.map(({ id, end }) => `${id} ${end ?? ''}`),
      silent.map(({ id }) => {
        const { sipStatus = 486, sipReason = 'Busy Here' } = this.refusals.get(id) ?? {};
        return `${id} local ${sipStatus} ${sipReason}`;
      }),
    );
    assert.ok([...this.refusals.keys()].every((id) => silent.some((call) => call.id === id)));
  }

  rows(): HistoryRow[] {
    return rowsOf(this.historyPath);
  }

  override async end(): Promise<void> {
    await super.end();
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

/** As text of UTF-8 that has nothing in it that cannot be seen. */
function shownAs(text: string): string {
  return shownText(Buffer.from(text).toString()) ?? '';
}

/** On this thread: random tests read more files than threads are worth. */
export function rowsOf(path: string): HistoryRow[] {
  return queryCallLog(path, { after: 0, oldest: 0, limit: 10_000, ids: [] }).records.flatMap(rowOf);
}

function endWords(by = '', status = 0, reason = '', elsewhere = false): string {
  return `${by} ${status} ${reason}${elsewhere ? ' elsewhere' : ''}`;
}
