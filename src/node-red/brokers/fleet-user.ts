import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { Catalog } from '../../catalog';
import type { Fleet } from '../../fleet/reader/fleet';
import { PhoneError, type ErrorCode } from '../../phone/errors/phone-error';
import { guarded } from '../inputs/guarded';
import { localisedError } from '../inputs/localised-error';
import { errorStatus, type PhoneNodeStatus } from '../inputs/status-line';
import { fleetCounts, type FleetCounts } from './fleet-counts';
import { leaseFleet, type FleetLease } from './fleet-leases';
import { FleetOutbox, type FleetLetter } from './fleet-outbox';

/** ms: of a thousand phones, some one changes all the time. */
const STATUS_EVERY = 500;

/** What a node with a fleet does: has it as long as it lives, and shows how many phones there are. */
export class FleetUser {
  private readonly lease: FleetLease | undefined;
  /** Why there is no fleet. */
  private readonly failure: PhoneError | undefined;
  private timer: NodeJS.Timeout | undefined;
  private shown = '';
  private problem: ErrorCode | 'unexpected' | undefined;

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    { broker, base }: { broker?: unknown; base?: unknown },
    deliver: (letter: FleetLetter) => void,
  ) {
    try {
      this.lease = leaseFleet(RED, broker, base);
    } catch (error) {
      this.failure = error instanceof PhoneError ? error : new PhoneError('config');
      const { reason } = this.failure;
      if (reason !== 'no_broker') node.error(localisedError(RED, this.failure).message);
      node.status(reason === 'no_broker' ? noBroker() : errorStatus(this.failure.code));
      return;
    }
    const outbox = new FleetOutbox(node.id, this.lease, deliver);
    const stop = this.lease.fleet.listen({
      change: () => {
        this.showSoon();
      },
      connection: () => {
        this.show();
      },
    });
    node.on('close', (removed: boolean, done: () => void) => {
      stop();
      clearTimeout(this.timer);
      outbox.close(removed);
      done();
    });
    this.show();
  }

  /** @throws PhoneError `config` */
  requireFleet(): Fleet {
    if (!this.lease) throw this.failure ?? new PhoneError('config');
    return this.lease.fleet;
  }

  /** It stays until the next message went well. */
  showError(code: ErrorCode | 'unexpected'): void {
    if (!this.lease) return;
    this.problem = code;
    this.show();
  }

  clearError(): void {
    if (!this.problem) return;
    this.problem = undefined;
    this.show();
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.show();
    }, STATUS_EVERY).unref();
  }

  private show(): void {
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.shown) return;
    this.shown = text;
    guarded(this.node, () => {
      this.node.status(status);
    });
  }

  private status(): PhoneNodeStatus & Partial<FleetCounts> {
    const { fleet } = this.lease ?? {};
    if (!fleet) return noBroker();
    if (!fleet.connected) return { ...errorStatus('broker_offline'), state: 'offline' };
    if (this.problem) return errorStatus(this.problem);
    const counts = fleetCounts(fleet.phones());
    return { ...look(counts), text: this.told(counts), ...counts };
  }

  /** A status that is a key of the catalog has no room for values, so it is said here, in Node-RED's language. */
  private told(counts: FleetCounts): string {
    const key = counts.online < counts.known ? 'fleet.counts_of_known' : 'fleet.counts';
    const params = { ...counts };
    const text = this.RED._(key, params);
    return text && text !== key ? text : new Catalog('common.json').text(key, params);
  }
}

function look({ inCall, calling }: FleetCounts): NodeStatus {
  if (inCall > 0) return { fill: 'blue', shape: 'dot' };
  return calling > 0 ? { fill: 'blue', shape: 'ring' } : { fill: 'grey', shape: 'ring' };
}

function noBroker(): PhoneNodeStatus {
  return { fill: 'red', shape: 'ring', text: 'status.no_broker' };
}
