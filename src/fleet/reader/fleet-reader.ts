import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../../clock';
import type { ToldSnapshot } from '../../messages/snapshot-json';
import { fieldsOf } from '../../messages/json-reader';
import type { BrokerMessage, BrokerPort } from '../broker/broker-port';
import { readAvailability } from '../protocol/availability';
import {
  completedEvent,
  completedFinished,
  completedInfo,
  completedState,
  type Heard,
} from '../protocol/completed-json';
import { readFleetCall } from '../protocol/fleet-call';
import { readFleetEvent } from '../protocol/fleet-event';
import { readFleetInfo, type FleetInfo } from '../protocol/fleet-info';
import { readFleetResponse } from '../protocol/fleet-response';
import { readFleetState, type FleetState } from '../protocol/fleet-state';
import { jsonOf, readPayload } from '../protocol/payload';
import { readSeq, readSession, type Position } from '../protocol/position';
import { DEFAULT_BASE, fleetFilters, readBase, readTopic, type PhoneTopic } from '../protocol/topics';
import { CommandSender } from './command-sender';
import type {
  CollectOptions,
  Fleet,
  FleetAnswer,
  FleetCommand,
  FleetListener,
  FleetTarget,
  Outcome,
  SendOptions,
} from './fleet';
import { FleetListeners } from './fleet-listeners';
import type { FleetPhone } from './fleet-phone';
import { KnownPhones } from './known-phones';
import { PhoneRecord, type RecordHost } from './phone-record';
import { SnapshotRequests } from './snapshot-requests';
import { StagedSubscriptions } from './staged-subscriptions';
import type { ToldPhone } from './told-phone';

/** Whoever may publish could name phones without end. */
const MOST_PHONES = 20_000;

export interface FleetReaderOptions {
  base?: string;
  clock?: Clock;
  /** Of an earlier reader with this base, by phone: so that no call begins or ends twice. */
  told?: ReadonlyMap<string, ToldPhone>;
  /** The name under which answers to our commands come: of this reader alone. */
  from?: string;
}

/** Why messages were not used. */
export type Dropped = 'unreadable' | 'repeated' | 'stale' | 'unasked' | 'too_many_phones';

type TopicOf<K extends PhoneTopic['kind']> = Extract<PhoneTopic, { kind: K }>;
/** @returns false for what cannot be read */
type Taker<K extends PhoneTopic['kind']> = (topic: TopicOf<K>, message: BrokerMessage) => boolean;

const infoOf = (payload: Buffer): FleetInfo | undefined =>
  readPayload(payload, (json) => readFleetInfo(completedInfo(json)));
const readPosition = fieldsOf<Position>({ session: readSession, seq: readSeq }, {});

/** Reads all that the agents below one base of a broker tell, and sends them commands. */
export class FleetReader implements Fleet {
  private readonly base: string;
  private readonly clock: Clock;
  private readonly from: string;
  private readonly toldBefore: ReadonlyMap<string, ToldPhone>;
  private readonly records = new Map<string, PhoneRecord>();
  private readonly listeners = new FleetListeners();
  private readonly sender: CommandSender;
  private readonly requests: SnapshotRequests;
  private readonly stages: StagedSubscriptions;
  private readonly waiting: KnownPhones;
  private readonly ends: (() => void)[];
  private readonly counts = new Map<Dropped, number>();
  private readonly host: RecordHost;

