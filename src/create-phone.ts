import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from './clock';
import type { BrokerPort } from './fleet/broker/broker-port';
import type { Fleet } from './fleet/reader/fleet';
import type { ToldPhone } from './fleet/reader/told-phone';
import type { RemotePhone } from './fleet/remote-phone';
import { filesOf, programOf } from './win32/installation/local-installation';
import { DdeLink } from './links/dde-link';
import { DocumentedLink } from './links/documented-link';
import { ProgramLink } from './links/program-link';
import { SimulatorLink } from './simulator/connection/simulator-link';
import { WindowLink } from './links/window-link';
import { GroupObserver } from './observers/group-observer';
import { NotificationObserver } from './observers/notification/notification-observer';
import { RunningCopyObserver } from './observers/running-copy-observer';
import { SimulatorObserver } from './simulator/connection/simulator-observer';
import { SimulatorSurface } from './simulator/connection/simulator-surface';
import { StatusObserver } from './observers/status/status-observer';
import { WindowObserver } from './observers/window/window-observer';
import { WindowSurface } from './observers/window/window-surface';
import { writtenSources, type SourceContext } from './observers/written-sources';
import type { Connection } from './phone/ports/connection';
import type { NamesOfNumbers } from './phone/calls/names-of-numbers';
import { compilePatterns } from './phone/guard/rules/dial-rules';
import { dialFormatter } from './phone/numbers/dial-format';
import { e164Formatter } from './phone/numbers/e164';
import { sameNumber } from './phone/numbers/same-number';
import type { Observer } from './phone/ports/observer';
import type { Phone } from './phone/phone';
import { LocalPhone } from './phone/local-phone';
import { PhoneError } from './phone/errors/phone-error';
import { shownValue } from './phone/errors/shown-value';
import {
  languageOf,
  phoneSettings,
  type NearSettings,
  type MqttSettings,
  type DdeSettings,
  type DocumentedSettings,
  type LocalSettings,
  type ProgramSettings,
  type WindowSettings,
} from './settings/phone-settings';
import { settingValues, type RawSettings } from './settings/setting-values';
import type { PhoneMemory } from './phone/phone-memory';
import { SimulatedMicrosip } from './simulator/simulated-microsip';
import { createTrace } from './trace/create-trace';
import { packageVersion } from './trace/package-version';
import { WindowSession } from './win32/thread/window-session';

export interface PhoneExtras {
  /** The simulated MicroSIP to connect to; only for the connection `simulator`. */
  simulated?: SimulatedMicrosip;
  /** Instead of that of the simulated MicroSIP or the computer, for tests. */
  clock?: Clock;
  /** What an earlier phone on the same MicroSIP knew: `local.memory()`. */
  memory?: PhoneMemory;
  /** Where it is kept how far the call history has been told, and where traces are (`~/.microsip`). */
  directory?: string;
  /** Under this name it is kept; phones with the same MicroSIP need different ones (their names). */
  id?: string;
  /** Whose numbers they are, for calls without a name. */
  names?: NamesOfNumbers;
  /** Only for the connection `mqtt`: who reads all phones below its base already, or else the way to the broker. */
  fleet?: Fleet;
  broker?: BrokerPort;
  /** What listeners of an earlier phone with the same agent know: `remote.told`. */
  told?: ToldPhone;
}

/** What the sources need of a phone, whatever it is connected to. */
type PhoneContext = Omit<SourceContext, 'settings'>;

export interface MadePhone {
  phone: Phone;
  /** The same one, for who has it and not only uses it; absent when its MicroSIP is watched by somebody else. */
  local?: LocalPhone;
  /** The same one, when an agent has it. */
  remote?: RemotePhone;
}

/**
 * Makes a phone; `open()` connects it.
 * @throws PhoneError `config` for a setting that is not possible
 */
export function createPhone(raw: RawSettings, extras: PhoneExtras = {}): Phone {
  return makePhone(raw, extras).phone;
}

/** As `createPhone`, for who hands its memory on or plays the far end of its simulated MicroSIP. */
export function makePhone(raw: RawSettings, extras: PhoneExtras = {}): MadePhone {
  requireObject('settings', raw);
  requireObject('extras', extras);
  const settings = phoneSettings(raw);
  if (extras.names !== undefined && typeof extras.names !== 'function')
    throw new PhoneError('config', 'value', { name: 'names', value: shownValue(extras.names) });
  return settings.connection === 'mqtt' ? makeRemote(settings, extras) : makeLocal(settings, extras);
}

/**
 * The types keep no program in JavaScript from anything.
 * @throws PhoneError `config`
 */
function requireObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PhoneError('config', 'value', { name, value: shownValue(value) });
}

