import { calledNumber } from './dial-target';
import { dtmfParts, type DtmfPart } from '../values/dtmf-digits';

/** Digits between two commas that MicroSIP can play itself with more of ours behind them (docs/microsip/corrections.md#7). */
const LONGEST_PIECE = 15;

/**
 * Takes the DTMF tail off a checked target if MicroSIP would lose a part of it: the phone then sends it after the answer.
 * @returns the target for MicroSIP, and what is left to the phone
 */
export function splitTail(target: string): { target: string; tail?: DtmfPart[] } {
  const number = calledNumber(target);
  const pieces = target.slice(number.length).split(',');
  if (pieces.every((piece) => piece.length <= LONGEST_PIECE)) return { target };
  return { target: number, tail: dtmfParts(target.slice(number.length)) };
}
