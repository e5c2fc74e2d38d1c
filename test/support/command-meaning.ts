import assert from 'node:assert/strict';
import type { LinkAction } from '../../src/phone/ports/link';
import { calledForms } from '../../src/phone/guard/targets/called-forms';
import { parseText, splitDialText } from '../../src/simulator/commands/command-parser';
import { addressOf, dialledNumber } from '../../src/simulator/commands/dialled-number';

/** Of the MicroSIP that the texts are for. */
const DOMAIN = 'example.org';

/** What MicroSIP's parser and its cleaning, which are not the encoder's other half, make of a text: what it really does. */
export function meaningOf(text: string, prefix = ''): unknown {
  const parsed = parseText(text);
  if (parsed.kind === 'account')
    return { account: parsed.account, password: parsed.password, ...dialOf(parsed.rest, prefix) };
  return parsed.kind === 'transfer'
    ? { kind: 'transfer', called: dialledNumber(parsed.target, { domain: DOMAIN, prefix }) }
    : dialOf(parsed, prefix);
}

function dialOf(parsed: ReturnType<typeof parseText>, prefix: string): object {
  if (parsed.kind !== 'dial') return parsed;
  const { number = '', message = '' } = splitDialText(parsed.text) ?? {};
  return message === ''
    ? { called: dialledNumber(number, { domain: DOMAIN, prefix }) }
    : { message, to: addressOf(number, DOMAIN) };
}

/** The actions that carry values of flows; what is called is what the rules of the phone were asked about. */
export function wantedMeaning(action: LinkAction, prefix = ''): unknown {
  if (action.do === 'dial') {
    const { target, account } = action;
    return { ...(account !== undefined && { account, password: false }), called: wantedCall(target, prefix) };
  }
  if (action.do === 'transfer') return { kind: 'transfer', called: wantedCall(action.target, prefix) };
  if (action.do === 'message') return { message: action.text, to: wantedAddress(action.target, '') };
  if (action.do === 'dtmf') return { kind: 'dtmf', digits: action.digits };
  return assert.fail(action.do);
}

function wantedCall(target: string, prefix: string): object {
  const comma = target.indexOf(',');
  return { ...wantedAddress(target, prefix), dtmfTail: comma < 0 ? '' : target.slice(comma + 1) };
}

function wantedAddress(target: string, prefix: string): object {
  const [user, host = DOMAIN] = calledForms(target, { prefix }).called.split('@');
  return { user, host };
}
