/** Calls, messages and transfers that a phone may make in any second and in any minute. */
export interface RateLimit {
  second: number;
  minute: number;
}

export const DEFAULT_RATE: RateLimit = { second: 1, minute: 30 };
