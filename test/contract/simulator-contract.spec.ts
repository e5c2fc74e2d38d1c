import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone } from '../../src/create-phone';
import { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { DIFFERENCES } from './differences';
import { phoneContract } from './phone-contract';
import { simulatedWorld } from './simulated-world';
import type { World } from './world';

function simulatorWorld(): Promise<World> {
  const recordings = mkdtempSync(join(tmpdir(), 'contract-'));
  const simulated = new SimulatedMicrosip({ traces: { recordings } });
  const world = simulatedWorld(simulated, (options) =>
    createPhone({ name: 'Desk', connection: 'simulator', ...options }, { simulated }),
  );
  return Promise.resolve({
    ...world,
    end: async () => {
      await world.end();
      rmSync(recordings, { recursive: true, force: true, maxRetries: 5 });
    },
  });
}

phoneContract('simulator', simulatorWorld, DIFFERENCES.simulator);
