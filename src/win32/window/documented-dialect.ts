import type { Encoded } from '../peer-window';
import type { CommandIds } from '../../documented/command-ids';
import { PhoneError } from '../../phone/errors/phone-error';
import { left } from './command-delivery';
import { monotonicMs } from '../../monotonic-ms';
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
    const deadline = monotonicMs() + this.timeout;
    const status = this.send(this.ids.status, '', deadline);
    const title = titleOf(this.found.hwnd);
    if (status > LAST_STATUS) return { presence: 'starting', contents: { title, rings: [] } };
    return { presence: 'ready', contents: { title, rings: [], documented: this.stateOf(status, deadline) } };
  }

  deliver(encoded: Encoded, deadline: number): void {
    if (!('id' in encoded)) throw new PhoneError('unsupported');
    const { id, parameters, answersLine = false } = encoded;
    // A command to a peer that hangs would time out here and be carried out there, some time later.
    ping(this.found.hwnd, left(deadline));
    const answer = this.send(id, parameters, deadline);
    if (answersLine && answer === BUSY) throw new PhoneError('line_busy', 'peer');
  }

  /** The number is asked for until it is known; a new ringing may be a new call. */
  private stateOf(status: number, deadline: number): DocumentedState {
    if (status < RINGING || status > HOLD) {
      this.number = undefined;
      return { status };
    }
    if (this.number === undefined || status === RINGING) this.number = this.askNumber(deadline);
    return { status, ...(this.number !== undefined && { number: this.number }) };
  }

  private askNumber(deadline: number): string | undefined {
    const answer = this.send(this.ids.activecall, '', deadline);
    return answer >= LEAST_NUMBER && Number.isSafeInteger(answer) ? String(answer) : undefined;
  }

  /** @throws WindowTrouble */
  private send(id: number, parameters: string, deadline: number): number {
    return sendBytes(this.found.hwnd, id, Buffer.from(`${parameters}\0`), left(deadline));
  }
}
