/** `dwData` of each command of the documented interface (docs/microsip/older-interface.md#commands). */
export const DOCUMENTED_IDS = {
  dial: 1,
  hangup: 2,
  answer: 3,
  status: 4,
  activecall: 5,
  dtmf: 6,
  hold: 7,
  transfer: 8,
  mute: 9,
  reject: 10,
  volume: 11,
  close: 12,
} as const;

/** What fits into `dwData` of a 32-bit program. */
export const HIGHEST_ID = 0xffffffff;