  /** @throws PhoneError `config` for a base that is not possible */
  constructor(
    private readonly broker: BrokerPort,
    { base = DEFAULT_BASE, clock = systemClock, from = randomUUID(), told = new Map() }: FleetReaderOptions = {},
  ) {
    this.base = readBase(base);
    this.clock = clock;
    this.from = from;
    this.toldBefore = told;
    this.host = this.recordHost();
    this.sender = new CommandSender({
      broker,
      clock,
      base,
      from,
      record: (id) => this.records.get(id),
      records: () => this.records.values(),
    });
    this.requests = new SnapshotRequests(clock, {
      misses: (id) => this.records.get(id)?.misses === true,
      request: (id) => {
        this.sender.requestSnapshot(id);
        this.records.get(id)?.noteAsked();
      },
    });
    this.waiting = new KnownPhones(clock, broker, (id) => this.records.get(id));
    const filters = fleetFilters(base);
    const stateOf = (payload: Buffer, phone: string): FleetState | undefined =>
      readPayload(payload, (json) => readFleetState(completedState(json, this.heard(phone))));
    this.stages = new StagedSubscriptions(broker, clock, [
      {
        filter: filters.availability,
        listener: this.kept('availability', readAvailability, (record, availability, retained) => {
          record.setAvailability(availability, retained);
        }),
      },
      {
        filter: filters.state,
        listener: this.kept('state', stateOf, (record, state, retained) => {
          record.setState(state, retained);
        }),
      },
      {
        filter: filters.info,
        listener: this.kept('info', infoOf, (record, info, retained) => {
          record.setInfo(info, retained);
        }),
      },
    ]);
    // The broker keeps none of these, so they need no stage; and what happens before the stages are over is not missed.
    this.ends = [
      broker.subscribe(
        filters.event,
        1,
        this.reader('event', ({ phone }, message) => this.takeEvent(phone, message)),
      ),
      broker.subscribe(
        filters.call,
        1,
        this.reader('call', ({ phone }, message) => this.takeCall(phone, message)),
      ),
      broker.subscribe(
        filters.responses(from),
        1,
        this.reader('response', (topic, message) => this.takeResponse(topic, message)),
      ),
      broker.onConnection((connected) => {
        this.connectionChanged(connected);
      }),
    ];
    // Nobody may ever tell how they end, or tell the call log of them.
    for (const [id, { hasCalls, unlogged }] of told) if (hasCalls || !unlogged.isEmpty) this.recordOf(id);
    if (broker.connected) this.readAnew();
  }

  get connected(): boolean {
    return this.broker.connected;
  }

  /** How many messages were not used, and why. */
  get dropped(): Readonly<Partial<Record<Dropped, number>>> {
    return Object.fromEntries(this.counts);
  }

  phones(): FleetPhone[] {
    return [...this.records.values()].map((record) => record.view());
  }

  phone(id: string): FleetPhone | undefined {
    return this.records.get(id)?.view();
  }

  /** What listeners know, for the reader that takes its place. */
  get toldPhones(): ReadonlyMap<string, ToldPhone> {
    return new Map([...this.records].map(([id, { told }]) => [id, told]));
  }

  told(id: string): ToldSnapshot | undefined {
    return this.records.get(id)?.toldSnapshot;
  }

  agentTime(id: string): number {
    return this.records.get(id)?.agentTime ?? this.clock.wall();
  }

  known(id: string): Promise<void> {
    return this.waiting.wait(id);
  }

  listen(listener: FleetListener): () => void {
    return this.listeners.listen(listener);
  }

  follow(id: string, listener: FleetListener): () => void {
    return this.listeners.follow(id, listener);
  }

  async send(id: string, command: FleetCommand, options?: SendOptions): Promise<FleetAnswer> {
    if (!this.records.get(id)?.online) await this.known(id);
    return this.sender.send(id, command, options);
  }

  sendToMany(target: FleetTarget, command: FleetCommand, options?: CollectOptions): Promise<Map<string, Outcome>> {
    return this.sender.sendToMany(target, command, options);
  }

  close(): void {
    this.stages.stop();
    this.requests.stop();
    for (const end of this.ends.splice(0)) end();
    for (const record of this.records.values()) record.cancelAll();
    this.sender.close();
    this.waiting.close();
  }

  /** Takes the messages of one kind of topic. */
  private reader<K extends PhoneTopic['kind']>(kind: K, take: Taker<K>): (message: BrokerMessage) => void {
    return (message) => {
      const topic = readTopic(this.base, message.topic);
      const isUsed = topic?.kind === kind && take(topic as TopicOf<K>, message);
      if (!isUsed) this.drop('unreadable');
    };
  }