/** Loaded with the first phone that an agent has: nobody else pays for it. */
function makeRemote(settings: MqttSettings, extras: PhoneExtras): MadePhone {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createRemotePhone } = require('./fleet/create-remote-phone') as typeof import('./fleet/create-remote-phone');
  const remote = createRemotePhone(settings, extras);
  return { phone: remote, remote };
}

function makeLocal(settings: NearSettings, extras: PhoneExtras): MadePhone {
  const { directory = join(homedir(), '.microsip'), id = settings.name, memory } = extras;
  const clock = extras.clock ?? extras.simulated?.clock ?? systemClock;
  const rules = { allow: compilePatterns(settings.allow), deny: compilePatterns(settings.deny) };
  const e164 = e164Formatter(settings.region);
  const context: PhoneContext = {
    id,
    directory,
    alone: settings.connection === 'observe',
    e164,
  };
  const trace = createTrace({
    file: settings.trace,
    directory,
    id,
    clock,
    onFailure: (error) => {
      phone.emit('problem', error);
    },
  });
  trace?.note({ kind: 'settings', settings: { ...settings, version: packageVersion() } });
  const phone = new LocalPhone(connectionFor(settings, context, clock, extras.simulated), {
    timeout: settings.timeout,
    rules,
    format: dialFormatter(settings.region),
    rate: { second: settings.dialsPerSecond, minute: settings.dialsPerMinute },
    clock,
    nextCallId: randomUUID,
    e164,
    ...(extras.names && { names: extras.names }),
    sameNumber: (one, other) => sameNumber(one, other, e164),
    ...(memory && { memory }),
    trace,
  });
  return { phone, local: phone };
}

/** Nobody can set up this one, so it has a number to forward to. */
const EVERY_SWITCH = { forwardingNumber: '1009', pressed: [] } as const;

/** A simulated MicroSIP that writes its log and its call history to the paths that the settings name. */
export function createSimulated(
  settings: Pick<RawSettings, 'writeLog' | 'writeHistory'>,
  clock?: Clock,
): SimulatedMicrosip {
  const { writeLog, writeHistory } = settingValues(settings);
  return new SimulatedMicrosip({
    ...EVERY_SWITCH,
    traces: { log: writeLog, history: writeHistory },
    ...(clock && { clock }),
  });
}

function connectionFor(
  settings: NearSettings,
  context: PhoneContext,
  clock: Clock,
  simulated?: SimulatedMicrosip,
): Connection {
  switch (settings.connection) {
    case 'simulator': {
      const microsip = simulated ?? createSimulated(settings, clock);
      return {
        link: new SimulatorLink(microsip),
        source: 'simulator',
        presence: 'simulator',
        surface: new SimulatorSurface(microsip),
        observers: [new SimulatorObserver(microsip)],
      };
    }
    case 'window':
      return settings.protocol === 'documented'
        ? documentedConnection(settings, context)
        : windowConnection(settings, context);
    case 'program':
      return windowConnection(settings, context);
    case 'observe': {
      const files = filesOf(programOf(settings.program));
      const sources = (): Observer[] => writtenSources(files, { ...context, settings });
      if (sources().length === 0) throw new PhoneError('config', 'nothing_to_observe');
      return { source: 'log', observers: [new GroupObserver(sources)] };
    }
    case 'dde':
      return documentedConnection(settings, context);
  }
}

function windowConnection(settings: WindowSettings | ProgramSettings, context: PhoneContext): Connection {
  const session = new WindowSession(settings);
  const observer = new WindowObserver(session);
  return {
    link: settings.connection === 'program' ? new ProgramLink(session, settings) : new WindowLink(session, settings),
    source: 'window',
    presence: 'window',
    surface: new WindowSurface(session, observer, { setsSwitches: settings.connection === 'window' }),
    observers: [observer, runningCopy(session, settings, context)],
  };
}

/** A program that speaks the documented interface, by window messages or by DDE; it may also write what MicroSIP writes. */
function documentedConnection(settings: DocumentedSettings | DdeSettings, context: PhoneContext): Connection {
  const peer = languageOf(settings);
  const session = new WindowSession({ ...settings, peer, notifications: true });
  return {
    link: settings.connection === 'dde' ? new DdeLink(session) : new DocumentedLink(session, settings.commandIds),
    source: 'status',
    presence: 'status',
    ...(peer === 'dde' && { absence: 'no_dde_server' }),
    observers: [
      new NotificationObserver(session),
      new StatusObserver(session),
      runningCopy(session, settings, context),
    ],
  };
}

function runningCopy(window: WindowSession, settings: LocalSettings, context: PhoneContext): Observer {
  return new RunningCopyObserver({
    window,
    program: programOf(settings.program),
    observe: (running) => writtenSources(filesOf(running), { ...context, settings }),
  });
}
