/** How a codec stands in the E-model (ITU-T G.107, 7.3). */
export interface CodecImpairment {
  /** Equipment impairment factor without any loss. */
  ie: number;
  /** Packet-loss robustness factor. */
  bpl: number;
}

/**
 * Provisional planning values of ITU-T G.113 (11/2007), Appendix I: Ie from its table of equipment impairment factors, Bpl
 * from its table of packet-loss robustness factors, by the names that PJSIP gives to codecs. Only codecs that are in both:
 *
 * | in G.113                                             | Ie | Bpl  |
 * | ---------------------------------------------------- | -- | ---- |
 * | G.711, 10 ms, with concealment (G.711 Appendix I)    |  0 | 25.1 |
 * | G.729A with voice activity detection, 20 ms          | 11 | 19.0 |
 * | G.723.1 at 6.3 kbit/s with the same, 30 ms           | 15 | 16.1 |
 *
 * PJSIP conceals the losses of G.711, so its row without concealment (Bpl 4.3) does not hold here. GSM full rate has an Ie
 * alone; Opus, G.722, iLBC, Speex and SILK have neither there: G.722 is of the wideband model, whose scale is another. Tools
 * that tell a MOS of those, or one of G.729 without voice activity detection (Ie 10), have guessed or chosen otherwise.
 */
const PUBLISHED: ReadonlyMap<string, CodecImpairment> = new Map([
  ['PCMU', { ie: 0, bpl: 25.1 }],
  ['PCMA', { ie: 0, bpl: 25.1 }],
  ['G729', { ie: 11, bpl: 19 }],
  ['G723', { ie: 15, bpl: 16.1 }],
]);

/** @param codec in any case, as SDP has it (RFC 3551): `PCMU` */
export function codecImpairment(codec: string): CodecImpairment | undefined {
  return PUBLISHED.get(codec.toUpperCase());
}
