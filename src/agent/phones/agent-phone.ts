import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../clock';
import { createSimulated, makePhone, type MadePhone } from '../../create-phone';
import type { FleetInfo } from '../../fleet/protocol/fleet-info';
import { phoneTopics, type PhoneTopics } from '../../fleet/protocol/topics';
import { FEATURES, type Command, type CommandResult } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import { playFarEnd } from '../../simulator/far-end-actions';
import type { SimulatedMicrosip } from '../../simulator/simulated-microsip';
import { CommandDesk } from '../commands/command-desk';
import type { Standstill } from '../commands/standstill';
import type { AgentConfig, AgentPhoneConfig } from '../config/agent-config';
import { HolderCheck } from '../connection/holder-check';
import { PhoneLine } from '../connection/phone-line';
import { HomeAssistantLink } from '../home-assistant/home-assistant-link';
import type { PhoneProbe } from '../connection/phone-probe';
import { discoveryTopic } from '../home-assistant/discovery';
import type { AgentLog } from '../log/agent-log';
import { phoneLog } from '../log/phone-log';
import { phoneFile } from '../memory/agent-folder';
import type { KeptPast } from '../memory/agent-past';
import { KeptJson } from '../memory/kept-json';
import type { OwnSessions } from '../memory/own-sessions';
import { MissedToday, readMissedOnDay, type MissedOnDay } from '../publishing/missed-today';
import { PhoneTeller } from '../publishing/phone-teller';
import type { OutgoingMessage } from '../publishing/outflow';
import type { AgentWorld, PhoneHolder } from '../running-agent';
import { phoneInfo } from './phone-info';

/** ms for each phone that may answer a command to many, and at most. */
const ANSWER_EACH = 2;
const LONGEST_ANSWER_WAIT = 2000;
/** An agent has few of a fleet's phones; so many are reckoned with at least. */
const FLEET = 50;

/** ms that it takes somebody to clear all topics of a phone */
const FORGETTING = 2000;

export interface AgentPhoneOptions {
  config: AgentConfig;
  phone: AgentPhoneConfig;
  world: AgentWorld;
  clock: Clock;
  session: string;
  sessions: OwnSessions;
  /** Where it keeps what survives a restart. */
  folder: string;
  /** Of this process. */
  standstill: Standstill;
  /** What the agent had at the broker when it ran last; absent where nothing is kept. */
  past: KeptPast | undefined;
}

/** One phone of this computer, and its place at the broker. */
export class AgentPhone {
  private readonly log: AgentLog;
  private readonly topics: PhoneTopics;
  private readonly simulated: SimulatedMicrosip | undefined;
  private readonly made: MadePhone;
  private readonly kept: KeptJson<MissedOnDay>;
  private readonly missed: MissedToday;
  private readonly teller: PhoneTeller;
  /** When the connection to the broker was made. */
  private connectedSince = -Infinity;
  private readonly homeAssistant: HomeAssistantLink | undefined;
  private readonly line: PhoneLine;
  private check: HolderCheck;
  private stopping = false;
  /** Session of who had this phone before. */
  private earlierHolder: string | undefined;

  /** @throws PhoneError when its settings are not possible */
  constructor(
    private readonly options: AgentPhoneOptions,
    takenOver: () => void,
  ) {
    const { config, phone, world, clock, session, folder } = options;
    this.log = phoneLog(world.log, phone.id);
    this.topics = phoneTopics(config.base, phone.id);
    this.simulated = simulatedOf(options);
    this.made = makePhone(phone.phone, {
      ...(this.simulated && { simulated: this.simulated }),
      ...(world.clock && { clock: world.clock }),
      directory: world.directory ?? join(homedir(), '.microsip'),
      id: phone.id,
    });
    this.made.phone.on('problem', ({ code, reason }) => {
      this.log.warn('phone_problem', { code, reason });
    });
    this.kept = new KeptJson(phoneFile(folder, phone.id), readMissedOnDay, (error) => {
      this.log.warn('not_kept', { detail: String(error) });
    });
    this.missed = new MissedToday(clock, this.kept);
    this.teller = this.newTeller();
    const homeAssistant = this.newHomeAssistant();
    this.homeAssistant = homeAssistant;
    const desk = this.newDesk();
    this.line = new PhoneLine(
      { config, phone, topics: this.topics, session, clock, log: this.log },
      {
        begins: () => {
          this.connectedSince = this.options.standstill.now();
        },
        retained: () => this.retained(),
        outflow: this.teller.outflow,
        contradict: () => {
          this.teller.online();
        },
        forgotten: () => {
          this.noteForgotten();
        },
        command: (message, isOneOfMany) => {
          void desk.take(message, isOneOfMany);
        },
        ...(homeAssistant && {
          verb: (verb, message) => {
            void homeAssistant.take(verb, message);
          },
          homeAssistant: (message) => {
            homeAssistant.noteStatus(message);
          },
        }),
        isHeldByOther: () => this.isHeldByOther(),
        takenOver,
      },
    );
    this.check = this.holderCheck((probe) => {
      const { session: earlier } = probe.holder;
      if (earlier !== undefined) this.earlierHolder = earlier;
      return probe.isHeld();
    });
  }

  get id(): string {
    return this.options.phone.id;
  }

  /** Has the phone watched, whether the broker is there or not. What goes wrong is in the log. */
  async open(): Promise<void> {
    await this.missed.load();
    if (this.stopping) return;
    try {
      await this.made.phone.open();
    } catch (error) {
      const { code, reason } = error instanceof PhoneError ? error : new PhoneError('config', 'internal');
      this.log.error('phone_not_opened', { code, reason });
    }
  }

