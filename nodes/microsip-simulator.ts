import type { Node, NodeAPI } from 'node-red';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { playFarEnd } from '../src/simulator/far-end-actions';

export = function (RED: NodeAPI): void {
  function SimulatorNode(this: Node, config: PhoneUserConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    user.onMessage(async (msg, send) => {
      const service = user.requirePhone();
      // Settings that cannot work are told of before a phone that is no simulated one.
      service.requirePhone();
      const callId = await playFarEnd(service, msg.payload);
      send(outgoing(msg, callId === undefined ? {} : { callId }));
    });
  }
  RED.nodes.registerType('microsip-simulator', SimulatorNode);
};
