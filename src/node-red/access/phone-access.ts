import type { Node } from 'node-red';
import type { FinishedJson } from '../../messages/finished-json';
import type { SnapshotJson } from '../../messages/snapshot-json';
import type { FoundContact } from '../../contacts/contact-search';
import type { CommandResult } from '../../phone/commands/command';
import type { PhoneSnapshot } from '../../phone/phone';

/** Raised when something is taken away or means something else; what is added leaves it as it is. */
export const ACCESS_VERSION = 1;

/**
 * What a phone's config node offers to nodes of other packages, as `RED.nodes.getNode(id).access`: they need neither
 * `require` nor a version of this package, only a look at `version`. Everything that comes out is JSON (docs/events.md)
 * and the caller's own.
 */
export interface PhoneAccess {
  readonly version: typeof ACCESS_VERSION;
  /** What the phone is called. */
  readonly name: string;
  /**
   * Makes a node a user of the phone: the first one opens it. The phone's state is shown below the node, from its own
   * catalog's `status`. Ends by itself when the node closes.
   * @param onChange called at once, and whenever something of `snapshot` or `callsToday` may have changed
   */
  join(node: Node, onChange: () => void): void;
  snapshot(): AccessSnapshot;
  /** The calls that ended today, by this computer's clock, the newest first; kept since the first node joined. */
  callsToday(): FinishedJson[];
  /**
   * Contacts whose name or number has this in it, from the contacts nodes that are set to this phone.
   * @param most how many are wanted
   */
  findContacts(text: string, most: number): FoundContact[];
  /**
   * Carries out one command as the library does, after the same checks: unknown words and fields are refused.
   * @throws an error for `describe`
   */
  execute(command: unknown): Promise<CommandResult>;
  /**
   * What an error says to a person.
   * @param language as browsers name it, such as `de-AT`; English when there is no such translation
   */
  describe(error: unknown, language: string): DescribedError;
}

export interface AccessSnapshot extends SnapshotJson {
  presence: PhoneSnapshot['presence'];
}

export interface DescribedError {
  /** Of docs/events.md, or `unexpected`. */
  code: string;
  /** What happened, and what to do about it. */
  message: string;
}
