export { createPhone, type PhoneExtras } from './create-phone';
export type { Phone, PhoneEvents, PhoneSnapshot } from './phone/phone';
export type { Call, PhoneState, Registration } from './phone/calls/call';
export type { Command, CommandResult } from './phone/commands/command';
export type { FinishedCall, PhoneEvent } from './phone/phone-event';
export { PhoneError, ERROR_CODES, type ErrorCode } from './phone/errors/phone-error';
export { SimulatedMicrosip } from './simulator/simulated-microsip';
export { hookCommands } from './simulator/traces/hook-commands';
export type { TraceOptions } from './simulator/traces/traces';
