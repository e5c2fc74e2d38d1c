import { type Encoded, endsProgram, type WindowOptions } from '../peer-window';
import { PhoneError } from '../../phone/errors/phone-error';
import { AbsenceWatch, type Absence } from '../window/absence';
import { DdeConversation } from './dde-conversation';
import { monotonicMs } from '../../monotonic-ms';
import type { PeerWatch } from '../thread/peer-watch';
import { closeHandle, openForWaiting, processFacts } from '../process/processes';
import { plainProgramPath, sameProgram } from '../../microsip/program-path';
import { ProgramStart } from '../process/program-start';
import type { Budget } from '../window/budget';
import type { Handle } from '../api/user32';
import { ping, WindowTrouble } from '../window/window-reader';
import { anyWindowOf, processOf } from '../window/window-search';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

/** While the server hangs, it is asked with this patience (ms), and not more often than this (ms). */
const HUNG_READ = 50;
const HUNG_RETRY = 500;
/** A look for a server asks every window of the desktop, so there are so many ms between two; a server that comes tells. */
const CONNECT_RETRY = 1000;

interface Server {
  window: Handle;
  pid: number;
  process: Handle;
  startedAt?: number;
  program?: string;
}

/** One program that takes DDE commands: looks at its status and hands it commands. */
export class DdeWatch implements PeerWatch {
  private conversation: DdeConversation;
  private readonly program: string;
  private readonly absence: AbsenceWatch;
  private readonly programStart: ProgramStart;
  private server: Server | undefined;
  private status: number | undefined;
  private hung = false;
  private staysAway = false;
  private retryAt = 0;
  private latest = '';

  /**
   * @param report told of every look that saw something new
   * @param onEvent a server may have come or gone; called while the thread looks for messages
   * @throws PhoneError `unsupported`
   */
  constructor(
    private readonly options: WindowOptions,
    private readonly report: (snapshot: WindowSnapshot) => void,
    private readonly onEvent: () => void,
  ) {
    this.program = plainProgramPath(options.program ?? '');
    this.absence = new AbsenceWatch(this.program);
    this.programStart = new ProgramStart(this.program);
    this.conversation = this.newConversation();
  }

  get process(): Handle {
    return this.server?.process ?? 0;
  }

  processEnded(): void {
    if (!this.server) return;
    this.lose();
    this.publish({ presence: 'absent', problem: 'not_running' });
  }

  look(): void {
    const server = this.findServer();
    if (!server) {
      this.publish(this.lookForReasons());
      return;
    }
    if (this.hung && monotonicMs() < this.retryAt) return;
    try {
      if (this.hung) this.askForLife(server, HUNG_READ);
      if (!this.reopen()) return;
      this.status = this.conversation.status(this.options.timeout);
      this.hung = false;
      this.publish({ presence: this.status === undefined ? 'starting' : 'ready' });
    } catch (error) {
      this.troubled(error);
    }
  }

  deliver(encoded: Encoded, budget: Budget): void {
    if (!('execute' in encoded)) throw new PhoneError('unsupported');
    const server = this.findServer();
    if (!server) throw new PhoneError('not_running', 'no_dde_server');
    try {
      // An execute to a server that hangs would time out here and be carried out there, some time later.
      this.askForLife(server, budget());
      if (!this.reopen()) throw new PhoneError('not_running', 'no_dde_server');
      this.conversation.execute(encoded.execute, budget(), encoded.answersLine ?? false);
      if (endsProgram(encoded)) this.staysAway = true;
    } catch (error) {
      this.troubled(error);
      throw error instanceof WindowTrouble ? knownTrouble(error) : error;
    }
  }

  isPhone(hwnd: Handle): boolean {
    if (hwnd === 0) return this.server !== undefined;
    const pid = processOf(hwnd);
    if (this.program === '') return pid !== 0 && pid === this.server?.pid;
    const { program } = processFacts(pid);
    return program !== undefined && sameProgram(program, this.program);
  }

