import type { Node, NodeAPI } from 'node-red';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { playFarEnd } from '../src/node-red/inputs/simulator-actions';

export = function (RED: NodeAPI): void {
  function SimulatorNode(this: Node, config: PhoneUserConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    user.onMessage(async (msg, send) => {
      const callId = await playFarEnd(user.requirePhone(), msg.payload);
      send(outgoing(msg, callId === undefined ? {} : { callId }));
    });
  }
  RED.nodes.registerType('microsip-simulator', SimulatorNode);
};
