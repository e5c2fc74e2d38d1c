import type { Node, NodeAPI } from 'node-red';
import type { CommandResult } from '../phone/command';
import { outgoing } from './outgoing-message';
import type { PhoneService } from './phone-service';
import { PhoneUser, type PhoneMessage, type PhoneUserConfig } from './phone-user';

interface Acting<C> {
  RED: NodeAPI;
  node: Node;
  config: C;
  phone: PhoneService;
  msg: PhoneMessage;
}

/**
 * Registers a node that carries out one command per message and passes the message on, with what is known of the
 * outcome, once MicroSIP has taken the command.
 */
export function registerActionNode<C extends PhoneUserConfig>(
  RED: NodeAPI,
  type: string,
  act: (acting: Acting<C>) => Promise<CommandResult>,
): void {
  function ActionNode(this: Node, config: C): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    user.onMessage(async (msg, send) => {
      const { callId, verified, audio } = await act({ RED, node: this, config, phone: user.requirePhone(), msg });
      send(
        outgoing(msg, {
          ...(callId !== undefined && { callId }),
          ...(verified === false && { verified }),
          ...(audio && { audio }),
        }),
      );
    });
  }
  RED.nodes.registerType(type, ActionNode);
}
