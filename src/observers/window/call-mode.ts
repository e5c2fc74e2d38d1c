import { SETTLE, type Look } from './look';
import type { WindowSigns } from './window-signs';

/**
 * Learns whether MicroSIP takes several calls at once. Only a call shows it: in single-call mode the dialer page shows
 * the call too (interface document, section 7.7).
 */
export class CallModeWatch {
  private single: boolean | undefined;
  private contradictedSince: number | undefined;

  /** Undefined until a call has shown it. */
  get singleMode(): boolean | undefined {
    return this.single;
  }

  look(signs: WindowSigns, time: number, lookAgainIn: Look['lookAgainIn']): void {
    const { state } = signs.tab;
    const count = signs.status.confirmed ?? 0;
    const callElsewhere = signs.dialerSeen && ((state !== 'none' && state !== 'ringing') || count > 1);
    if (signs.dialerCall) this.single = true;
    if (signs.dialerCall || !callElsewhere) {
      this.contradictedSince = undefined;
      return;
    }
    this.contradictedSince ??= time;
    const left = this.contradictedSince + SETTLE - time;
    if (left > 0 && this.single !== false) lookAgainIn(left);
    if (left <= 0) this.single = false;
  }
}
