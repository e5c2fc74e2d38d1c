import { CALL_MOVES, type CallMove } from '../../src/phone/calls/call-moves';

/** What the table of moves allows, as `ringing answered connected`, in order and each once. */
export function allMoves(): string[] {
  const rows = Object.values(CALL_MOVES) as Record<string, CallMove>[];
  const moves = rows.flatMap((row) => Object.entries(row).map(([from, { event, to }]) => `${from} ${event} ${to}`));
  return [...new Set(moves)].sort();
}
