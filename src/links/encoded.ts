/** What goes over to a MicroSIP, or to a program that speaks like one: one effect each. */
export type Encoded = MicrosipEncoded | DocumentedEncoded | DdeEncoded;

/** A text for WM_COPYDATA, or a click on a button of one ringing window. */
export type MicrosipEncoded = { text: string } | { ring: string; button: number };

/** A WM_COPYDATA of the customer's document: `dwData` and UTF-8 `lpData` (design document, section 6). */
export interface DocumentedEncoded {
  id: number;
  parameters: string;
  /** An answer of 0 means that the peer could not take a call: its line is busy. */
  answersLine?: boolean;
}

/** Text of an XTYP_EXECUTE. */
export interface DdeEncoded {
  execute: string;
}
