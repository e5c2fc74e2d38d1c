import type { BrokerSettings } from '../settings/broker-settings';
import { FleetReader } from './reader/fleet-reader';
import type { FleetAccess } from './remote-phone';
import { MqttBroker } from './broker/mqtt-broker';

interface Shared {
  broker: MqttBroker;
  reader: FleetReader;
  users: number;
}

const shared = new Map<string, Shared>();

/** One connection for all phones of this program at the same broker and base, as long as one of them is open. */
export function sharedFleet(settings: BrokerSettings, base: string): FleetAccess {
  const key = JSON.stringify([settings.url, settings.username, settings.password, settings.ca, settings.cert, base]);
  return {
    open: () => {
      const used = shared.get(key) ?? begin(settings, base);
      shared.set(key, used);
      used.users += 1;
      return used.reader;
    },
    close: () => {
      const used = shared.get(key);
      if (!used) return;
      used.users -= 1;
      if (used.users > 0) return;
      shared.delete(key);
      used.reader.close();
      used.broker.close();
    },
  };
}

function begin(settings: BrokerSettings, base: string): Shared {
  const broker = new MqttBroker(settings, base);
  return { broker, reader: new FleetReader(broker, { base }), users: 0 };
}