  close(): void {
    this.conversation.close();
    if (this.server) closeHandle(this.server.process);
    this.server = undefined;
  }

  private findServer(): Server | undefined {
    if (this.server && (this.hung || this.conversation.isOpen)) return this.server;
    if (this.server) this.processEnded();
    if (monotonicMs() < this.retryAt) return undefined;
    this.retryAt = monotonicMs() + CONNECT_RETRY;
    if (!this.conversation.open()) return undefined;
    const window = this.conversation.partner;
    const pid = processOf(window);
    const facts = processFacts(pid);
    if (this.program !== '' && (facts.program === undefined || !sameProgram(facts.program, this.program))) {
      this.conversation.hangUp();
      return undefined;
    }
    this.staysAway = false;
    this.hung = false;
    this.retryAt = 0;
    this.server = { window, pid, process: openForWaiting(pid), ...facts };
    return this.server;
  }

  /**
   * A look for a server waits for every window, so it is not made while this one hangs. Its window of the conversation is
   * gone with a conversation that was given up.
   * @throws WindowTrouble
   */
  private askForLife({ window, pid }: Server, ms: number): void {
    const asked = this.conversation.isOpen ? window : anyWindowOf(pid);
    if (asked !== 0) ping(asked, ms);
  }

  /** @returns false: the server is gone */
  private reopen(): boolean {
    if (this.conversation.isOpen) return true;
    if (this.server && this.conversation.open()) {
      this.server.window = this.conversation.partner;
      return true;
    }
    this.processEnded();
    return false;
  }

  private newConversation(): DdeConversation {
    return new DdeConversation(() => {
      this.retryAt = 0;
      this.onEvent();
    });
  }

  private beginAnew(): void {
    this.conversation.close();
    this.conversation = this.newConversation();
  }

  private lose(): void {
    // A client that has lost its server does not find it again in Wine's library.
    this.beginAnew();
    if (this.server) closeHandle(this.server.process);
    this.server = undefined;
    this.status = undefined;
  }

  /** What does not mean that the server is gone or hangs is no matter for the next look. */
  private troubled(error: unknown): void {
    if (error instanceof WindowTrouble) {
      if (this.conversation.owesAnswer) this.beginAnew();
      this.hangs();
    } else if (!(error instanceof PhoneError)) throw error;
    else if (!this.conversation.isOpen) this.processEnded();
    else if (this.latest === '') this.publish({ presence: 'starting' });
  }

  private hangs(): void {
    this.hung = true;
    this.retryAt = monotonicMs() + Math.max(HUNG_RETRY, this.options.pollInterval);
    this.publish({ presence: 'hung' });
  }

  /** A program that has been there for a while does not speak DDE, like the real MicroSIP. */
  private lookForReasons(): Absence {
    const absence = this.absence.look();
    const mayStart = this.options.startProgram && this.program !== '' && !this.staysAway;
    if (mayStart && this.absence.startMakesSense) this.programStart.start();
    return absence.problem === undefined ? absence : { presence: 'absent', problem: 'not_running' };
  }

  private publish(now: Absence): void {
    const { pid, startedAt, program } = this.server ?? {};
    const snapshot = {
      ...now,
      ...(pid !== undefined && { pid }),
      ...(startedAt !== undefined && { startedAt }),
      ...(program !== undefined && { program }),
      rings: [],
      ...(this.status !== undefined && { documented: { status: this.status } }),
    };
    const content = JSON.stringify(snapshot);
    if (content === this.latest) return;
    this.latest = content;
    this.report({ time: monotonicMs(), ...snapshot });
  }
}

/** For how long a server that hangs was waited for is known to who asked. */
function knownTrouble(error: WindowTrouble): PhoneError | WindowTrouble {
  if (error.trouble === 'gone') return new PhoneError('not_running', 'no_dde_server');
  return error.trouble === 'denied' ? new PhoneError('access_denied') : error;
}
