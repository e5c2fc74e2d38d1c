import type { Encoded } from '../peer-window';
import type { CommandIds } from '../../documented/command-ids';
import { PhoneError } from '../../phone/errors/phone-error';
import { budgetOf, type Budget } from './budget';
import type { SeenWindow, WindowDialect } from './window-dialect';
import { ping, sendBytes, titleOf } from './window-reader';
import type { FoundWindow } from './window-search';
import type { DocumentedState } from '../../microsip/window-snapshot';

const LAST_STATUS = 4;
const RINGING = 1;
const HOLD = 3;
const BUSY = 0;
/** Numbers of fewer digits than three are not told from the answers 0 and 1, which mean that nothing is known. */
const LEAST_NUMBER = 100;

/** The documented interface (docs/microsip/older-interface.md): all that is known of the peer is what it answers when asked. */
export class DocumentedDialect implements WindowDialect {
  private number: string | undefined;

  /** @param timeout ms; a peer that answers a look later than that hangs */
  constructor(
    private readonly found: FoundWindow,
    private readonly ids: Pick<CommandIds, 'status' | 'activecall'>,
    private readonly timeout: number,
  ) {}

  look(): SeenWindow {
    const budget = budgetOf(this.timeout);
    const status = this.send(this.ids.status, '', budget);
    const title = titleOf(this.found.hwnd);
    if (status > LAST_STATUS) return { presence: 'starting', contents: { title, rings: [] } };
    return { presence: 'ready', contents: { title, rings: [], documented: this.stateOf(status, budget) } };
  }

  deliver(encoded: Encoded, budget: Budget): void {
    if (!('id' in encoded)) throw new PhoneError('unsupported');
    const { id, parameters, answersLine = false } = encoded;
    // A command to a peer that hangs would time out here and be carried out there, some time later.
    ping(this.found.hwnd, budget());
    const answer = this.send(id, parameters, budget);
    if (answersLine && answer === BUSY) throw new PhoneError('line_busy', 'peer');
  }

  /** The number is asked for until it is known; a new ringing may be a new call. */
  private stateOf(status: number, budget: Budget): DocumentedState {
    if (status < RINGING || status > HOLD) {
      this.number = undefined;
      return { status };
    }
    if (this.number === undefined || status === RINGING) this.number = this.askNumber(budget);
    return { status, ...(this.number !== undefined && { number: this.number }) };
  }

  private askNumber(budget: Budget): string | undefined {
    const answer = this.send(this.ids.activecall, '', budget);
    return answer >= LEAST_NUMBER && Number.isSafeInteger(answer) ? String(answer) : undefined;
  }

  /** @throws WindowTrouble */
  private send(id: number, parameters: string, budget: Budget): number {
    return sendBytes(this.found.hwnd, id, Buffer.from(`${parameters}\0`), budget());
  }
}
