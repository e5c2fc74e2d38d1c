import type { FeatureSwitch } from '../../microsip/microsip-encoded';
import type { Feature, Features } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import { notOffered } from '../../phone/plan/feature-plan';
import { kernel32 } from '../api/kernel32';
import { user32, type Handle } from '../api/user32';
import type { Budget } from './budget';
import { askChecked, setChecked, styleOf } from './window-reader';

const WM_COMMAND = 0x0111;
const BN_CLICKED = 0;
const WS_DISABLED = 0x0800_0000;
const ERROR_ACCESS_DENIED = 5;

/** A button of the dialer page. `byFlag`: its handler takes over what its flag says, the others toggle (docs/microsip/further.md#A). */
const BUTTONS = {
  dnd: { id: 1002, byFlag: false },
  autoAnswer: { id: 1001, byFlag: true },
  autoConference: { id: 1010, byFlag: true },
  forwarding: { id: 1014, byFlag: true },
  recording: { id: 1005, byFlag: false },
} as const satisfies Record<Feature, { id: number; byFlag: boolean }>;

const NAMES = Object.keys(BUTTONS) as Feature[];

/**
 * How the switches stand; one without a button is absent. They are looked up each time, since MicroSIP makes them anew, and
 * asked themselves: their style does not tell (docs/microsip/further.md#A.2).
 * @param page the dialer page; 0: there is none
 * @throws WindowTrouble
 */
export function readFeatures(page: Handle, budget: Budget): Features {
  const features: Features = {};
  for (const feature of NAMES) {
    const button = buttonOf(page, feature);
    if (button !== 0) features[feature] = isPressed(feature, button, budget);
  }
  return features;
}

/**
 * Sets a switch, unless it stands so. Never by a click of its own: that may flip the flag without the handler being told
 * (docs/microsip/further.md#A.3). Posted, since what a handler does may take long.
 * @param page the dialer page
 * @throws WindowTrouble
 * @throws PhoneError `unsupported` without its button, `access_denied`
 */
export function setSwitch(page: Handle, { feature, on }: FeatureSwitch, budget: Budget): void {
  const { id, byFlag } = BUTTONS[feature];
  const button = buttonOf(page, feature);
  // Without their buttons some handlers would switch off what is on.
  if (button === 0) throw notOffered(feature);
  if (askChecked(button, budget()) === on) return;
  if (byFlag) setChecked(button, on, budget());
  const { PostMessageW } = user32();
  const { GetLastError } = kernel32();
  if (PostMessageW(page, WM_COMMAND, (BN_CLICKED << 16) | id, button) !== 0) return;
  const denied = GetLastError() === ERROR_ACCESS_DENIED;
  // The flag alone would show what is not so.
  if (byFlag) setChecked(button, !on, budget());
  throw denied ? new PhoneError('access_denied') : notOffered(feature);
}

function buttonOf(page: Handle, feature: Feature): Handle {
  return page === 0 ? 0 : user32().GetDlgItem(page, BUTTONS[feature].id);
}

/** Without a call there is nothing to record, and its button is disabled. */
function isPressed(feature: Feature, button: Handle, budget: Budget): boolean {
  if (feature === 'recording' && (styleOf(button) & WS_DISABLED) !== 0) return false;
  return askChecked(button, budget());
}
