import { PhoneError } from '../../phone/errors/phone-error';
import type { Observer, ObserverHost } from '../../phone/ports/observer';
import type { NotificationWarning, TakenNotification } from '../../documented/notification';
import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { NotificationReconciler } from './notification-reconciler';

/** What takes the window messages. */
export interface NotificationSource {
  /** @returns a function that ends it */
  onNotification(listener: (taken: TakenNotification) => void): () => void;
  /** @returns a function that ends it */
  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void;
}

/** Learns of calls from window messages that another program sends. The window is opened and closed by its source. */
export class NotificationObserver implements Observer {
  private readonly warned = new Set<NotificationWarning>();
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly source: NotificationSource) {}

  async start(host: ObserverHost): Promise<void> {
    await this.stop();
    const reconciler = new NotificationReconciler(host.clock.now());
    let pid: number | undefined;
    this.unsubscribe = [
      this.source.onNotification((taken) => {
        if ('refused' in taken) this.warn(taken.refused, host);
        else for (const observation of reconciler.take(taken, host.clock.now())) host.report(observation);
      }),
      this.source.onSnapshot((snapshot) => {
        if (pid !== undefined && snapshot.pid !== pid) reconciler.forget();
        pid = snapshot.pid;
      }),
    ];
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const end of this.unsubscribe) end();
    this.unsubscribe = [];
    this.warned.clear();
    return Promise.resolve();
  }

  private warn(warning: NotificationWarning, host: ObserverHost): void {
    if (this.warned.has(warning)) return;
    this.warned.add(warning);
    host.problem(new PhoneError('config', `notification_${warning}`));
  }
}
