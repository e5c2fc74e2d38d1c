import { systemClock, type Clock } from '../clock';
import { PhoneError } from '../phone/errors/phone-error';
import type { NamesOfNumbers } from '../phone/calls/names-of-numbers';
import { e164Formatter } from '../phone/numbers/e164';
import { compilePatterns } from '../phone/guard/rules/dial-rules';
import type { MqttSettings } from '../settings/phone-settings';
import type { BrokerPort } from './broker/broker-port';
import { sharedFleet } from './shared-fleets';
import { readPhoneId } from './protocol/fleet-id';
import { readBase } from './protocol/topics';
import type { Fleet } from './reader/fleet';
import { FleetReader } from './reader/fleet-reader';
import type { ToldPhone } from './reader/told-phone';
import { RemotePhone, type FleetAccess } from './remote-phone';

export interface RemoteExtras {
  fleet?: Fleet;
  broker?: BrokerPort;
  clock?: Clock;
  told?: ToldPhone;
  names?: NamesOfNumbers;
}

/** @throws PhoneError `config` */
export function createRemotePhone(settings: MqttSettings, extras: RemoteExtras): RemotePhone {
  const { phoneId, region, timeout, allow, deny } = settings;
  const { told, names, clock = systemClock } = extras;
  return new RemotePhone(accessFor(settings, extras), {
    id: readPhoneId(phoneId),
    timeout,
    clock,
    rules: { allow: compilePatterns(allow), deny: compilePatterns(deny) },
    known: { names, e164: e164Formatter(region) },
    ...(told && { told }),
  });
}

function accessFor(settings: MqttSettings, { fleet, broker, clock }: RemoteExtras): FleetAccess {
  const base = readBase(settings.base);
  if (fleet) return { open: () => fleet, close: () => undefined };
  if (broker) {
    let reader: FleetReader | undefined;
    return {
      open: () => (reader = new FleetReader(broker, { base, ...(clock && { clock }) })),
      close: () => reader?.close(),
    };
  }
  if (typeof settings.broker === 'string') throw new PhoneError('config', 'no_broker');
  return sharedFleet(settings.broker, base);
}