  /** Resolves when the broker has been asked once, or could not be. */
  get asked(): Promise<void> {
    return this.check.tried;
  }

  /** Asks who has this phone, as soon as there is a broker. Nothing is published before. */
  holder(): Promise<PhoneHolder | undefined> {
    return this.check.run();
  }

  /** Goes on until it is stopped, or taken over. */
  async serve(): Promise<void> {
    if (!this.stopping) await this.line.keep();
  }

  /** It is another day by the calendar. */
  noteDay(): void {
    this.teller.noteChange();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.homeAssistant?.stop();
    await Promise.all([this.check.stop(), this.line.stop()]);
    await this.made.phone.close();
    if (!this.options.world.simulated?.(this.id)) this.simulated?.dispose();
    await this.kept.saved();
  }

  private retained(): OutgoingMessage[] {
    const { config, phone, past } = this.options;
    const formerPrefix = past?.formerPrefix;
    return [
      ...this.teller.retained(),
      ...(this.homeAssistant?.retained() ?? []),
      ...(formerPrefix === undefined
        ? []
        : [{ topic: discoveryTopic(formerPrefix, config.base, phone.id), payload: '', retain: true }]),
    ];
  }

  /** Somebody clears what is retained of a phone that lives: all of it is there again when he is done. */
  private noteForgotten(): void {
    this.options.clock.after(
      FORGETTING,
      () => {
        if (!this.stopping) for (const message of this.retained()) this.teller.outflow.publish(message);
      },
      { idle: true },
    );
  }

  private newTeller(): PhoneTeller {
    const { config, phone, clock, session } = this.options;
    return new PhoneTeller({
      phone: this.made.phone,
      name: phone.phone.name,
      topics: this.topics,
      session,
      mask: config.mask,
      keepLastCall: config.lastCall,
      missed: this.missed,
      info: () => this.info(),
      clock,
      log: this.log,
    });
  }

  private info(): FleetInfo {
    const { config, phone, session } = this.options;
    const { local } = this.made;
    return phoneInfo({ config, phone, session, local, isSimulated: this.simulated !== undefined });
  }

  /** What it changes besides calls is told at once. */
  private async execute(command: Command, validFor: number | undefined): Promise<CommandResult> {
    const { phone, local } = this.made;
    try {
      return await (local ? local.execute(command, { validFor }) : phone.execute(command));
    } finally {
      this.teller.noteChange();
    }
  }

  private get mayBeOld(): boolean {
    return this.options.standstill.mayBeOld(this.connectedSince);
  }

  private newDesk(): CommandDesk {
    const { config, phone, clock, session } = this.options;
    const { simulated } = this;
    const { local } = this.made;
    const longestWait = Math.min(LONGEST_ANSWER_WAIT, ANSWER_EACH * Math.max(FLEET, config.phones.length));
    return new CommandDesk({
      base: config.base,
      phone: phone.id,
      session,
      allowed: phone.commands,
      clock,
      log: this.log,
      mayBeOld: () => this.mayBeOld,
      execute: (command, validFor) => this.execute(command, validFor),
      simulate: async (fields) => {
        const callId = await playFarEnd({ simulated, local }, fields);
        return callId === undefined ? {} : { callId };
      },
      republish: () => {
        this.teller.republish();
      },
      answer: (message) => {
        this.teller.outflow.answer(message);
      },
      answerWait: () => Math.random() * longestWait,
    });
  }

  private newHomeAssistant(): HomeAssistantLink | undefined {
    const { config, phone, clock, past } = this.options;
    if (!config.homeAssistant) return undefined;
    const link = new HomeAssistantLink({
      config: config.homeAssistant,
      topics: this.topics,
      before: past?.entitiesOf(phone.id) ?? [],
      noteEntities: (entities) => {
        past?.noteEntities(phone.id, entities);
      },
      phone: () => {
        const { agent, microsip, commands } = this.info();
        const known = microsip === undefined ? {} : { microsip };
        const { features } = this.made.phone.snapshot();
        return {
          base: config.base,
          id: phone.id,
          name: phone.phone.name,
          agent,
          ...known,
          commands,
          ...(features && { features: FEATURES.filter((feature) => features[feature] !== undefined) }),
          keepsLastCall: config.lastCall,
        };
      },
      allowed: phone.commands,
      clock,
      log: this.log,
      mayBeOld: () => this.mayBeOld,
      execute: (command, validFor) => this.execute(command, validFor),
      publish: (message) => {
        this.teller.outflow.publish(message);
      },
      answer: (message) => {
        this.teller.outflow.answer(message);
      },
      republish: () => {
        this.teller.republish();
      },
    });
    this.made.phone.on('change', () => {
      link.noteChange();
    });
    return link;
  }

  /** Who has published an info in our place since is the one whom the phone has now. */
  private async isHeldByOther(): Promise<boolean> {
    const { sessions } = this.options;
    this.check = this.holderCheck(({ holder: { session } }) => {
      return session !== undefined && session !== this.earlierHolder && !sessions.has(session);
    });
    return (await this.check.run()) !== undefined;
  }

  private holderCheck(judge: (probe: PhoneProbe) => boolean | Promise<boolean>): HolderCheck {
    const { config, phone, clock } = this.options;
    const { broker, base } = config;
    const { id, username, password } = phone;
    return new HolderCheck({ broker, base, phone: id, username, password, clock, log: this.log, judge });
  }
}

function simulatedOf({ phone: { id, phone }, world }: AgentPhoneOptions): SimulatedMicrosip | undefined {
  if (phone.connection !== 'simulator') return undefined;
  return world.simulated?.(id) ?? createSimulated(phone, world.clock);
}
