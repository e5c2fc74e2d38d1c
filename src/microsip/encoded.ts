/** What goes over to a MicroSIP, or to a program that speaks like one: one effect each. */
export type Encoded = MicrosipEncoded | AppEncoded | DocumentedEncoded | DdeEncoded;

/** A text for WM_COPYDATA, a click on a button of one ringing window, or the end of the call of the selected tab. */
export type MicrosipEncoded = { text: string } | { ring: string; button: number } | TabEnd;

export interface TabEnd {
  /** Only if this tab is still the selected one. */
  tab: string;
  /** The End button would end all members of a conference. */
  conference: boolean;
}

/**
 * What is done with the main window and the program themselves. `expect_exit`: somebody else is about to end the program
 * by order of this phone, so it is not to be started again for its going.
 */
export interface AppEncoded {
  app: 'show' | 'exit' | 'expect_exit';
}

/** A WM_COPYDATA of the customer's document: `dwData` and UTF-8 `lpData` (design document, section 6). */
export interface DocumentedEncoded {
  id: number;
  parameters: string;
  /** An answer of 0 means that the peer could not take a call: its line is busy. */
  answersLine?: boolean;
  /** The peer ends of it. */
  closes?: boolean;
}

/** Text of an XTYP_EXECUTE. */
export interface DdeEncoded {
  execute: string;
  /** A server that is busy means its line. */
  answersLine?: boolean;
  /** The peer ends of it. */
  closes?: boolean;
}

export function endsProgram(encoded: Encoded): boolean {
  return (
    ('app' in encoded && encoded.app !== 'show') ||
    (('id' in encoded || 'execute' in encoded) && (encoded.closes ?? false))
  );
}
