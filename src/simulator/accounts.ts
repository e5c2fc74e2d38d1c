import type { Registration } from '../phone/calls/call';
import type { Timers } from './timers';
import type { UiThread } from './ui-thread';

const REGISTERED: Registration = { state: 'registered', sipStatus: 200 };
const UNREGISTERED: Registration = { state: 'unregistered' };
/** What a registrar takes to answer (ms). */
const REGISTER_TIME = 30;

/** The accounts of the simulated MicroSIP, and the registration of the active one. */
export class Accounts {
  private active = 1;
  private now: Registration;

  /**
   * @param users the user names of accounts 1, 2 …
   * @param changed is called whenever the registration has been set
   */
  constructor(
    readonly users: readonly string[],
    registered: boolean,
    private readonly timers: Timers,
    private readonly ui: UiThread,
    private readonly changed: (registration: Registration) => void,
  ) {
    this.now = registered ? REGISTERED : UNREGISTERED;
  }

  get registration(): Registration {
    return { ...this.now };
  }

  get activeUser(): string {
    return this.users[this.active - 1] ?? '';
  }

  has(account: number): boolean {
    return this.users[account - 1] !== undefined;
  }

  /**
   * Another account registers anew before it can dial (docs/microsip/interface.md#2.5).
   * @returns whether it was another one
   */
  choose(account: number): boolean {
    if (account === this.active) return false;
    this.active = account;
    if (this.now.state === 'registered') this.registerAnew();
    return true;
  }

  setRegistered(registered: boolean): void {
    this.set(registered ? REGISTERED : UNREGISTERED);
  }

  /** The registrar refuses. @param sipStatus 300..699 */
  fail(sipStatus: number): void {
    this.set({ state: 'failed', sipStatus });
  }

  /** The process is gone. */
  forget(): void {
    this.now = UNREGISTERED;
  }

  private registerAnew(): void {
    this.set({ state: 'registering' });
    this.timers.after(REGISTER_TIME, () => {
      this.ui.run(() => {
        if (this.now.state === 'registering') this.set(REGISTERED);
      });
    });
  }

  private set(registration: Registration): void {
    this.now = registration;
    this.changed(this.registration);
  }
}
