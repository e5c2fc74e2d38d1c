import type { CodecImpairment } from './codec-impairments';

/*
 * All of the E-model that is not known here has its default value (ITU-T G.107, table 2: Default values and permitted
 * ranges). With those, the terms that depend on neither the codec nor the network are constants: the basic
 * signal-to-noise ratio Ro and the simultaneous impairment Is (7.2, 7.3), and the noise No (7.2).
 */
const RO = 94.77;
const IS = 1.41;
const NO = -61.18;
/** Receive loudness rating, talker echo loudness rating and weighted echo path loss, dB. */
const RLR = 2;
const TELR = 65;
const WEPL = 110;
/** Burst ratio of losses that do not depend on each other. */
const BURST_R = 1;
/** Below this delay (ms) nobody notices it (7.4). */
const UNNOTICED = 100;

/**
 * The rating R of a connection, 93.2 at best: R = Ro - Is - Id - Ie-eff (ITU-T G.107, 7.1).
 * @param lossPercent of the packets, those that came too late among them, 0..100
 * @param delayMs one way
 */
export function transmissionRating(codec: CodecImpairment, lossPercent: number, delayMs: number): number {
  return RO - IS - delayImpairment(delayMs) - effectiveImpairment(codec, lossPercent);
}

/** What listeners would say of a connection on average, 1 to 4.5 (ITU-T G.107, Annex B, B-4). */
export function meanOpinionScore(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Of a rating below 6.5 the formula makes less than the scale has.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}

/** Ie-eff (7.5). */
function effectiveImpairment({ ie, bpl }: CodecImpairment, lossPercent: number): number {
  return lossPercent <= 0 ? ie : ie + (95 - ie) * (lossPercent / (lossPercent / BURST_R + bpl));
}

/** Id = Idte + Idle + Idd (7.4): echo to the talker, echo to the listener, and the delay as such. */
function delayImpairment(delay: number): number {
  return talkerEcho(delay) + listenerEcho(2 * delay) + longDelay(delay);
}

function talkerEcho(delay: number): number {
  const terv = TELR - 40 * Math.log10((1 + delay / 10) / (1 + delay / 150)) + 6 * Math.exp(-0.3 * delay ** 2);
  const re = 80 + 2.5 * (terv - 14);
  const roe = -1.5 * (NO - RLR);
  const half = (roe - re) / 2;
  return (half + Math.sqrt(half ** 2 + 100) - 1) * (1 - Math.exp(-delay));
}

/** @param roundTrip ms */
function listenerEcho(roundTrip: number): number {
  const rle = 10.5 * (WEPL + 7) * (roundTrip + 1) ** -0.25;
  const half = (RO - rle) / 2;
  return half + Math.sqrt(half ** 2 + 169);
}

function longDelay(delay: number): number {
  if (delay <= UNNOTICED) return 0;
  const x = Math.log2(delay / UNNOTICED);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}
