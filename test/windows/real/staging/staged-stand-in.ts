import type { SipPeer } from '../../../support/sip-peer/sip-peer';
import { play, type Step } from '../../support/play';
import { StandIn } from '../../support/stand-in';
import { iniOfOurs } from './ini-of-ours';
import { portableCopy, type PortableCopy } from './portable-copy';
import { CannotStage, type Staged, type StagedOptions } from './staged';

/** The stand-in in the place of MicroSIP: copied, set up and commanded as a real one is. Its far end is its play script. */
export class StagedStandIn implements Staged {
  static async start(program: string, options: StagedOptions = {}): Promise<StagedStandIn> {
    const copy = portableCopy(program, iniOfOurs({ domain: 'pbx.example.test', ...options }));
    const staged = new StagedStandIn(copy, StandIn.at(copy));
    try {
      await options.before?.(copy.program);
      await staged.run();
    } catch (error) {
      await staged.end();
      throw error;
    }
    return staged;
  }

  private constructor(
    private readonly copy: PortableCopy,
    private readonly standIn: StandIn,
  ) {}

  get program(): string {
    return this.copy.program;
  }

  get ini(): string {
    return this.copy.ini;
  }

  get log(): string {
    return this.copy.log;
  }

  get database(): string {
    return this.copy.database;
  }

  get peer(): SipPeer {
    throw new CannotStage('the stand-in has no SIP of its own');
  }

  act(verb: string, ...fields: (string | number)[]): Promise<unknown> {
    return this.standIn.act(verb, ...fields);
  }

  request(verb: string, ...fields: (string | number)[]): Promise<string[]> {
    return this.standIn.request(verb, ...fields);
  }

  play(steps: readonly Step[]): Promise<void> {
    return play(this.standIn, steps);
  }

  command(text: string): Promise<void> {
    return this.standIn.command(text);
  }

  sync(): Promise<void> {
    return this.standIn.sync();
  }

  run(): Promise<void> {
    return this.standIn.run();
  }

  expectStart(): Promise<void> {
    this.standIn.expectStart();
    return Promise.resolve();
  }

  started(): Promise<void> {
    return this.standIn.started();
  }

  exit(): Promise<void> {
    return this.standIn.exit();
  }

  crash(): Promise<void> {
    return this.standIn.crash();
  }

  async quiet(): Promise<void> {
    while ((await this.request('calls')).length > 0) await this.act('remote-hangup');
  }

  async end(): Promise<void> {
    await this.standIn.end();
    this.copy.remove();
  }
}
