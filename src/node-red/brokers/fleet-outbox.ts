import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import { deployGoesOn } from '../phones/deploy-handover';
import { flowsRun, onFlowsStarted } from '../phones/flows-run';
import type { FleetLease } from './fleet-leases';

/** What a phone of a fleet tells. */
export type FleetLetter = { id: string; event: PhoneEvent } | { id: string; finished: FinishedCall };

interface Left {
  /** Of its lease. */
  key: string;
  letters: FleetLetter[];
  end(): void;
}

/** By the id of the node: what those have left that are deployed anew. */
const left = new Map<string, Left>();
let sweeping: (() => void) | undefined;

/**
 * What a fleet tells, for one node that sends it on: never before all nodes of a deploy are there, and nothing of what happens
 * while the node itself is deployed anew is lost.
 */
export class FleetOutbox {
  private readonly letters: FleetLetter[] = [];
  private readonly stopListening: () => void;
  private readonly stopWatching: () => void;
  private closed = false;

  constructor(
    private readonly nodeId: string,
    private readonly lease: FleetLease,
    private readonly deliver: (letter: FleetLetter) => void,
  ) {
    const { fleet } = lease;
    this.stopListening = fleet.listen({
      event: (id, event) => {
        this.add({ id, event });
      },
      finished: (id, finished) => {
        this.add({ id, finished });
      },
    });
    const before = left.get(nodeId);
    left.delete(nodeId);
    before?.end();
    // Of another broker, or of before the flows were stopped, it is no news any more.
    if (before?.key === lease.key && deployGoesOn()) this.letters.push(...before.letters);
    this.stopWatching = onFlowsStarted(() => {
      this.handOut();
    });
  }

  close(removed: boolean): void {
    this.closed = true;
    this.stopWatching();
    const end = (): void => {
      this.stopListening();
      this.lease.release();
    };
    if (removed || !deployGoesOn()) {
      end();
      return;
    }
    left.set(this.nodeId, { key: this.lease.key, letters: this.letters, end });
    sweeping ??= onFlowsStarted(sweep);
  }

  private add(letter: FleetLetter): void {
    this.letters.push(letter);
    if (flowsRun()) this.handOut();
  }

  private handOut(): void {
    if (this.closed) return;
    for (const letter of this.letters.splice(0)) this.deliver(letter);
  }
}

/** Of nodes that did not come back. */
function sweep(): void {
  sweeping?.();
  sweeping = undefined;
  for (const one of left.values()) one.end();
  left.clear();
}
