import type { NodeAPI } from 'node-red';
import type { Fleet } from '../../fleet/reader/fleet';
import { FleetReader } from '../../fleet/reader/fleet-reader';
import { readBase } from '../../fleet/protocol/topics';
import { PhoneError } from '../../phone/errors/phone-error';
import { PRESETS } from '../../settings/settings-table';
import { deployGoesOn } from '../phones/deploy-handover';
import { onFlowsStarted } from '../phones/flows-run';
import { BrokerNodePort } from './broker-node-port';
import { mqttBrokerNode, type MqttBrokerNode } from './mqtt-broker-node';

/** One for each broker and base, whoever uses it: every subscription costs Node-RED a look at every message. */
interface SharedFleet {
  fleet: FleetReader;
  port: BrokerNodePort;
  users: number;
}

export interface FleetLease {
  readonly fleet: Fleet;
  /** Of which broker node and base: the same after a deploy, also when the broker node is deployed anew. */
  readonly key: string;
  /** To be called once, when the fleet is not needed any more; after that it says nothing. */
  release(): void;
}

/** By the node itself and not by its id: a broker that is deployed anew is another connection, maybe to another broker. */
const shared = new Map<MqttBrokerNode, Map<string, SharedFleet>>();

/**
 * The phones below a base of the broker that a node is connected to.
 * @param broker id of the node
 * @throws PhoneError `config` when there is no such node, or for a base that is not possible
 */
export function leaseFleet(RED: NodeAPI, broker: unknown, base: unknown): FleetLease {
  const node = mqttBrokerNode(RED, broker);
  if (!node) throw new PhoneError('config', 'no_broker');
  const topic = readBase(base === undefined || base === '' ? PRESETS.base : base);
  const ofNode = shared.get(node) ?? new Map<string, SharedFleet>();
  const used = ofNode.get(topic) ?? begun(RED, node, topic);
  shared.set(node, ofNode.set(topic, used));
  used.users += 1;
  let released = false;
  return {
    fleet: used.fleet,
    key: JSON.stringify([node.id, topic]),
    release: () => {
      if (released) return;
      released = true;
      used.users -= 1;
      // What is deployed anew will ask again in a moment, and would miss what happens until then.
      if (deployGoesOn()) afterDeploy();
      else if (used.users === 0) end(node, topic, used);
    },
  };
}

function begun(RED: NodeAPI, node: MqttBrokerNode, base: string): SharedFleet {
  const port = new BrokerNodePort(node, (error) => {
    RED.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  const told = beforeDeploy(node, base)?.toldPhones;
  return { port, fleet: new FleetReader(port, { base, ...(told && { told }) }), users: 0 };
}

/** Of a broker node that is deployed anew: no call begins a second time because of that. */
function beforeDeploy(node: MqttBrokerNode, base: string): FleetReader | undefined {
  if (!deployGoesOn()) return undefined;
  const [, ofNode] = [...shared].find(([other]) => other !== node && other.id === node.id) ?? [];
  return ofNode?.get(base)?.fleet;
}

function end(node: MqttBrokerNode, base: string, { fleet, port }: SharedFleet): void {
  const ofNode = shared.get(node);
  ofNode?.delete(base);
  if (ofNode?.size === 0) shared.delete(node);
  fleet.close();
  void port.close();
}

let waiting: (() => void) | undefined;

function afterDeploy(): void {
  waiting ??= onFlowsStarted(() => {
    waiting?.();
    waiting = undefined;
    for (const [node, ofNode] of [...shared])
      for (const [base, used] of [...ofNode]) if (used.users === 0) end(node, base, used);
  });
}
