/** `0:07`, `12:34`, `1:02:03` */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}

/** Goes on by this browser's own even clock from a moment that the phone's clock named. */
export class PhoneClock {
  private ahead = 0;

  /** @param time now, by the phone: ms since 1970 */
  set(time: number): void {
    this.ahead = time - performance.now();
  }

  get now(): number {
    return performance.now() + this.ahead;
  }
}
