import type { NodeAPI } from 'node-red';
import { watchFlows } from '../src/node-red/phones/flows-run';
import { LIVE_TOPIC } from '../src/node-red/sidebar/sidebar-json';
import { LivePhones } from '../src/node-red/sidebar/live-phones';
import { serveCommand, servePhonesShown } from '../src/node-red/sidebar/sidebar-endpoints';

export = function (RED: NodeAPI): void {
  const live = new LivePhones((state) => {
    RED.comms.publish(LIVE_TOPIC, state, true);
  });
  const came = (): void => {
    live.editorCame();
  };
  const left = (): void => {
    live.editorLeft();
  };
  let isServed = false;
  watchFlows(RED);
  const definition = {
    type: 'microsip-sidebar',
    // Whether the tour begins by itself: in the demo.
    settings: { '*': { value: undefined, exportable: true } },
    onadd() {
      live.start();
      RED.events.off('comms:connection-added', came).on('comms:connection-added', came);
      RED.events.off('comms:connection-removed', left).on('comms:connection-removed', left);
      // Node-RED keeps routes, also of a plugin that is gone.
      if (isServed) return;
      isServed = true;
      servePhonesShown(RED, live);
      serveCommand(RED);
    },
    onremove() {
      live.stop();
      RED.events.off('comms:connection-added', came).off('comms:connection-removed', left);
    },
  };
  RED.plugins.registerPlugin('microsip-sidebar', definition);
};
