/** Messages that wait at the provider; what it did not tell is absent. */
export interface Voicemail {
  waiting: boolean;
  new?: number;
  old?: number;
  /** Of `new` and `old`, those that are urgent. */
  urgentNew?: number;
  urgentOld?: number;
  /** Whose they are: `sip:1001@example.org`. */
  account?: string;
}
