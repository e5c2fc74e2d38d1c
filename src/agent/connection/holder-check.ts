import type { AgentLog } from '../log/agent-log';
import type { BrokerSettings } from '../../settings/broker-settings';
import type { PhoneHolder } from '../running-agent';
import { KeptConnection } from './kept-connection';
import { PhoneProbe, probeClientId, type ProbeOptions } from './phone-probe';

export interface HolderCheckOptions extends ProbeOptions {
  broker: BrokerSettings;
  username?: string | undefined;
  password?: string | undefined;
  log: AgentLog;
  /** Finds out whether another agent has the phone. */
  judge: (probe: PhoneProbe) => boolean | Promise<boolean>;
}

/** Finds out whether another agent has a phone, as soon as the broker can be asked. */
export class HolderCheck {
  /** Resolves after the first attempt, whatever it came to. */
  readonly tried: Promise<void>;
  private readonly connection: KeptConnection;
  private noteTried: () => void = () => undefined;
  private found: { holder: PhoneHolder | undefined } | undefined;

  constructor({ broker, username, password, log, judge, ...probed }: HolderCheckOptions) {
    const { base, phone, clock } = probed;
    this.tried = new Promise((resolve) => {
      this.noteTried = resolve;
    });
    const identity = { clientId: probeClientId(base, phone), username, password };
    this.connection = new KeptConnection(
      { broker, identity, clock, log, quiet: true },
      {
        opened: (connection) => {
          const probe = new PhoneProbe(connection, probed);
          const look = async (): Promise<void> => {
            await probe.look();
            this.found = { holder: (await judge(probe)) ? probe.holder : undefined };
          };
          look().then(
            () => connection.end(),
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
