import { createPhone as create, type PhoneExtras as LocalExtras } from './create-phone';
import type { Phone } from './phone/phone';
import type { GivenSettings } from './settings/given-settings';
import type { PlayedMicrosip } from './simulator/played-microsip';
import { SimulatedMicrosip as Simulated } from './simulator/simulated-microsip';
import type { SimulatedMicrosipOptions } from './simulator/simulated-options';

export type { Call, CallState, PhoneState, Registration } from './phone/calls/call';
export type { Command, CommandResult } from './phone/commands/command';
export { ERROR_CODES, PhoneError, type ErrorCode } from './phone/errors/phone-error';
export type { Phone, PhoneEvents, PhoneSnapshot } from './phone/phone';
export type { FinishedCall, PhoneEvent } from './phone/phone-event';
export type { GivenSettings as PhoneSettings } from './settings/given-settings';
export type { IncomingCall } from './simulator/played-microsip';
export type { SimulatedMicrosipOptions, TraceOptions } from './simulator/simulated-options';
export { hookCommands } from './simulator/traces/hook-commands';

// What is told of the types here is all that programs see: `scripts/lib/library-types.mjs` follows it.

export type SimulatedMicrosip = PlayedMicrosip;
/** Makes a simulated MicroSIP; its far end and its user do nothing by themselves. */
export const SimulatedMicrosip: new (options?: SimulatedMicrosipOptions) => PlayedMicrosip = Simulated;

export interface PhoneExtras {
  /** The simulated MicroSIP to connect to; only for the connection `simulator`. */
  simulated?: PlayedMicrosip;
  /** Where it is kept how far the call history has been told, and where traces are (`~/.microsip`). */
  directory?: string;
  /** Under this name it is kept; phones with the same MicroSIP need different ones (their names). */
  id?: string;
  /**
   * The name of a caller, or of who is called, where the network sent none; asked with the number in international form
   * where it has one. Calls that it names have `nameSource: "contacts"`. It has to be quick and must not throw.
   */
  names?: (number: string) => string | undefined;
}

/**
 * Makes a phone; `open()` connects it.
 * @throws PhoneError `config` for a setting that is not possible, `unsupported` for a connection that this version lacks
 */
export function createPhone(settings: GivenSettings, extras: PhoneExtras = {}): Phone {
  // Whoever has a simulated MicroSIP has it from the constructor above.
  return create(settings, extras as LocalExtras);
}
