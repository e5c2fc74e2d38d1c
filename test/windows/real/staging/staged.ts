import { skipBecause } from '../../../support/skip';
import type { SipPeer } from '../../../support/sip-peer/sip-peer';
import type { Step } from '../../support/play';

/** What a test wants of this MicroSIP cannot be brought about here. */
export class CannotStage extends Error {}

/** A MicroSIP that runs in a folder of its own, and all that can be done to it from outside. */
export interface Staged {
  readonly program: string;
  readonly ini: string;
  readonly log: string;
  readonly database: string;
  /** @throws CannotStage when there is no SIP to be seen */
  readonly peer: SipPeer;
  /** A verb of the far end or of the person at the phone, as the stand-in's control protocol names them. */
  act(verb: string, ...fields: (string | number)[]): Promise<unknown>;
  /** `calls`: the states of the calls; `setting`: the value of a key. */
  request(verb: string, ...fields: (string | number)[]): Promise<string[]>;
  play(steps: readonly Step[]): Promise<void>;
  /** Gives MicroSIP a command line, as another program would. */
  command(text: string): Promise<void>;
  sync(): Promise<void>;
  run(): Promise<void>;
  /** Somebody else is about to start it. */
  expectStart(): Promise<void>;
  /** Resolves when one is ready that somebody else has started. */
  started(): Promise<void>;
  exit(): Promise<void>;
  crash(): Promise<void>;
  /** Ends all calls. */
  quiet(): Promise<void>;
  end(): Promise<void>;
}

export interface StagedOptions {
  settings?: Record<string, string | number>;
  /** Its account has a registrar: the SIP peer. */
  registrar?: boolean;
  /** What is done in its folder before it is started. */
  before?: (program: string) => Promise<unknown>;
  /** ms it may take until it is ready */
  startTime?: number;
}

/** Starts one. */
export type Stager = (options?: StagedOptions) => Promise<Staged>;

/** A test that leaves itself out when what it wants cannot be brought about. */
export function tries(title: string, test: () => Promise<void>): void {
  it(title, async function () {
    try {
      await test();
    } catch (error) {
      if (error instanceof CannotStage) skipBecause(this, error.message);
      throw error;
    }
  });
}
