import type { Node, NodeAPI } from 'node-red';

/** What of Dashboard's server side is used (its docs/contributing, nodes/config/ui_base.js of 1.31). */
export interface DashboardBase {
  /** To every open browser. */
  emit(event: string, message: object, node: Node): void;
  stores: {
    /** For browsers that are opened later; joins the fields of the message to those that are there. */
    data: { save(base: DashboardBase, node: Node, message: object): void };
    state: { getProperty(nodeId: string, name: string): unknown };
  };
}

export interface WidgetEvents {
  /** Takes what browsers send as `widget-action`. */
  onAction: boolean;
  /** Called with what browsers and flows send; what it returns goes to the node's output, if it came from a browser. */
  beforeSend(message: DashboardMessage): DashboardMessage | null | Promise<DashboardMessage | null>;
  /** Called with what flows send; without it the message would be kept for later browsers. */
  onInput(message: DashboardMessage): void;
}

export type DashboardMessage = Record<string, unknown>;

export interface DashboardGroup {
  register(node: Node, config: object, events: WidgetEvents): void;
  getBase(): DashboardBase;
}

/** @returns undefined without Dashboard, or without a group in it */
export function dashboardGroup(RED: NodeAPI, id: string | undefined): DashboardGroup | undefined {
  const group = id ? (RED.nodes.getNode(id) as Partial<DashboardGroup> | null | undefined) : undefined;
  return group && typeof group.register === 'function' && typeof group.getBase === 'function'
    ? (group as DashboardGroup)
    : undefined;
}
