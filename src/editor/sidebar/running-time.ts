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
