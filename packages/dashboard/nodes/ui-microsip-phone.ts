import type { Node, NodeAPI, NodeDef } from 'node-red';
import { shownParts } from '../src/browser-request';
import { dashboardGroup } from '../src/dashboard';
import { phoneAccess } from '../src/phone-node';
import { PhoneWidget } from '../src/phone-widget';

interface WidgetConfig extends NodeDef {
  group?: string;
  phone?: string;
  label?: string;
  /** What is shown; all of it in a node that has no list. */
  parts?: string[];
}

export = function (RED: NodeAPI): void {
  function UiMicrosipPhone(this: Node, config: WidgetConfig): void {
    RED.nodes.createNode(this, config);
    const group = dashboardGroup(RED, config.group);
    if (!group) {
      this.status({ fill: 'red', shape: 'ring', text: 'status.no_group' });
      return;
    }
    const parts = shownParts(config.parts);
    const widget = new PhoneWidget(RED, this, group.getBase(), phoneAccess(RED, config.phone), parts);
    group.register(this, { ...config, parts }, widget.events);
    widget.open();
  }
  RED.nodes.registerType('ui-microsip-phone', UiMicrosipPhone);
};
