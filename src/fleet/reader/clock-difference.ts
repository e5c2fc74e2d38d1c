/** How much more an agent's clock says than ours, in ms: what is sent to it has to be dated by its clock. */
export class ClockDifference {
  private difference = 0;
  private isKnown = false;

  get ms(): number {
    return this.difference;
  }

  /**
   * A message says when it was made. On its way it has only become older, so the clock is at least there.
   * @param isOld it may have been kept by the broker for long
   */
  heard(agentTime: number, now: number, isOld: boolean): void {
    const least = agentTime - now;
    if (this.isKnown || isOld) this.difference = Math.max(this.difference, least);
    else this.difference = least;
    this.isKnown ||= !isOld;
  }

  /**
   * The agent has said its time in an answer, at some moment after it was asked: that is it, also when its clock was set
   * back. An answer that took long tells little, and leaves what fits to it.
   */
  answered(agentTime: number, sent: number, received: number): void {
    const [least, most] = [agentTime - received, agentTime - sent];
    this.difference = this.isKnown ? Math.min(most, Math.max(least, this.difference)) : (least + most) / 2;
    this.isKnown = true;
  }

  /** Another agent, or none for a while: whatever its clock says. */
  forget(): void {
    this.isKnown = false;
    this.difference = 0;
  }
}
