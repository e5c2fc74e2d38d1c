import type { MicrosipWindow } from '../win32/peer-window';
import { encodeDde } from '../documented/dde-protocol';
import type { Link, LinkAction } from '../phone/ports/link';

/** Commands of the documented interface by DDE to a program on this computer. */
export class DdeLink implements Link {
  readonly confirmsDial = true;

  constructor(private readonly window: Pick<MicrosipWindow, 'snapshot' | 'deliver'>) {}

  peer(): number | undefined {
    return this.window.snapshot?.pid;
  }

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    await this.window.deliver(encodeDde(action), timeout);
  }
}
