import type { MicrosipWindow } from '../win32/peer-window';
import { SerialQueues } from '../serial-queue';
import type { Dialling } from '../phone/guard/targets/called-forms';
import { monotonicMs } from '../monotonic-ms';
import { PhoneError } from '../phone/errors/phone-error';
import { runSecondInstance, type SecondEnd } from '../win32/process/second-instance';
import type { WindowSnapshot } from '../microsip/window-snapshot';
import { requireAccounts } from './account-check';
import { accountDialling } from './account-dialling';
import { commandTail } from '../microsip/command-tail';
import type { Link, LinkAction } from '../phone/ports/link';
import { encodeMicrosip } from '../microsip/microsip-protocol';
import { iniOf, localIni, localProgram } from './local-program';
import { cannotStart, launchPhone, type Launcher } from './program-launch';

/** One second instance at a time for each ini, whichever phone it is for. */
const turns = new SerialQueues();
/** ms between two looks at a MicroSIP that hangs */
const LOOK_EVERY = 100;

export interface ProgramLinkOptions {
  /** The phone's setting: path of the program file; empty: the running copy, else the installed one. */
  program: string;
  run?: (file: string, tail: string, ms: number) => Promise<SecondEnd>;
  start?: Launcher;
}

/**
 * Commands by starting MicroSIP's program once more, which hands its command line to the one that runs
 * (docs/microsip/interface.md#1). It waits there for as long as MicroSIP needs, so it is ended when the time is over.
 *
 * A second instance that finds no first one becomes a phone, and one whose command is dropped does not tell. So this
 * link first looks by the windows whether MicroSIP is there and takes commands. What remains: a MicroSIP that begins to
 * hang just then may take the command after the `timeout`, since ending the sender does not call the message back on
 * every Windows (it does not under Wine).
 */
export class ProgramLink implements Link {
  private readonly run: (file: string, tail: string, ms: number) => Promise<SecondEnd>;

  /** @param window looked at; it must have been started */
  constructor(
    private readonly window: Pick<MicrosipWindow, 'snapshot' | 'refresh' | 'deliver'>,
    private readonly options: ProgramLinkOptions,
  ) {
    this.run = options.run ?? runSecondInstance;
  }

  peer(): number | undefined {
    return this.window.snapshot?.pid;
  }

  version(): readonly number[] | undefined {
    return this.window.snapshot?.version;
  }

  dialling(account?: number): Promise<Dialling | undefined> {
    return accountDialling(this.ini, account);
  }

  async refuse(actions: readonly LinkAction[]): Promise<void> {
    const { snapshot } = this.window;
    if (snapshot?.presence === 'ready')
      for (const action of actions) if (action.do !== 'start') tailOf(action, snapshot);
    await requireAccounts(actions, this.ini);
  }

  /** @throws PhoneError also `not_ready` when MicroSIP's ini is held by another program, so that the command is lost */
  async deliver(action: LinkAction, timeout: number): Promise<void> {
    const deadline = monotonicMs() + timeout;
    const file = this.program();
    // Every start opens the ini exclusively (docs/microsip/3.22.16.md#1).
    await turns.run(iniOf(file, this.window.snapshot).toLowerCase(), () =>
      this.inOrder(action, { file, deadline, timeout }),
    );
  }

  private async inOrder(action: LinkAction, run: Run): Promise<void> {
    await this.window.refresh();
    left(run);
    if (this.window.snapshot?.problem === 'not_running') {
      if (action.do !== 'start') throw notRunning(run);
      await launchPhone(run.file, this.options.start);
      return;
    }
    // What is sent to a MicroSIP that hangs could be taken after its sender was ended.
    await this.waitWhileHung(run);
    const seen = ready(this.window.snapshot, run);
    if (action.do === 'exit') await this.window.deliver({ app: 'expect_exit' }, left(run));
    if (action.do !== 'start') judge(await this.run(run.file, tailOf(action, seen), left(run)), run);
  }

  /** Looks again until the time is over. */
  private async waitWhileHung({ deadline }: Run): Promise<void> {
    while (this.window.snapshot?.presence === 'hung' && monotonicMs() + LOOK_EVERY < deadline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      await this.window.refresh();
    }
  }

  private get ini(): string | undefined {
    return localIni(this.window.snapshot, this.options.program);
  }

  private program(): string {
    const file = localProgram(this.window.snapshot, this.options.program);
    if (file === undefined) throw new PhoneError('not_running');
    return file;
  }
}

interface Run {
  file: string;
  /** by `monotonicMs` */
  deadline: number;
  /** ms, for the error's sentence */
  timeout: number;
}

/** What the window showed, when MicroSIP takes commands; undefined after the phone was closed. */
function ready(snapshot: WindowSnapshot | undefined, run: Run): WindowSnapshot {
  if (!snapshot) throw new PhoneError('closed', 'closing');
  if (snapshot.problem) throw new PhoneError(snapshot.problem);
  if (snapshot.presence === 'hung') throw late(run);
  if (snapshot.presence !== 'ready') throw new PhoneError('not_ready');
  return snapshot;
}

function tailOf(action: LinkAction, { version, rings }: WindowSnapshot): string {
  if (action.do === 'show') return '';
  if (action.do === 'exit') return '/exit';
  // With one ringing window `/answer` can only mean its call.
  const only = action.do === 'answer_ring' && rings.length === 1 && rings[0]?.key === action.key;
  const encoded = encodeMicrosip(only ? { do: 'answer' } : action, version);
  if ('menu' in encoded) throw new PhoneError('unsupported', 'conference_unseen');
  if ('tab' in encoded) throw new PhoneError('unsupported', 'one_of_many');
  if ('ring' in encoded) throw new PhoneError('unsupported', 'program_button');
  if ('feature' in encoded) throw new PhoneError('unsupported', 'feature_unseen');
  return commandTail(encoded.text);
}

function judge(result: SecondEnd, run: Run): void {
  switch (result.end) {
    case 'exited':
      if (result.code === 0) return;
      throw new PhoneError('not_ready', 'settings_in_use', { program: run.file });
    case 'box':
      throw new PhoneError('not_ready', 'settings_in_use', { program: run.file });
    case 'late':
      throw late(run);
    case 'phone':
      throw notRunning(run);
    case 'failed':
      throw cannotStart(run.file, result.why);
  }
}

function left(run: Run): number {
  const ms = Math.floor(run.deadline - monotonicMs());
  if (ms <= 0) throw late(run);
  return ms;
}

function late({ timeout }: Run): PhoneError {
  return new PhoneError('timeout', 'default', { timeout });
}

function notRunning({ file }: Run): PhoneError {
  return new PhoneError('not_running', 'not_found_at', { program: file });
}
