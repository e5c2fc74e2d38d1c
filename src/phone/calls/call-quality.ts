/**
 * How the audio of a call came through, since its last re-negotiation, from what MicroSIP's log says at its end
 * (docs/microsip/further.md#D). What is not known is absent.
 */
export interface CallQuality {
  /** As SDP names it: `PCMU`. */
  codec?: string;
  /** Hz */
  clockRate?: number;
  received?: ReceivedAudio;
  sent?: SentAudio;
  /** Round trip, ms. */
  rttMs?: number;
  /** The E-model's estimate (ITU-T G.107), 1..5. */
  mos?: number;
}

export interface ReceivedAudio {
  packets?: number;
  /** 0..100 */
  lossPercent?: number;
  /** Came too late to be played, 0..100. */
  discardedPercent?: number;
  jitterMs?: number;
}

/** But for `packets`, what the far end reported. */
export interface SentAudio {
  packets?: number;
  /** 0..100 */
  lossPercent?: number;
  jitterMs?: number;
}
