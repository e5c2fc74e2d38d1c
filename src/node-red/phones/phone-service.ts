import type { Node, NodeAPI } from 'node-red';
import type { Command, CommandResult } from '../../phone/commands/command';
import type { Fleet } from '../../fleet/reader/fleet';
import type { RemotePhone } from '../../fleet/remote-phone';
import type { LocalPhone } from '../../phone/local-phone';
import type { Phone, PhoneEvents, PhoneSnapshot } from '../../phone/phone';
import { PhoneError } from '../../phone/errors/phone-error';
import type { PhoneEvent } from '../../phone/phone-event';
import { phoneName } from '../../settings/phone-name';
import type { PhoneMemory } from '../../phone/phone-memory';
import type { RawSettings } from '../../settings/setting-values';
import type { SimulatedMicrosip } from '../../simulator/simulated-microsip';
import type { PhoneAccess } from '../access/phone-access';
import { CallerNames } from '../contacts/caller-names';
import { e164Formatter } from '../../phone/numbers/e164';
import { connectedTo, type ConnectedTo } from './connected-to';
import { noteDeployed } from './deployed-phones';
import { guarded } from '../inputs/guarded';
import { localisedError } from '../inputs/localised-error';
import { Outbox } from './outbox';
import { carryOver, takeCarried } from './deploy-handover';
import { leaseFleet, type FleetLease } from '../brokers/fleet-leases';
import { LeftPhone } from './left-phone';
import { noteRunning } from './running-phones';

/** A `microsip-phone` config node: the phone that other nodes share. */
export interface PhoneNode extends Node {
  service: PhoneService;
  /** For nodes of other packages. */
  access: PhoneAccess;
  /** Node-RED itself reads this to deliver the config node's own status and errors; it has to be a plain object. */
  users: Record<string, Node>;
}

interface User {
  node: Node;
  onChange: () => void;
}

/** Loaded with the first phone: to have the nodes in the palette costs the start of Node-RED next to nothing. */
const library = (): typeof import('../../create-phone') =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require('../../create-phone') as typeof import('../../create-phone');

