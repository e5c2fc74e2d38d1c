import type { Feature } from '../phone/commands/command';

/**
 * A text for WM_COPYDATA, a click on a button of one ringing window, the end of the call of the selected tab, a command of
 * the messages window's menu, or a switch.
 */
export type MicrosipEncoded = { text: string } | { ring: string; button: number } | TabEnd | MenuChoice | FeatureSwitch;

/** Sets a switch of the dialer page. */
export interface FeatureSwitch {
  feature: Feature;
  on: boolean;
  /** Only if this tab is still the selected one and has a call. */
  tab?: string;
}

export interface TabEnd {
  /** Only if this tab is still the selected one. */
  tab: string;
  /** The End button would end all members of a conference. */
  conference: boolean;
}

export interface MenuChoice {
  menu: 'merge' | 'separate';
  /** Only if this tab is still the selected one. */
  selected: string;
}

/**
 * What is done with the main window and the program themselves. `expect_exit`: somebody else is about to end the program
 * by order of this phone, so it is not to be started again for its going.
 */
export interface AppEncoded {
  app: 'show' | 'exit' | 'expect_exit';
}
