import { createPhone } from '../../src/create-phone';
import { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { DIFFERENCES } from './differences';
import { phoneContract } from './phone-contract';
import { simulatedWorld } from './simulated-world';
import type { World } from './world';

function simulatorWorld(): Promise<World> {
  const simulated = new SimulatedMicrosip();
  return Promise.resolve(
    simulatedWorld(simulated, (options) =>
      createPhone({ name: 'Desk', connection: 'simulator', ...options }, { simulated }),
    ),
  );
}

phoneContract('simulator', simulatorWorld, DIFFERENCES.simulator);
