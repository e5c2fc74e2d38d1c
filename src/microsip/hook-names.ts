/** The keys of `[Settings]` that name a program to run; MicroSIP has no others (docs/microsip/interface.md#3). */
export const HOOK_NAMES = [
  'cmdIncomingCall',
  'cmdCallRing',
  'cmdOutgoingCall',
  'cmdCallAnswer',
  'cmdCallAnswerVideo',
  'cmdCallStart',
  'cmdCallBusy',
  'cmdCallEnd',
] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** MicroSIP ran the program of one key. */
export interface Hook {
  name: HookName;
  /** Start of the program, milliseconds since 1970. */
  time: number;
  /** What MicroSIP appended: the other party's user part, or for an end without one its host. The caller chose it. */
  parameter: string;
}

export function isHookName(value: unknown): value is HookName {
  return HOOK_NAMES.some((name) => name === value);
}
