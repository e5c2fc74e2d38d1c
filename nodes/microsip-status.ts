import type { Node, NodeAPI } from 'node-red';
import { eventMessage, snapshotMessage } from '../src/node-red/messages/event-message';
import { guarded } from '../src/node-red/inputs/guarded';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import type { PhoneService } from '../src/node-red/phones/phone-service';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { wordList } from '../src/node-red/inputs/settings';

interface StatusConfig extends PhoneUserConfig {
  /** Names of events, or one; empty: all. */
  events?: string[] | string;
  initial?: boolean | string;
}

export = function (RED: NodeAPI): void {
  function StatusNode(this: Node, config: StatusConfig): void {
    RED.nodes.createNode(this, config);
    const user = new PhoneUser(RED, this, config, { tellsCall: true });
    user.onMessage((msg, send) => {
      const phone = user.requirePhone();
      const snapshot = snapshotMessage(phone.name, phone.snapshot());
      // A `callId` of an earlier call goes: without a call there is no such field.
      send(outgoing(msg, { callId: undefined, ...snapshot }));
      return Promise.resolve();
    });
    if (user.phone) watch(this, user.phone, config);
  }
  RED.nodes.registerType('microsip-status', StatusNode);
};

function watch(node: Node, service: PhoneService, config: StatusConfig): void {
  const initial = config.initial === true || config.initial === 'true';
  const events = wordList(config.events);
  // The snapshot tells of all that happened before it: events of that time would say it twice.
  let listening = !initial;
  let closed = false;
  const stop = service.told.onEvent((event) => {
    if (!listening || (events.length > 0 && !events.includes(event.event))) return;
    guarded(node, () => {
      node.send(eventMessage(service.name, event));
    });
  });
  node.on('close', () => {
    closed = true;
    stop();
  });
  if (!initial) return;
  void service.opened().then(() => {
    service.told.afterwards(() => {
      if (closed) return;
      listening = true;
      guarded(node, () => {
        node.send(snapshotMessage(service.name, service.snapshot()));
      });
    });
  });
}
