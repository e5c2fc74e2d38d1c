import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../../../src/agent/agent';
import { createPhone } from '../../../src/create-phone';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { simulatedWorld } from '../../contract/simulated-world';
import type { World } from '../../contract/world';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { deskPhone } from '../../support/running-agents';

describe('over MQTT', () => {
  const mosquitto = useMosquitto();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  async function mqttWorld(): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'contract-'));
    const simulated = new SimulatedMicrosip({ traces: { recordings: join(directory, 'recordings') } });
    const broker = { url: mosquitto().url };
    const agent = await startAgent(
      {
        broker,
        base: 'microsip',
        homeAssistant: false,
        mask: false,
        lastCall: true,
        hostAndUser: true,
        phones: [deskPhone('desk-1')],
      },
      { log, directory, simulated: () => simulated },
    );
    const peer = await MqttPeer.connect(broker.url);
    await peer.subscribe('microsip/desk-1/availability');
    await peer.next('microsip/desk-1/availability', ({ text }) => text === 'online');
    await peer.end();
    const world = simulatedWorld(simulated, (options) =>
      createPhone({ name: 'Desk', connection: 'mqtt', broker, phoneId: 'desk-1', ...options }),
    );
    return {
      ...world,
      end: async () => {
        await agent.stop();
        await world.end();
        rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  }

  phoneContract('mqtt', mqttWorld, DIFFERENCES.mqtt);
});
