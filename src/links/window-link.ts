import type { MicrosipWindow } from '../win32/window-snapshot';
import type { Link, LinkAction } from './link';
import { encodeMicrosip } from './microsip-protocol';

/** Commands by WM_COPYDATA and clicks to a MicroSIP on this computer. */
export class WindowLink implements Link {
  constructor(private readonly window: MicrosipWindow) {}

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    await this.window.deliver(encodeMicrosip(action, this.window.snapshot?.version), timeout);
  }
}
