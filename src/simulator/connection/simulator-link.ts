import type { Dialling } from '../../phone/guard/targets/called-forms';
import { PhoneError } from '../../phone/errors/phone-error';
import { withinTime } from '../../within-time';
import type { SimulatedMicrosip } from '../simulated-microsip';
import { notOffered } from '../../phone/plan/feature-plan';
import type { FeatureSwitch, MicrosipEncoded } from '../../microsip/microsip-encoded';
import { accountOf, type Link, type LinkAction } from '../../phone/ports/link';
import { encodeMicrosip, queuedDelivery, type Version } from '../../microsip/microsip-protocol';

/** dwData of WM_COPYDATA (docs/microsip/interface.md#2.1) */
const AT_ONCE = 1;
const QUEUED = 2;

/** Gives commands to a simulated MicroSIP, in the same words and steps as to a real one. */
export class SimulatorLink implements Link {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  dialling(): Promise<Dialling> {
    return Promise.resolve({ prefix: this.microsip.dialling.prefix });
  }

  peer(): SimulatedMicrosip {
    return this.microsip;
  }

  version(): Version {
    return this.microsip.version;
  }

  refuse(actions: readonly LinkAction[]): void {
    for (const action of actions) {
      if (action.do === 'start') continue;
      encode(action, this.microsip.version);
      const account = accountOf(action);
      if (account !== undefined && !this.microsip.accounts.has(account))
        throw new PhoneError('config', 'no_such_account', { account });
    }
  }

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    const { microsip } = this;
    if (action.do === 'start') {
      microsip.start();
      return;
    }
    const encoded = encode(action, microsip.version);
    const deadline = microsip.clock.monotonic() + timeout;
    const send = async (dwData: number, text: string): Promise<void> => {
      const answer = await withinTime(
        Promise.resolve(microsip.copyData(dwData, `${text}\0`)),
        deadline - microsip.clock.monotonic(),
        { clock: microsip.clock },
      );
      if (answer === undefined) throw new PhoneError('timeout', 'default', { timeout });
      microsip.requireRunning();
      if (answer !== 0) throw new PhoneError('not_ready');
    };
    await send(AT_ONCE, '');
    if ('app' in encoded) microsip[encoded.app]();
    else if ('feature' in encoded) setFeature(microsip, encoded);
    else if ('menu' in encoded) onSelected(microsip.chooseFromMenu(encoded.selected, encoded.menu));
    else if ('tab' in encoded) onSelected(microsip.clickEnd(encoded.tab, encoded.conference));
    else if (!('ring' in encoded)) await send(queuedDelivery(microsip.version) ? QUEUED : AT_ONCE, encoded.text);
    else if (!microsip.clickRing(encoded.ring, encoded.button)) throw new PhoneError('no_call', 'ended');
  }
}

function encode(action: LinkAction, version: Version): MicrosipEncoded | { app: 'show' | 'exit' } {
  return action.do === 'show' || action.do === 'exit' ? { app: action.do } : encodeMicrosip(action, version);
}

function setFeature(microsip: SimulatedMicrosip, { feature, on, tab }: FeatureSwitch): void {
  onSelected(tab === undefined || microsip.calls.selected?.sipCallId === tab);
  if (!microsip.clickSwitch(feature, on)) throw notOffered(feature);
}

/** @throws PhoneError `unsupported` when the tab is not the selected one any more */
function onSelected(isSelected: boolean): void {
  if (!isSelected) throw new PhoneError('unsupported', 'not_selected');
}
