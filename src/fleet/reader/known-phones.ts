import type { Clock } from '../../clock';
import type { BrokerPort } from '../broker/broker-port';
import type { PhoneRecord } from './phone-record';

/** ms to wait for a phone that the broker may not have told of */
const LONGEST = 5000;
/** ms in which a connection that was just asked for is made */
const CONNECT_TIME = 2000;

/** Who waits until it is known how a phone stands. */
export class KnownPhones {
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly began: number;
  private isTold = false;
  private isCut = false;
  private wasConnected: boolean;

  constructor(
    private readonly clock: Clock,
    private readonly broker: BrokerPort,
    private readonly record: (id: string) => PhoneRecord | undefined,
  ) {
    this.began = clock.monotonic();
    this.wasConnected = broker.connected;
  }

  /** Resolves when it is, or when waiting longer makes no sense. */
  wait(id: string): Promise<void> {
    const since = this.clock.monotonic();
    if (this.rest(id, since) <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      let cancel: (() => void) | undefined;
      const over = (): void => {
        cancel?.();
        const others = this.waiting.get(id);
        others?.delete(look);
        if (others?.size === 0) this.waiting.delete(id);
        resolve();
      };
      const look = (): void => {
        cancel?.();
        const rest = this.rest(id, since);
        if (rest <= 0) over();
        else cancel = this.clock.after(rest, look);
      };
      const others = this.waiting.get(id) ?? new Set();
      this.waiting.set(id, others);
      others.add(look);
      look();
    });
  }

  changed(id: string): void {
    for (const look of [...(this.waiting.get(id) ?? [])]) look();
  }

  connectionChanged(connected: boolean): void {
    this.wasConnected ||= connected;
    this.isTold = false;
    this.lookAll();
  }

  /** The broker had time for all that it delivers at once. @param isCut and there may be more */
  told(isCut: boolean): void {
    this.isTold = true;
    this.isCut = isCut;
    this.lookAll();
  }

  close(): void {
    this.wasConnected = true;
    this.isTold = true;
    this.isCut = false;
    this.lookAll();
  }

  /** ms that it makes sense to wait from now on, for who waits since a moment by the monotonic clock */
  private rest(id: string, since: number): number {
    const now = this.clock.monotonic();
    if (!this.broker.connected) return this.wasConnected ? 0 : this.began + CONNECT_TIME - now;
    const record = this.record(id);
    if (record?.isKnown) return 0;
    return this.isTold && !record?.online && !this.isCut ? 0 : since + LONGEST - now;
  }

  private lookAll(): void {
    for (const id of [...this.waiting.keys()]) this.changed(id);
  }
}