  /** Of what the broker keeps. An empty one takes it out of the fleet. */
  private kept<T>(
    kind: 'availability' | 'state' | 'info',
    read: (payload: Buffer, phone: string) => T | undefined,
    set: (record: PhoneRecord, told: T | undefined, retained: boolean) => void,
  ): (message: BrokerMessage) => void {
    return this.reader(kind, ({ phone }, { payload, retain }) => {
      const told = read(payload, phone);
      if (told === undefined && payload.byteLength > 0) return false;
      const record = told === undefined ? this.records.get(phone) : this.recordOf(phone);
      if (!record) return true;
      set(record, told, retain);
      if (told === undefined && record.isEmpty) this.remove(record);
      return true;
    });
  }

  /** One that is kept would be told again at each connect: nobody but a stranger publishes such. */
  private takeEvent(phone: string, { payload, retain }: BrokerMessage): boolean {
    const json = retain ? undefined : jsonOf(payload);
    const event = readFleetEvent(completedEvent(json, this.heard(phone)));
    const position = event ?? readPosition(json);
    if (event) this.recordOf(phone)?.addEvent(event);
    else if (position) this.recordOf(phone)?.addUnknown(position);
    return event !== undefined;
  }

  private takeCall(phone: string, { payload, retain }: BrokerMessage): boolean {
    const told = retain
      ? undefined
      : readPayload(payload, (json) => readFleetCall(completedFinished(json, this.heard(phone))));
    if (told) this.recordOf(phone)?.addFinished(told.finished);
    return told !== undefined;
  }

  private takeResponse({ phone, from, id }: TopicOf<'response'>, { payload, retain }: BrokerMessage): boolean {
    const response = retain ? undefined : readPayload(payload, readFleetResponse);
    if (from !== this.from || response?.id !== id) return false;
    if (!this.sender.take(phone, response)) this.drop('unasked');
    return true;
  }

  private heard(phone: string): Heard {
    return { phone, time: this.agentTime(phone) };
  }

  private recordOf(id: string): PhoneRecord | undefined {
    const known = this.records.get(id);
    if (known) return known;
    if (this.records.size >= MOST_PHONES) {
      this.drop('too_many_phones');
      return undefined;
    }
    const record = new PhoneRecord(id, this.host, this.toldBefore.get(id));
    this.records.set(id, record);
    return record;
  }

  private remove(record: PhoneRecord): void {
    record.remove();
    this.records.delete(record.id);
    this.host.change(record.id);
  }

  private connectionChanged(connected: boolean): void {
    this.stages.stop();
    this.requests.stop();
    if (!connected) this.sender.brokerLost();
    for (const record of this.records.values()) record.connectionChanged();
    this.waiting.connectionChanged(connected);
    this.listeners.tellEverybody((listener) => listener.connection?.(connected));
    if (connected) this.readAnew();
  }

  private readAnew(): void {
    this.stages.start((isCut) => {
      if (isCut) this.sender.requestAllSnapshots();
      this.waiting.told(isCut);
      for (const record of this.records.values()) record.brokerHasTold();
    });
  }

  private recordHost(): RecordHost {
    const { clock, broker, listeners } = this;
    return {
      clock,
      get connected() {
        return broker.connected;
      },
      event: (id, event) => {
        listeners.tell(id, (listener) => listener.event?.(id, event));
      },
      finished: (id, finished) => {
        listeners.tell(id, (listener) => listener.finished?.(id, finished));
      },
      change: (id) => {
        this.requests.consider(id);
        this.waiting.changed(id);
        listeners.tell(id, (listener) => listener.change?.(id));
      },
      agentGone: (id) => {
        this.sender.agentGone(id);
      },
      dropped: (why) => {
        this.drop(why);
      },
    };
  }

  private drop(why: Dropped): void {
    this.counts.set(why, (this.counts.get(why) ?? 0) + 1);
  }
}
