import { stat } from 'node:fs/promises';
import { gigabytes, LARGE_LOG } from '../../microsip/large-log';
import { unquoted } from '../../microsip/ini/ini-value';
import { microsipSettings } from '../../microsip/ini/microsip-settings';
import { troubleOf } from '../../microsip/trouble-watch';
import { PhoneError } from '../../phone/errors/phone-error';
import type { Trouble } from '../../phone/ports/observation';
import type { ObserverHost } from '../../phone/ports/observer';

/** ms between two looks */
const LOOK_EVERY = 5000;
/** MicroSIP opens its ini for itself alone, so it is read only when it has not been written for this long (ms). */
const INI_RESTS = 2000;

export interface LogHealthOptions {
  /** MicroSIP's log file. */
  path: string;
  /** The ini of the MicroSIP that writes this log; undefined: it is not known. */
  ini?: string | undefined;
  /** Bytes; for tests. */
  largest?: number | undefined;
}

/** Whether the log that is followed grows too large, or was switched off. Looks along with who reads it: it has no timer. */
export class LogHealth {
  private lookedAt = -Infinity;
  private looking = false;
  private iniRead: number | undefined;
  private isOff = false;
  private readonly told = new Set<string>();

  constructor(private readonly options: LogHealthOptions) {}

  /**
   * Costs nothing most of the times. Never rejects.
   * @param wasWritten a MicroSIP that this phone has watched wrote it; a log that was off before is as somebody wants it
   */
  async look(host: ObserverHost, wasWritten: boolean): Promise<void> {
    const now = host.clock.monotonic();
    if (this.looking || now - this.lookedAt < LOOK_EVERY) return;
    this.looking = true;
    this.lookedAt = now;
    try {
      this.tell(host, 'log_size', await this.sizeTrouble());
      this.tell(host, 'log_switch', wasWritten ? await this.switchTrouble(host) : undefined);
    } catch {
      // A file that cannot be looked at says nothing; the log itself is read by others.
    } finally {
      this.looking = false;
    }
  }

  /** Again and again while it stands: it was forgotten with a MicroSIP that went meanwhile. */
  private tell(host: ObserverHost, cause: string, trouble: Trouble | undefined): void {
    if (!trouble && !this.told.delete(cause)) return;
    if (trouble) this.told.add(cause);
    host.report({ type: 'trouble', time: host.clock.now(), source: 'log', cause, ...trouble });
  }

  private async sizeTrouble(): Promise<Trouble | undefined> {
    const { path, largest = LARGE_LOG } = this.options;
    const { size } = await stat(path);
    if (size <= largest) return undefined;
    return troubleOf(new PhoneError('config', 'log_large', { path, size: gigabytes(size) }));
  }

  private async switchTrouble({ clock }: ObserverHost): Promise<Trouble | undefined> {
    const { path, ini } = this.options;
    if (ini === undefined) return undefined;
    const { mtimeMs } = await stat(ini);
    if (mtimeMs !== this.iniRead && Math.abs(clock.wall() - mtimeMs) >= INI_RESTS) {
      const settings = await microsipSettings(ini);
      if (settings) this.iniRead = mtimeMs;
      if (settings) this.isOff = unquoted(settings.get('Settings', 'enableLog') ?? '') !== '1';
    }
    return this.isOff ? troubleOf(new PhoneError('config', 'log_off', { path })) : undefined;
  }
}
