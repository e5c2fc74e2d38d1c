import assert from 'node:assert/strict';
import type { Phone } from '../../src/phone/phone';
import { presenceOf } from '../support/presence';
import { skipBecause } from '../support/skip';
import { EventLog, type Capability, type World, type WorldTraits } from './world';

/** Long enough for a mistaken second event to show up. */
const QUIET = 400;
export const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET));

export const secondsPass = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** One world with an open phone for each test of the contract, and what the tests do with it again and again. */
export class ContractStage {
  readonly exact: boolean;
  readonly lacks: Partial<Record<Capability, string>>;
  private made: { world: World; phone: Phone; log: EventLog } | undefined;

  constructor(
    private readonly makeWorld: () => Promise<World>,
    { exact, lacks = {} }: WorldTraits,
  ) {
    this.exact = exact;
    this.lacks = lacks;
  }

  get world(): World {
    return this.present.world;
  }

  get phone(): Phone {
    return this.present.phone;
  }

  get log(): EventLog {
    return this.present.log;
  }

  async set(): Promise<void> {
    const world = await this.makeWorld();
    const phone = world.phone();
    this.made = { world, phone, log: new EventLog(phone) };
    await phone.open();
  }

  async strike(): Promise<void> {
    await this.phone.close();
    await this.world.end();
    this.made = undefined;
  }

  /** A test for the worlds that have something. */
  needs(capability: Capability, title: string, test: () => Promise<void>): void {
    const why = this.lacks[capability];
    it(title, async function () {
      if (why !== undefined) skipBecause(this, why);
      await test();
    });
  }

  /** Where nobody can tell when the far end began to ring, it counts for nothing that it is said to. */
  callEvents(): string[] {
    return this.log.callEvents.filter((event) => event !== 'alerting' || this.lacks.dialing === undefined);
  }

  async state(wanted: string): Promise<void> {
    const end = Date.now() + 20_000;
    while (this.phone.snapshot().state !== wanted) {
      if (Date.now() > end) assert.fail(`state is ${this.phone.snapshot().state}, not ${wanted}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Now, or where it is known a moment later, then. */
  async presence(wanted: string): Promise<void> {
    if (this.lacks.at_once === undefined) assert.equal(this.phone.snapshot().presence, wanted);
    else await presenceOf(this.phone, wanted);
  }

  async incoming(): Promise<string> {
    await this.world.far.incoming('+4930123456', 'Ada');
    return (await this.log.until('incoming')).call?.callId ?? '';
  }

  async connectedOutbound(): Promise<string> {
    const { callId = '' } = await this.phone.execute({ type: 'dial', number: '1002' });
    await this.log.until('outgoing');
    await this.world.far.answer();
    await this.log.until('answered');
    return callId;
  }

  private get present(): { world: World; phone: Phone; log: EventLog } {
    if (!this.made) throw new Error('the stage is not set');
    return this.made;
  }
}
