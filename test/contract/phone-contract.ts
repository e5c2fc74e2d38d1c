import { callsContract } from './calls-contract';
import { commandsContract } from './commands-contract';
import { ContractStage } from './contract-stage';
import { mailAndRecordingsContract } from './mail-and-recordings-contract';
import { faultsContract } from './faults-contract';
import type { World, WorldTraits } from './world';

/** What a flow may rely on, whichever way its phone is connected. */
export function phoneContract(name: string, makeWorld: () => Promise<World>, traits: WorldTraits): void {
  describe(`phone contract: ${name}`, () => {
    const stage = new ContractStage(makeWorld, traits);
    beforeEach(() => stage.set());
    afterEach(() => stage.strike());

    callsContract(stage);
    commandsContract(stage);
    mailAndRecordingsContract(stage);
    faultsContract(stage);
  });
}