/** Owns one phone for the nodes that use it: opens it for the first of them, tells all of them of changes. */
export class PhoneService {
  readonly name: string;
  readonly simulated: SimulatedMicrosip | undefined;
  /** The phone, for who plays the far end of the simulated MicroSIP; undefined when it is watched by somebody else. */
  readonly local: LocalPhone | undefined;
  /** Where the names of callers are from that the network sent none of. */
  readonly callers: CallerNames;
  private readonly phone: Phone | undefined;
  /** Why there is no phone: settings that cannot work. */
  private readonly failure: PhoneError | undefined;
  private readonly users = new Map<string, User>();
  private readonly listening = new Set<() => void>();
  private readonly connectedTo: ConnectedTo;
  /** What the phone before this one left, for the next if there is none now. */
  private readonly memory: PhoneMemory | undefined;
  private readonly outbox: Outbox;
  private readonly forgetDeployed: () => void;
  /** For who shows all phones that run. */
  private readonly running: { changed(): void; gone(): void };
  private failed: { time: number; error: PhoneError } | undefined;
  /** For a phone elsewhere, and the phone itself. */
  private readonly lease: FleetLease | undefined;
  private readonly remote: RemotePhone | undefined;
  /** The phone before this one, as long as this one does not listen itself. */
  private before: LeftPhone | undefined;
  private opening: Promise<void> | undefined;

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: PhoneNode,
    readonly raw: Readonly<RawSettings>,
  ) {
    node.users = {};
    this.running = noteRunning(node.id, this);
    this.name = phoneName(raw.name);
    this.callers = new CallerNames(e164Formatter(typeof raw.region === 'string' ? raw.region.trim() : ''));
    this.connectedTo = connectedTo(raw);
    this.forgetDeployed = noteDeployed(raw);
    const carried = takeCarried(node.id, this.connectedTo);
    this.memory = carried?.memory;
    this.outbox = new Outbox(carried?.untold);
    this.before = carried?.left;
    this.before?.forward((letter) => {
      this.outbox.add(letter);
    });
    this.outbox.afterwards(() => {
      // With no node that would have this one opened, there is nobody to listen for.
      if (!this.opening) this.takeOver();
    });
    try {
      if (raw.connection === 'simulator') this.simulated = carried?.simulated ?? library().createSimulated(raw);
      if (raw.connection === 'mqtt') this.lease = leaseFleet(RED, raw.broker, raw.base);
      const { phone, local, remote } = library().makePhone(raw, {
        ...(this.lease && { fleet: this.lease.fleet }),
        ...(this.before && { told: this.before.told }),
        ...(this.simulated && { simulated: this.simulated }),
        ...(this.memory && { memory: this.memory }),
        ...(RED.settings.userDir && { directory: RED.settings.userDir }),
        id: node.id,
        names: this.callers.nameOf,
      });
      this.phone = phone;
      this.local = local;
      this.remote = remote;
      this.listen('problem', (problem) => {
        this.noteError(problem);
        guarded(node, () => {
          node.warn(localisedError(RED, problem).message);
        });
      });
      this.listen('change', () => {
        this.tellUsers();
      });
      this.listen('event', (event) => {
        this.outbox.add({ event });
      });
      this.listen('finished', (finished) => {
        this.outbox.add({ finished });
      });
    } catch (error) {
      this.failure = error instanceof PhoneError ? error : new PhoneError('config');
      this.lease?.release();
      this.takeOver();
      this.report(error);
    }
  }

  /** @throws PhoneError `config` or `unsupported`, when the settings cannot work */
  requirePhone(): Phone {
    if (!this.phone) throw this.failure ?? new PhoneError('config');
    return this.phone;
  }

  /** Where a phone is that an agent has. */
  get elsewhere(): { fleet: Fleet; id: string } | undefined {
    return this.lease && this.remote && { fleet: this.lease.fleet, id: this.remote.id };
  }

  async execute(command: Command): Promise<CommandResult> {
    try {
      return await this.requirePhone().execute(command);
    } catch (error) {
      this.noteError(error);
      throw error;
    }
  }

  /** The latest command or source that failed, with its time in ms since 1970. */
  get lastError(): { time: number; error: PhoneError } | undefined {
    return this.failed;
  }

  /** How many nodes use it: with none it is not opened. */
  get userCount(): number {
    return this.users.size;
  }

  snapshot(): PhoneSnapshot {
    const nothing: PhoneSnapshot = { presence: 'closed', time: Date.now(), state: 'offline', calls: [] };
    return this.phone?.snapshot() ?? { ...nothing, ...(this.failure && { problem: this.failure.code }) };
  }

  /**
   * Each event as it happens, for who waits for it.
   * @returns a function that ends the listening
   */
  onEvent(listener: (event: PhoneEvent) => void): () => void {
    return this.listen('event', listener);
  }

  /** What happens, for nodes that send it on: never before all nodes of a deploy are there. */
  get told(): Pick<Outbox, 'onEvent' | 'onFinished' | 'afterwards'> {
    return this.outbox;
  }

  register(node: Node, onChange: () => void): void {
    this.users.set(node.id, { node, onChange });
    this.node.users[node.id] = node;
    this.opening ??= this.open();
    onChange();
    this.running.changed();
  }

  deregister(node: Node): void {
    this.users.delete(node.id);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- Node-RED prescribes a plain object
    delete this.node.users[node.id];
  }

  /** Resolves when the first look at MicroSIP is over, also when it failed. */
  async opened(): Promise<void> {
    await this.opening;
  }

  /** `msg.action = "connect"` */
  async connect(): Promise<void> {
    const opening = this.requirePhone().open();
    this.opening = opening.catch(() => undefined);
    await opening;
    this.takeOver();
  }

  /** `msg.action = "disconnect"` */
  async disconnect(): Promise<void> {
    await this.requirePhone().close();
  }

  async close(removed: boolean): Promise<void> {
    this.forgetDeployed();
    this.running.gone();
    const memory = this.local?.memory() ?? this.memory;
    for (const stop of this.listening) stop();
    this.takeOver();
    const { connectedTo, simulated, remote, lease } = this;
    if (!remote) await this.phone?.close();
    const untold = this.outbox.close();
    const left = remote && lease && new LeftPhone(remote, lease);
    const kept = { ...(memory && { memory }), ...(simulated && { simulated }), ...(left && { left }) };
    carryOver(this.node.id, { connectedTo, untold, ...kept }, removed);
  }

  /** @returns a function that ends the listening */
  private listen<E extends keyof PhoneEvents>(event: E, listener: (...told: PhoneEvents[E]) => void): () => void {
    this.phone?.on(event, listener);
    const stop = (): void => {
      this.listening.delete(stop);
      this.phone?.off(event, listener);
    };
    this.listening.add(stop);
    return stop;
  }

  /** From now on this phone listens itself. */
  private takeOver(): void {
    this.before?.end();
    this.before = undefined;
  }

  private async open(): Promise<void> {
    try {
      await this.phone?.open();
      this.takeOver();
    } catch (error) {
      this.report(error);
    }
  }

  private report(error: unknown): void {
    if (error instanceof PhoneError && error.code === 'closed') return;
    this.noteError(error);
    guarded(this.node, () => {
      this.node.error(localisedError(this.RED, error).message);
    });
  }

  private noteError(error: unknown): void {
    if (!(error instanceof PhoneError)) return;
    this.failed = { time: Date.now(), error };
    this.running.changed();
  }

  private tellUsers(): void {
    this.running.changed();
    for (const { onChange } of this.users.values()) onChange();
  }
}
