import type { Node, NodeAPI } from 'node-red';
import { readCommand } from '../../phone/commands/read-command';
import { outgoing } from '../messages/outgoing-message';
import { PhoneUser, type PhoneMessage, type PhoneUserConfig } from '../phones/phone-user';

interface Acting<C> {
  RED: NodeAPI;
  node: Node;
  config: C;
  msg: PhoneMessage;
}

/**
 * Registers a node that carries out one command per message and passes the message on, with what is known of the
 * outcome, once MicroSIP has taken the command.
 * @param commandFor what is to be a command; its words are checked as those of every command
 */
export function registerActionNode<C extends PhoneUserConfig>(
  RED: NodeAPI,
  type: string,
  commandFor: (acting: Acting<C>) => unknown,
): void {
  function ActionNode(this: Node, config: C): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config);
    user.onMessage(async (msg, send) => {
      const phone = user.requirePhone();
      const command = readCommand(await commandFor({ RED, node: this, config, msg }));
      const { callId, verified, audio, features } = await phone.execute(command);
      send(
        outgoing(msg, {
          ...(callId !== undefined && { callId }),
          ...(verified === false && { verified }),
          ...(audio && { audio }),
          ...(features && { features }),
        }),
      );
    });
  }
  RED.nodes.registerType(type, ActionNode);
}
