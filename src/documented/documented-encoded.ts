/** A WM_COPYDATA of the older document: `dwData` and UTF-8 `lpData` (docs/microsip/older-interface.md#commands). */
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
