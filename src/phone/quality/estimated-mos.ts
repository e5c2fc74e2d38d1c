import type { CallQuality } from '../calls/call-quality';
import { codecImpairment } from './codec-impairments';
import { meanOpinionScore, transmissionRating } from './e-model';

/** Of fewer packets, one second of speech, a share says nothing. */
const FEWEST_PACKETS = 50;

/**
 * How well the far end was heard here, as the E-model estimates it, with one decimal place. Undefined where it would be
 * guessed: of a codec without published values, of too few packets, or when nobody counted what was lost.
 */
export function estimatedMos({ codec, received = {}, rttMs }: CallQuality): number | undefined {
  const { packets, lossPercent, discardedPercent = 0 } = received;
  const impairment = codec === undefined ? undefined : codecImpairment(codec);
  if (!impairment || packets === undefined || packets < FEWEST_PACKETS || lossPercent === undefined) return undefined;
  const missing = Math.min(100, lossPercent + discardedPercent);
  // The network's part is all that RTCP measures; where it measures nothing the delay is taken for unnoticed.
  const rating = transmissionRating(impairment, missing, (rttMs ?? 0) / 2);
  return Math.round(meanOpinionScore(rating) * 10) / 10;
}
