import type { MicrosipWindow, Encoded } from '../win32/peer-window';
import type { Dialling } from '../phone/guard/targets/called-forms';
import { PhoneError } from '../phone/errors/phone-error';
import type { WindowSnapshot } from '../microsip/window-snapshot';
import { requireAccounts } from './account-check';
import { accountDialling } from './account-dialling';
import type { Link, LinkAction } from '../phone/ports/link';
import { encodeMicrosip } from '../microsip/microsip-protocol';
import { localIni, localProgram } from './local-program';
import { launchPhone, type Launcher } from './program-launch';

export interface WindowLinkOptions {
  /** The phone's setting: path of the program file; empty: the running copy, else the installed one. */
  program: string;
  start?: Launcher;
}

/** Commands by WM_COPYDATA and clicks to a MicroSIP on this computer. */
export class WindowLink implements Link {
  constructor(
    private readonly window: Pick<MicrosipWindow, 'snapshot' | 'deliver'>,
    private readonly options: WindowLinkOptions,
  ) {}

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
    for (const action of actions) if (action.do !== 'start') encode(action, snapshot?.version);
    await requireAccounts(actions, this.ini);
  }

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    if (action.do === 'start') await this.startPhone();
    else await this.window.deliver(encode(action, this.window.snapshot?.version), timeout);
  }

  private async startPhone(): Promise<void> {
    const file = localProgram(this.window.snapshot, this.options.program);
    if (file === undefined) throw new PhoneError('not_running', 'no_program');
    await launchPhone(file, this.options.start);
  }

  private get ini(): string | undefined {
    return localIni(this.window.snapshot, this.options.program);
  }
}

function encode(action: LinkAction, version: WindowSnapshot['version']): Encoded {
  return action.do === 'show' || action.do === 'exit' ? { app: action.do } : encodeMicrosip(action, version);
}
