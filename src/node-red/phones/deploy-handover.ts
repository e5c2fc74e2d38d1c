import type { NodeAPI } from 'node-red';
import type { Told } from '../../phone/phone-event';
import type { PhoneMemory } from '../../phone/phone-memory';
import { flowsRun } from './flows-run';
import { isSameMicrosip, type ConnectedTo } from './connected-to';
import type { LeftPhone } from './left-phone';
import type { SimulatedMicrosip } from '../../simulator/simulated-microsip';

/** What a phone leaves for its successor when flows are deployed anew while MicroSIP goes on. */
export interface CarriedPhone {
  /** A phone that is set to another MicroSIP inherits nothing. */
  connectedTo: ConnectedTo;
  /** Absent when MicroSIP is watched by somebody else. */
  memory?: PhoneMemory;
  /** What it had no time to tell the nodes. */
  untold: Told[];
  simulated?: SimulatedMicrosip;
  /** A phone elsewhere, which still listens. */
  left?: LeftPhone;
}

const carried = new Map<string, CarriedPhone>();
const watched = new WeakSet<object>();
let deploying = false;

/**
 * MicroSIP knows nothing of a deploy and neither does a call in it, so a call must not begin a second time because of
 * one. Only a deploy carries over: when flows are stopped, loaded or started everything begins afresh.
 */
export function watchDeploys(RED: NodeAPI): void {
  if (watched.has(RED.events)) return;
  watched.add(RED.events);
  RED.events.on('flows:stopping', (info?: { diff?: unknown }) => {
    deploying = info?.diff !== undefined;
  });
  RED.events.on('flows:starting', (info?: { diff?: unknown }) => {
    if (info?.diff !== undefined) return;
    deploying = false;
    dropAll();
  });
  RED.events.on('flows:started', () => {
    // Of nodes that did not come back.
    for (const { left } of carried.values()) left?.end();
  });
}

/** What is closed now will come back in a moment. */
export function deployGoesOn(): boolean {
  return deploying && !flowsRun();
}

export function carryOver(nodeId: string, phone: CarriedPhone, removed: boolean): void {
  if (deploying && !removed) carried.set(nodeId, phone);
  else drop(phone);
}

export function takeCarried(nodeId: string, connectedTo: ConnectedTo): CarriedPhone | undefined {
  const phone = carried.get(nodeId);
  carried.delete(nodeId);
  if (!phone || isSameMicrosip(phone.connectedTo, connectedTo)) return phone;
  drop(phone);
  return undefined;
}

function dropAll(): void {
  for (const phone of carried.values()) drop(phone);
  carried.clear();
}

function drop({ simulated, left }: CarriedPhone): void {
  simulated?.dispose();
  left?.end();
}
