/**
 * What this phone has done to conferences: MicroSIP does not show who is in one. What a person does by hand is not known
 * here.
 */
export class ConferenceMemory {
  private readonly members = new Set<string>();
  private readonly apart = new Set<string>();

  merged(callIds: readonly string[]): void {
    for (const callId of callIds) {
      this.members.add(callId);
      this.apart.delete(callId);
    }
  }

  separated(callId: string): void {
    this.members.delete(callId);
    this.apart.add(callId);
  }

  /**
   * @param open the ids of all open calls: one that is left alone is in no conference
   * @returns undefined for a call that this phone has neither merged nor separated
   */
  isMember(callId: string, open: readonly string[]): boolean | undefined {
    for (const known of [this.members, this.apart]) for (const one of known) if (!open.includes(one)) known.delete(one);
    if (this.apart.has(callId)) return false;
    return this.members.has(callId) ? this.members.size > 1 : undefined;
  }
}
