import type { Source } from '../../calls/call';
import type { VoicemailObservation } from '../../ports/observation';
import { isBetter } from '../sources/source-ranks';

/** ms in which the source with the counts has to say the same as one that knows only whether there are messages. */
const CONFIRMED_WITHIN = 3000;

interface Doubt {
  seen: VoicemailObservation;
  /** ms since 1970 by our clock */
  since: number;
}

/** Whom to believe about the voicemail: the log has the counts, the windows only have whether there are messages. */
export class VoicemailLead {
  private lead: { source: Source; waiting: boolean } | undefined;
  private doubt: Doubt | undefined;

  /** @returns what is believed now; undefined: what was believed before */
  take(seen: VoicemailObservation, now: number): VoicemailObservation | undefined {
    const { lead } = this;
    if (!lead || !isBetter(lead.source, seen.source)) return this.believe(seen);
    if (lead.waiting === seen.voicemail.waiting) this.doubt = undefined;
    else this.doubt = { seen, since: this.doubt?.since ?? now };
    return undefined;
  }

  /** @returns what is believed now, since the better source has not said so for a while */
  passTime(now: number): { seen: VoicemailObservation; ms: number } | undefined {
    const { doubt, deadline = Infinity } = this;
    if (!doubt || now < deadline) return undefined;
    return { seen: this.believe(doubt.seen), ms: now - doubt.since };
  }

  get deadline(): number | undefined {
    return this.doubt && this.doubt.since + CONFIRMED_WITHIN;
  }

  forget(): void {
    this.lead = undefined;
    this.doubt = undefined;
  }

  private believe(seen: VoicemailObservation): VoicemailObservation {
    this.lead = { source: seen.source, waiting: seen.voicemail.waiting };
    this.doubt = undefined;
    return seen;
  }
}
