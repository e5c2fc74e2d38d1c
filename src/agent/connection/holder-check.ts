import type { AgentLog } from '../log/agent-log';
import type { BrokerConfig } from '../config/agent-config';
import type { PhoneHolder } from '../running-agent';
import { KeptConnection } from './kept-connection';
import { phoneHolder, probeClientId, type ProbeOptions } from './phone-probe';

export interface HolderCheckOptions extends ProbeOptions {
  broker: BrokerConfig;
  username?: string | undefined;
  password?: string | undefined;
  log: AgentLog;
}

/** Finds out whether another agent has a phone, as soon as the broker can be asked. */
export class HolderCheck {
  /** Resolves after the first attempt, whatever it came to. */
  readonly tried: Promise<void>;
  private readonly connection: KeptConnection;
  private noteTried: () => void = () => undefined;
  private found: { holder: PhoneHolder | undefined } | undefined;

  constructor({ broker, username, password, log, ...probe }: HolderCheckOptions) {
    const { base, phone, clock } = probe;
    this.tried = new Promise((resolve) => {
      this.noteTried = resolve;
    });
    const identity = { clientId: probeClientId(base, phone), username, password };
    this.connection = new KeptConnection(
      { broker, identity, clock, log, quiet: true },
      {
        opened: (connection) => {
          phoneHolder(connection, probe).then(
            (holder) => {
              this.found = { holder };
              void connection.end();
            },
            () => {
              // The connection was lost: it is asked again on the next one.
              connection.drop();
            },
          );
        },
        failed: () => {
          this.noteTried();
        },
        lost: () => {
          this.noteTried();
          return this.found === undefined;
        },
      },
    );
  }

  /** @returns who has it; undefined: nobody, or it was stopped before that was known */
  async run(): Promise<PhoneHolder | undefined> {
    await this.connection.keep();
    this.noteTried();
    return this.found?.holder;
  }

  stop(): Promise<void> {
    return this.connection.stop();
  }
}
