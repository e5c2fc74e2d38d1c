export const STAMP_LENGTH = 12;
const DAY = 86_400_000;
/** Threads may write their stamps in the wrong order by a millisecond or two; a clock is set by more. */
const STEP_BACK = 2_000;
/** pjsip is never silent for this long: keep-alives come every 15 to 90 s, registrations every few minutes. */
const SILENCE = 3_610_000;

const COLON = 0x3a;
const POINT = 0x2e;
const BLANK = 0x20;

/** The time `HH:MM:SS.mmm ` at this place, in milliseconds since midnight; undefined when there is none. */
export function readStamp(bytes: Buffer, at: number): number | undefined {
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return undefined;
  if (bytes[at + 8] !== POINT || bytes[at + STAMP_LENGTH] !== BLANK) return undefined;
  const hours = pair(bytes, at);
  const minutes = pair(bytes, at + 3);
  const seconds = pair(bytes, at + 6);
  const hundredths = pair(bytes, at + 9);
  const thousandths = (bytes[at + 11] ?? 0) - 0x30;
  // A leap second may be written as 60. `NaN` is not in any range.
  if (!(hours < 24 && minutes < 60 && seconds <= 60 && hundredths >= 0)) return undefined;
  if (thousandths < 0 || thousandths > 9) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10 + thousandths;
}

/** Two decimal digits, or `NaN`. */
function pair(bytes: Buffer, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Whether a record with the stamp `next` may well follow one with the stamp `before`; both in ms since midnight. */
export function mayFollow(before: number, next: number): boolean {
  const ahead = (((next - before + STEP_BACK) % DAY) + DAY) % DAY;
  return ahead <= SILENCE + STEP_BACK;
}
