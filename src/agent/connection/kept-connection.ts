import type { Clock } from '../../clock';
import type { BrokerSettings } from '../../settings/broker-settings';
import type { AgentLog } from '../log/agent-log';
import { ADVICE, connectFailure, type ConnectFailure } from './connect-failure';
import { connectOptions, type ClientIdentity } from '../../fleet/broker/connect-options';
import { openConnection, type Loss, type OpenConnection } from './open-connection';
import { Reconnecting } from './reconnecting';

export interface KeptOptions {
  broker: BrokerSettings;
  identity: ClientIdentity;
  will?: { topic: string; payload: string };
  clock: Clock;
  log: AgentLog;
  /** Only what fails is of interest. */
  quiet?: boolean;
}

export interface ConnectionUser {
  /** Each new connection, before anything is received on it. */
  opened(connection: OpenConnection): void;
  /** An attempt to connect has failed, and it takes a while to the next one. */
  failed?(): void;
  /** After a moment. It is made anew unless this says false; `stop` has been called then or will be. */
  lost(loss: Loss): boolean | Promise<boolean>;
}

/** A connection to a broker that is made again whenever it is lost. */
export class KeptConnection {
  private readonly reconnecting = new Reconnecting();
  private connection: OpenConnection | undefined;
  private stopped = false;
  private cancelWait: (() => void) | undefined;
  private lastFailure: string | undefined;

  constructor(
    private readonly options: KeptOptions,
    private readonly user: ConnectionUser,
  ) {}

  get current(): OpenConnection | undefined {
    return this.connection?.isOpen ? this.connection : undefined;
  }

  /** Goes on until it is stopped, or the user wants it no more. */
  async keep(): Promise<void> {
    while (!this.isStopped()) {
      const { clock } = this.options;
      let connection: OpenConnection;
      try {
        connection = await this.open();
      } catch (error) {
        const wait = this.noteFailure(connectFailure(error));
        if (wait > 0) this.user.failed?.();
        await this.wait(wait);
        continue;
      }
      if (this.isStopped()) {
        await connection.end();
        return;
      }
      const loss = await connection.closed;
      this.connection = undefined;
      if (this.isStopped()) return;
      if (!this.options.quiet) this.options.log.warn('connection_lost', { detail: loss.detail });
      const wait = this.reconnecting.lost(clock.now());
      if (!loss.takenOver) await this.wait(wait);
      if (this.isStopped() || !(await this.user.lost(loss))) return;
    }
  }

  /** Ends it cleanly: the broker publishes no will. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelWait?.();
    await this.connection?.end();
  }

  private async open(): Promise<OpenConnection> {
    const { broker, identity, will } = this.options;
    const options = await connectOptions(broker, { ...identity, will, ...this.reconnecting.next });
    const connection = await openConnection(broker.url, options);
    this.reconnecting.connected();
    this.lastFailure = undefined;
    this.connection = connection;
    if (!this.options.quiet)
      this.options.log.info('connected', { mqtt: connection.protocolVersion === 5 ? '5' : '3.1.1' });
    if (!this.isStopped()) this.user.opened(connection);
    return connection;
  }

  /** @returns ms to wait */
  private noteFailure(failure: ConnectFailure): number {
    const { log, clock } = this.options;
    const { word, detail } = failure;
    const wait = this.reconnecting.failed(failure, clock.now());
    const fields = { why: word, detail, advice: ADVICE[word], retryInMs: wait };
    if (word === 'protocol') log.info('connection_failed', fields);
    else if (word === this.lastFailure) log.debug('connection_failed', fields);
    else if (failure.isLasting) log.error('connection_failed', fields);
    else log.warn('connection_failed', fields);
    this.lastFailure = word;
    return wait;
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.isStopped() || milliseconds <= 0) {
        resolve();
        return;
      }
      const cancel = this.options.clock.after(milliseconds, resolve);
      this.cancelWait = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Others stop it while it waits, which the compiler does not see. */
  private isStopped(): boolean {
    return this.stopped;
  }
}
