import type { MicrosipWindow } from '../win32/peer-window';
import type { CommandIds } from '../documented/command-ids';
import { encodeDocumented } from '../documented/documented-protocol';
import type { Link, LinkAction } from '../phone/ports/link';

/** Commands of the documented interface by WM_COPYDATA to a program on this computer. */
export class DocumentedLink implements Link {
  readonly confirmsDial = true;

  constructor(
    private readonly window: Pick<MicrosipWindow, 'snapshot' | 'deliver'>,
    private readonly ids: CommandIds,
  ) {}

  peer(): number | undefined {
    return this.window.snapshot?.pid;
  }

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    await this.window.deliver(encodeDocumented(action, this.ids), timeout);
  }
}
