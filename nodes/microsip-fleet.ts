import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { FleetLetter } from '../src/node-red/brokers/fleet-outbox';
import { FleetUser } from '../src/node-red/brokers/fleet-user';
import { collectAnswers } from '../src/node-red/inputs/fleet-answers';
import { answerTime, fleetOrder, type FleetInput } from '../src/node-red/inputs/fleet-order';
import { guarded } from '../src/node-red/inputs/guarded';
import { onInput } from '../src/node-red/inputs/guarded-input';
import { wordList } from '../src/node-red/inputs/settings';
import { fleetCallMessage, fleetEventMessage, fleetTable } from '../src/node-red/messages/fleet-message';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { watchDeploys } from '../src/node-red/phones/deploy-handover';
import { watchFlows } from '../src/node-red/phones/flows-run';

interface FleetConfig extends NodeDef {
  broker?: string;
  base?: string;
  /** Names of events, or one; empty: all that happens. Calls for a log come only where they are asked for. */
  events?: string[] | string;
  /** Seconds to wait for answers. */
  timeout?: number | string;
}

export = function (RED: NodeAPI): void {
  watchDeploys(RED);
  watchFlows(RED);

  function FleetNode(this: Node, config: FleetConfig): void {
    RED.nodes.createNode(this, config);
    const user = new FleetUser(RED, this, config, (letter) => {
      if (!isWanted(letter, wordList(config.events))) return;
      const phone = user.requireFleet().phone(letter.id) ?? { id: letter.id, online: false };
      guarded(this, () => {
        const isCall = 'finished' in letter;
        this.send(isCall ? fleetCallMessage(phone, letter.finished) : fleetEventMessage(phone, letter.event));
      });
    });
    onInput(
      RED,
      this,
      async (msg: FleetInput, send) => {
        const fleet = user.requireFleet();
        const order = fleetOrder(msg);
        if (!order) {
          const topic = 'fleet/phones';
          send(outgoing(msg, { topic, payload: fleetTable(fleet.phones(), fleet.connected) }));
          user.clearError();
          return;
        }
        const seconds = answerTime(msg.timeout, config.timeout);
        const { answers, missing, failure } = await collectAnswers(RED, fleet, order, seconds);
        const told = { responses: answers, missing };
        if (failure) {
          // For a Catch node; the command stays as it was, so that it can be sent again.
          outgoing(msg, told);
          throw failure;
        }
        send(outgoing(msg, { ...told, payload: answers }));
        user.clearError();
      },
      (code) => {
        user.showError(code);
      },
    );
  }
  RED.nodes.registerType('microsip-fleet', FleetNode);
};

function isWanted(letter: FleetLetter, events: readonly string[]): boolean {
  if ('finished' in letter) return events.includes('call_log');
  return events.length === 0 || events.includes(letter.event.event);
}
