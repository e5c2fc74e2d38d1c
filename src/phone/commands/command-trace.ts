import type { Clock } from '../../clock';
import { PhoneError } from '../errors/phone-error';
import type { CommandStep, Trace } from '../ports/trace';

/** Tells a trace how far one command has come. */
export class CommandTrace {
  private readonly began: number;

  constructor(
    private readonly trace: Trace,
    private readonly clock: Clock,
    private readonly command: number,
  ) {
    this.began = clock.monotonic();
  }

  step(step: CommandStep, details?: object): void {
    const ms = Math.round(this.clock.monotonic() - this.began);
    this.trace.note({ kind: 'command', command: this.command, step, ms, ...(details && { with: details }) });
  }

  failed(error: unknown): void {
    const { code, reason } = error instanceof PhoneError ? error : { code: 'unknown', reason: 'default' };
    this.step('failed', { code, reason });
  }
}
