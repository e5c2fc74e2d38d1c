import assert from 'node:assert/strict';
import type { LinkAction } from '../../src/links/link';
import { parseText, splitDialText } from '../../src/simulator/command-parser';

/** What MicroSIP's parser, which is not the encoder's other half, understands. */
export function meaningOf(text: string): unknown {
  const parsed = parseText(text);
  if (parsed.kind === 'account') return { account: parsed.account, password: parsed.password, ...dialOf(parsed.rest) };
  return parsed.kind === 'dial' ? dialOf(parsed) : parsed;
}

function dialOf(parsed: ReturnType<typeof parseText>): object {
  return parsed.kind === 'dial' ? (splitDialText(parsed.text) ?? {}) : parsed;
}

/** The actions that carry values of flows. */
export function wantedMeaning(action: LinkAction): unknown {
  if (action.do === 'dial') {
    const { target: number, account } = action;
    return { ...(account !== undefined && { account, password: false }), number, message: '' };
  }
  if (action.do === 'transfer') return { kind: 'transfer', target: action.target };
  if (action.do === 'message') return { number: action.target, message: action.text };
  if (action.do === 'dtmf') return { kind: 'dtmf', digits: action.digits };
  return assert.fail(action.do);
}
