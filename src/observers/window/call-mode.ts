import { COUNT_SETTLE, SETTLE, type Look } from './look';
import type { WindowSigns } from './window-signs';

/**
 * Learns whether MicroSIP takes several calls at once. Only a call shows it: in single-call mode the dialer page shows
 * the call too (docs/microsip/interface.md#7.7).
 */
export class CallModeWatch {
  private single: boolean | undefined;
  private contradictedSince: number | undefined;

  /** Undefined until a call has shown it. */
  get singleMode(): boolean | undefined {
    return this.single;
  }

  look(signs: WindowSigns, time: number, lookAgainIn: Look['lookAgainIn']): void {
    const patience = signs.dialerSeen && !signs.dialerCall ? patienceWith(signs) : undefined;
    if (signs.dialerCall) this.single = true;
    if (patience === undefined) {
      this.contradictedSince = undefined;
      return;
    }
    this.contradictedSince ??= time;
    const left = this.contradictedSince + patience - time;
    if (left > 0 && this.single !== false) lookAgainIn(left);
    if (left <= 0) this.single = false;
  }
}

/** How long (ms) a call has to be shown elsewhere for that to be no accident; undefined when none is. */
function patienceWith({ tab, status }: WindowSigns): number | undefined {
  const { confirmed = 0 } = status;
  if ((tab.state !== 'none' && tab.state !== 'ringing') || confirmed > 1) return SETTLE;
  return confirmed > 0 ? COUNT_SETTLE : undefined;
}
