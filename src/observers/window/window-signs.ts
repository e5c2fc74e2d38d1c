import type { MessagesWindow, WindowSnapshot } from '../../microsip/window-snapshot';
import { numberBoxParty, titleParty } from './texts/number-text';
import type { ShownParty } from './texts/party';
import { statusSigns, type StatusSigns } from './texts/status-text';

/** The call of the selected tab. `connecting` is on its way to confirmed, in either direction. */
export type TabState = 'none' | 'ringing' | 'dialing' | 'alerting' | 'connecting' | 'connected' | 'held';

/** What the windows say about calls that do not merely ring, without memory. */
export interface WindowSigns {
  tab: { state: TabState; title: string; party: ShownParty };
  status: StatusSigns;
  /** The dialer page shows a call, which it does in single-call mode only. */
  dialerCall: boolean;
  /** Without a dialer page nothing can be said about the mode. */
  dialerSeen: boolean;
  /** Who the call on the dialer page is with, unless somebody has typed a number since. */
  box: ShownParty;
  /** Who the call of the selected tab is with, from all that shows it. */
  party: ShownParty;
}

export function windowSigns({ messages, dialer, statusText, version }: WindowSnapshot): WindowSigns {
  const status = statusSigns(statusText);
  const title = messages?.title ?? '';
  const tab = { state: tabState(messages, status), title, party: titleParty(title, version) };
  const box = dialer?.endShown ? numberBoxParty(dialer.number) : {};
  return {
    tab,
    status,
    box,
    dialerCall: dialer?.endShown === true,
    dialerSeen: dialer !== undefined,
    party: callParty(tab.party, box),
  };
}

/** docs/microsip/interface.md#7.4 */
function tabState(messages: MessagesWindow | undefined, status: StatusSigns): TabState {
  if (!messages?.endShown) return 'none';
  if (messages.callOrAnswerShown) return 'ringing';
  if (messages.holdShown) return messages.holdChecked ? 'held' : 'connected';
  if (!messages.transferShown) return 'dialing';
  // The buttons are the same in EARLY and CONNECTING; only the dots of the status text tell them apart.
  return status.underWay ? 'connecting' : 'alerting';
}

/** The number box is free for typing, so it only adds what the title does not tell. */
function callParty(title: ShownParty, box: ShownParty): ShownParty {
  if (title.number !== undefined) return title;
  const { label } = title;
  const name = box.name ?? (label !== box.number ? label : undefined);
  return { ...box, ...(name !== undefined && { name }) };
}
