import type { CommandIds } from '../documented/command-ids';
import type { DdeEncoded, DocumentedEncoded } from '../documented/documented-encoded';
import type { AppEncoded, MicrosipEncoded } from '../microsip/microsip-encoded';
import type { WindowSnapshot } from '../microsip/window-snapshot';

/** What goes over to a MicroSIP, or to a program that speaks like one: one effect each. */
export type Encoded = MicrosipEncoded | AppEncoded | DocumentedEncoded | DdeEncoded;

export function endsProgram(encoded: Encoded): boolean {
  return (
    ('app' in encoded && encoded.app !== 'show') ||
    (('id' in encoded || 'execute' in encoded) && (encoded.closes ?? false))
  );
}

/** One MicroSIP on this computer, watched and driven through its windows. */
export interface MicrosipWindow {
  /** What the latest look saw; undefined before the first one. */
  readonly snapshot: WindowSnapshot | undefined;
  /**
   * Resolves after the first look. Harmless when started already.
   * @throws PhoneError `unsupported` on a computer that cannot do it
   */
  start(): Promise<void>;
  /** Leaves nothing behind. Requests that are under way fail with `closed`. */
  stop(): Promise<void>;
  /**
   * Resolves when MicroSIP has taken the command or the click into its queue.
   * @param timeout longest wait in ms
   * @throws PhoneError as for `Link.deliver`
   */
  deliver(encoded: Encoded, timeout: number): Promise<void>;
  /**
   * Looks again now. Resolves when listeners have heard of what changed.
   * @returns false when it could not be had in time
   */
  refresh(): Promise<boolean>;
  /**
   * Told of every change, not of looks that saw nothing new.
   * @returns a function that ends it
   */
  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void;
}

/** What is spoken: MicroSIP's own language, or one of the two of the older document (docs/microsip/older-interface.md). */
export type PeerKind = 'microsip' | 'documented' | 'dde';

export interface WindowOptions {
  /** Default: `microsip`. */
  peer?: PeerKind;
  /** Path of the program file: only windows of that copy. Empty: the running copy, else the one in the registry. */
  program?: string;
  /** Start MicroSIP when it is not running. */
  startProgram?: boolean;
  /** ms between two looks when no event of Windows asks for one */
  pollInterval: number;
  /** Have a window for notifications by other programs. */
  notifications?: boolean;
  /** Ids of the peer `documented`; default: those of the document. */
  commandIds?: CommandIds;
  /** ms; a look waits at most this for one answer, and never more than 250 ms for one of MicroSIP */
  timeout: number;
}
