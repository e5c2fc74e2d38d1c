/** Seconds that answers of a fleet are waited for. */
export const ANSWER_TIME = { least: 1, most: 60, preset: 5 } as const;
