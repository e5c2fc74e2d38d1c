import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../../support/eventually';
import type { PeerCall } from '../../../support/sip-peer/peer-call';
import type { SipPeer } from '../../../support/sip-peer/sip-peer';
import { CannotStage } from './staged';

/** PJSIP's words for them. */
const STATES = { calling: 'CALLING', ringing: 'EARLY', connected: 'CONFIRMED', ended: 'DISCONNECTED' };
const SETTLES = 200;
const CALL_WITHIN = 5000;
/** What the stand-in's account has, and ours has not. */
const DOMAIN_OF_STAND_IN = 'pbx.example.test';

/** The far end of a real MicroSIP's calls: the verbs of the stand-in's control protocol, spoken in SIP. */
export class FarEnd {
  constructor(
    private readonly peer: SipPeer,
    /** Where MicroSIP is called. */
    private readonly microsip: () => string,
  ) {}

  get states(): string[] {
    return this.peer.open.map(({ state }) => STATES[state]);
  }

  /** @returns false for a verb that is none of the far end */
  async act(verb: string, fields: readonly (string | number)[]): Promise<boolean> {
    const [first = '', second = '', third = '', fourth = ''] = fields.map((field) => this.ours(String(field)));
    switch (verb) {
      case 'incoming':
        await this.incoming(first, second, third, fourth, fields.length);
        break;
      case 'remote-ring':
        (await this.called(first)).ring();
        break;
      case 'remote-progress':
        (await this.called(first)).ring(183);
        break;
      case 'remote-answer': {
        const call = await this.called(first);
        call.answer(second === '' ? [] : [['P-Asserted-Identity', second]]);
        await call.until('acknowledged');
        break;
      }
      case 'remote-busy':
        await this.refuse(first, 486);
        break;
      case 'remote-reject':
        await this.refuse(first, 603);
        break;
      case 'remote-fail':
        await this.refuse(first, Number(second || 480));
        break;
      case 'remote-hangup':
        await this.hangUp(first, first === 'elsewhere' || second === 'elsewhere', third);
        break;
      case 'remote-hold':
        await (await this.chosen(first)).hold();
        break;
      case 'remote-resume':
        await (await this.chosen(first)).resume();
        break;
      case 'transfer-result':
        this.peer.transferResult = Number(first);
        break;
      default:
        return false;
    }
    await sleep(SETTLES);
    return true;
  }

  /** Also what MicroSIP has forgotten. */
  async quiet(): Promise<void> {
    for (const call of this.peer.open) await call.hangup().catch(() => undefined);
    for (const call of this.peer.open) call.end();
    this.peer.transferResult = 200;
  }

  private ours(field: string): string {
    const { host, port } = this.peer.place;
    return field.replaceAll(DOMAIN_OF_STAND_IN, `${host}:${port}`);
  }

  private async incoming(number: string, name: string, domain: string, more: string, fields: number): Promise<void> {
    if (more !== '' || fields > 4) throw new CannotStage('the SIP peer of the tests cannot call like that');
    const caller = { number, name, ...(domain !== '' && { domain }) };
    const call = await this.peer.call(this.microsip(), caller);
    const begun = await call.until(/^(ringing|connected|refused|failed)/);
    if (begun.startsWith('failed')) throw new Error(`MicroSIP does not answer an INVITE: ${begun}`);
  }

  private async refuse(which: string, status: number): Promise<void> {
    const call = await this.called(which);
    call.refuse(status);
    await call.until('acknowledged');
  }

  private async hangUp(which: string, elsewhere: boolean, reason: string): Promise<void> {
    const text = elsewhere ? 'Call completed elsewhere' : reason;
    const cause = elsewhere ? 200 : 487;
    const call = await this.chosen(which === 'elsewhere' ? '' : which);
    await call.hangup(text === '' ? [] : [['Reason', `SIP;cause=${cause};text="${text}"`]]);
  }

  /** `call 2` is the second of the open ones, by age; otherwise the newest. MicroSIP shows a call before it is here. */
  private async chosen(which: string, fits: (call: PeerCall) => boolean = () => true): Promise<PeerCall> {
    const place = /^call (\d)$/.exec(which)?.[1];
    const look = (): PeerCall | undefined =>
      place === undefined ? this.peer.open.filter(fits).at(-1) : this.peer.open[Number(place) - 1];
    const call = await eventually(look, CALL_WITHIN).catch(() => undefined);
    if (!call) throw new Error('the far end has no such call: MicroSIP has sent no INVITE');
    return call;
  }

  /** One that MicroSIP has begun. */
  private called(which: string): Promise<PeerCall> {
    return this.chosen(which, ({ invite, state }) => invite !== undefined && state !== 'connected');
  }
}
