import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CALL_MOVES,
  movesTo,
  type CallMove,
  type CallPlace,
  type CallSign,
} from '../../../../src/phone/calls/call-moves';
import { allMoves } from '../../../support/all-moves';

const PAGE = resolve(__dirname, '../../../../docs/architecture.md');
const ARROW = /^ *(\S+) --> (\S+): (\S+)$/gm;

/** Those of the diagram of states in the docs. */
function drawnMoves(): string[] {
  const [, diagram = ''] = /```mermaid\nstateDiagram-v2\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
  return [...diagram.matchAll(ARROW)].map(([, from, to, event]) => `${from === '[*]' ? 'none' : from} ${event} ${to}`);
}

const SHOWN = new Map<CallSign, CallPlace>([
  ['inbound', 'ringing'],
  ['outbound', 'dialing'],
  ['over', 'ended'],
]);

const names = (sign: CallSign, from: CallPlace): string[] => movesTo(sign, from).map(({ event }) => event);

describe('moves of a call', () => {
  it('are in the docs as a diagram, each of them and no other', () => {
    assert.deepEqual(drawnMoves().sort(), allMoves());
  });

  it('lead from any state to what is seen, or nowhere', () => {
    for (const sign of Object.keys(CALL_MOVES) as CallSign[]) {
      for (const from of ['none', 'dialing', 'alerting', 'ringing', 'connected', 'held', 'ended'] as const) {
        const moves: CallMove[] = movesTo(sign, from);
        const shown = SHOWN.get(sign) ?? sign;
        if (moves.length > 0) assert.equal(moves.at(-1)?.to, shown, `${sign} in ${from}`);
        assert.equal(moves.at(-1)?.implied ?? false, false, `${sign} in ${from} ends with what was not seen`);
      }
    }
  });

  it('pass the answer on the way to a call on hold', () => {
    assert.deepEqual(names('held', 'ringing'), ['answered', 'held']);
    assert.deepEqual(names('held', 'alerting'), ['answered', 'held']);
    assert.deepEqual(names('held', 'connected'), ['held']);
  });

  it('never lead back, nor on after the end', () => {
    for (const sign of Object.keys(CALL_MOVES) as CallSign[]) assert.deepEqual(names(sign, 'ended'), []);
    for (const sign of ['dialing', 'ringing', 'alerting'] as const) {
      for (const from of ['connected', 'held'] as const) assert.deepEqual(names(sign, from), [], `${sign} in ${from}`);
    }
  });
});
