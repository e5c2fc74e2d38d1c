import { randomUUID } from 'node:crypto';
import { SimulatorLink } from './links/simulator-link';
import { WindowLink } from './links/window-link';
import { SimulatorObserver } from './observers/simulator-observer';
import { WindowObserver } from './observers/window/window-observer';
import type { TrackerMemory } from './phone/call-tracker';
import { compilePatterns } from './phone/guard/dial-rules';
import { Phone, type Connection } from './phone/phone';
import { PhoneError } from './phone/phone-error';
import { phoneSettings, type PhoneSettings, type RawSettings } from './phone/phone-settings';
import { SimulatedMicrosip } from './simulator/simulated-microsip';
import { WindowSession } from './win32/window-session';

export interface PhoneExtras {
  /** The simulated MicroSIP to connect to; only for the connection `simulator`. */
  simulated?: SimulatedMicrosip;
  /** What an earlier phone on the same MicroSIP knew: `phone.memory()`. */
  memory?: TrackerMemory;
}

/**
 * Makes a phone; `open()` connects it.
 * @throws PhoneError `config` for a setting that is not possible, `unsupported` for a connection that this version lacks
 */
export function createPhone(raw: RawSettings, { simulated, memory }: PhoneExtras = {}): Phone {
  const settings = phoneSettings(raw);
  const rules = { allow: compilePatterns(settings.allow), deny: compilePatterns(settings.deny) };
  return new Phone(connectionFor(settings, simulated), {
    timeout: settings.timeout,
    rules,
    now: () => Date.now(),
    nextCallId: randomUUID,
    ...(memory && { memory }),
  });
}

function connectionFor(settings: PhoneSettings, simulated?: SimulatedMicrosip): Connection {
  if (settings.protocol !== 'microsip')
    throw new PhoneError('unsupported', 'protocol', { protocol: settings.protocol });
  switch (settings.connection) {
    case 'simulator': {
      const microsip = simulated ?? new SimulatedMicrosip();
      return { link: new SimulatorLink(microsip), observers: [new SimulatorObserver(microsip)] };
    }
    case 'window': {
      const session = new WindowSession(settings);
      return { link: new WindowLink(session), observers: [new WindowObserver(session)] };
    }
    case 'program':
    case 'dde':
    case 'mqtt':
    case 'observe':
      throw new PhoneError('unsupported', 'connection', { connection: settings.connection });
  }
}
