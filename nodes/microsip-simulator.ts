import type { Node, NodeAPI } from 'node-red';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { playPhone } from '../src/node-red/phones/far-end';

export = function (RED: NodeAPI): void {
  function SimulatorNode(this: Node, config: PhoneUserConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    user.onMessage(async (msg, send) => {
      const callId = await playPhone(user.requirePhone(), msg.payload);
      send(outgoing(msg, callId === undefined ? {} : { callId }));
    });
  }
  RED.nodes.registerType('microsip-simulator', SimulatorNode);
};
