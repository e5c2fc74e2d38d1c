import type { Registration } from '../../../phone/calls/call';
import type { SipMessage } from './sip-message';

const SUCCESS =
  /: registration success, status=(\d{3}) \(.*\), (?:will re-register in (\d+) seconds|auto re-register disabled)/s;
const FAILED = /^SIP registration failed, status=(\d{3})\b/;
/** Status 171001 (`PJSIP_EBUSY`) only says that an attempt is under way already. */
const ERROR = /^SIP registration error: (?!.*\[status=171001\])/s;
const SETTING = /^Acc (\d+): setting registration/;
const DELETED = /^Account id (\d+) deleted/;
/** How long after its term (ms) a registration that nobody renews is taken for lost. */
const GRACE = 5_000;

/**
 * Follows whether the phone is registered. What counts is the verdict of pjsip's account module; the SIP messages only
 * add what it leaves out: that an attempt is under way, and the status behind an error.
 */
export class RegistrationWatch {
  private state: Registration | undefined;
  private attempt = false;
  /** Index of the account that registers; MicroSIP may have one more, which does not. */
  private account: string | undefined;
  private lastRefusal: number | undefined;
  /** Time (ms, evenly counted) when the registration runs out. */
  private term: number | undefined;

  constructor(private readonly report: (registration: Registration, time: number) => void) {}

  get current(): Registration | undefined {
    return this.state && { ...this.state };
  }

  message(message: SipMessage, sent: boolean, time: number): void {
    if (message.method !== 'REGISTER') return;
    if (message.status !== undefined) {
      if (!sent && message.status >= 300) this.lastRefusal = message.status;
      return;
    }
    if (!sent || message.headers.get('expires')?.[0] === '0') return;
    this.attempt = true;
    this.lastRefusal = undefined;
    if (this.state === undefined || this.state.state === 'unregistered') this.become({ state: 'registering' }, time);
  }

  /**
   * @param text of a record of `pjsua_acc.c`
   * @param evenly the time by which terms go (ms): it passes evenly, whatever becomes of the clock of the log
   */
  line(text: string, time: number, evenly: number): void {
    const success = SUCCESS.exec(text);
    const failed = FAILED.exec(text);
    if (success) {
      this.over(success[2] === undefined ? undefined : evenly + Number(success[2]) * 1000);
      this.become({ state: 'registered', sipStatus: Number(success[1]) }, time);
    } else if (failed) {
      this.over();
      this.become({ state: 'failed', sipStatus: Number(failed[1]) }, time);
    } else if (ERROR.test(text)) {
      const sipStatus = this.lastRefusal;
      this.over();
      this.become({ state: 'failed', ...(sipStatus !== undefined && { sipStatus }) }, time);
    } else if (text.endsWith(': unregistration success') || this.isDeletion(text)) this.end(time);
  }

  private isDeletion(text: string): boolean {
    this.account = SETTING.exec(text)?.[1] ?? this.account;
    const deleted = DELETED.exec(text)?.[1];
    return deleted !== undefined && deleted === this.account;
  }

  tick(time: number, evenly: number): void {
    if (this.term !== undefined && !this.attempt && evenly > this.term + GRACE) this.end(time);
  }

  /** The account was taken out of service, or the program ended. */
  end(time: number): void {
    this.over();
    if (this.state) this.become({ state: 'unregistered' }, time);
  }

  forget(): void {
    this.over();
    this.state = undefined;
  }

  private over(term?: number): void {
    this.attempt = false;
    this.lastRefusal = undefined;
    this.term = term;
  }

  private become(state: Registration, time: number): void {
    if (this.state?.state === state.state && this.state.sipStatus === state.sipStatus) return;
    this.state = state;
    this.report({ ...state }, time);
  }
}
