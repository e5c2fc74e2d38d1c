import type { MicrosipWindow } from '../../win32/peer-window';
import type { Features } from '../../phone/commands/command';
import type { SelectedTab, Surface } from '../../phone/ports/surface';
import { audioOf } from './dialer-audio';
import type { WindowObserver } from './window-observer';

/** What MicroSIP's windows show besides its calls (docs/microsip/interface.md#7.4 and #7.5). */
export class WindowSurface implements Surface {
  constructor(
    private readonly window: Pick<MicrosipWindow, 'snapshot'>,
    private readonly observer: Pick<WindowObserver, 'selectedTab'>,
    private readonly options: { setsSwitches: boolean },
  ) {}

  audio(): ReturnType<Surface['audio']> {
    const { dialer } = this.window.snapshot ?? {};
    return dialer && audioOf(dialer);
  }

  features(): Features | undefined {
    return this.options.setsSwitches ? this.window.snapshot?.dialer?.features : undefined;
  }

  shown(): boolean | undefined {
    return this.window.snapshot?.shown;
  }

  selected(): SelectedTab | undefined {
    return this.observer.selectedTab;
  }

  box(): string | undefined {
    return this.window.snapshot?.box?.title;
  }

  sendShown(): boolean {
    return this.window.snapshot?.dialer?.sendShown ?? false;
  }
}
