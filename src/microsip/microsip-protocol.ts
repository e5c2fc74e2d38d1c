import { PhoneError } from '../phone/errors/phone-error';
import type { MicrosipEncoded } from './microsip-encoded';
import type { LinkAction } from '../phone/ports/link';
import { dialText, messageTarget } from './target-text';

/** Control ids of the ringing window (docs/microsip/interface.md#7.3). */
export const RING_ANSWER_BUTTON = 1000;
export const RING_DECLINE_BUTTON = 1032;

/** `[major, minor, patch, build]` as in the program file's version resource; undefined when it has none. */
export type Version = readonly number[] | undefined;

const WORD_SINCE = {
  '/answer': [3, 19],
  '/dtmf:': [3, 19],
  '/account:': [3, 20],
  '/hangupcalling': [3, 20],
  '/hangupincoming': [3, 21],
  '/transfer:': [3, 19],
  'msip:hold': [3, 19],
  'msip:minimize': [3, 19],
  'msip:micup': [3, 19],
  'msip:micdown': [3, 19],
  'msip:speakup': [3, 19],
  'msip:speakdown': [3, 19],
  // Before, the words for muting toggled (docs/microsip/interface.md#10).
  'msip:micmute': [3, 21],
  'msip:speakmute': [3, 21],
  'msip:micunmute': [3, 21],
  'msip:speakunmute': [3, 21],
} as const;

/** Before 3.20 MicroSIP ignores `dwData 2` (docs/microsip/interface.md#2.1 and #10). */
export function queuedDelivery(version: Version): boolean {
  return atLeast(version, [3, 20]);
}

/** Older versions have not been looked at for this (docs/microsip/corrections.md#1). */
function leavesBrackets(version: Version): boolean {
  return atLeast(version, [3, 20, 5]);
}

/** Since 3.22.16 MicroSIP's own `/exit` sends the menu command, before it sent WM_CLOSE (docs/microsip/3.22.16.md#1). */
export function exitsByCommand(version: Version): boolean {
  return atLeast(version, [3, 22, 16]);
}

/** Since 3.21.6 one member of a conference can be hung up (docs/microsip/further.md#B.1). */
export function endsMembersAlone(version: Version): boolean {
  return atLeast(version, [3, 21, 6]);
}

/** Older versions have not been looked at for this (docs/microsip/further.md#B.1). */
function hasConferenceMenu(version: Version): boolean {
  return atLeast(version, [3, 21, 6]);
}

/**
 * Encodes an action in MicroSIP's own command language (docs/microsip/interface.md#2.3 to #2.6 and #10).
 * @throws PhoneError `unsupported` when this version would dial the command's text as a number, or when the language has
 * no word for the action; `invalid_number` when it would call another host than the target's
 */
export function encodeMicrosip(action: LinkAction, version: Version): MicrosipEncoded {
  switch (action.do) {
    case 'dial':
      return {
        text:
          action.account === undefined
            ? dialText(action.target, leavesBrackets(version))
            : `${word('/account:', version)}${action.account} ${dialText(action.target, leavesBrackets(version))}`,
      };
    case 'answer':
      return { text: word('/answer', version) };
    case 'hangup_all':
      return { text: '/hangupall' };
    case 'hangup_dialing':
      return { text: word('/hangupcalling', version) };
    case 'reject_all':
      return { text: word('/hangupincoming', version) };
    case 'end_selected':
      return { tab: action.tab, conference: action.conference };
    case 'merge':
    case 'separate':
      if (!hasConferenceMenu(version)) throw new PhoneError('unsupported', 'conference_version', { since: '3.21.6' });
      return { menu: action.do, selected: action.tab };
    case 'answer_ring':
      return { ring: action.key, button: RING_ANSWER_BUTTON };
    case 'decline_ring':
      return { ring: action.key, button: RING_DECLINE_BUTTON };
    case 'dtmf':
      return { text: `${word('/dtmf:', version)}${action.digits}` };
    case 'transfer':
      return { text: `${word('/transfer:', version)}${dialText(action.target, leavesBrackets(version))}` };
    case 'toggle_hold':
      return { text: word('msip:hold', version) };
    case 'audio':
      return { text: word(`msip:${action.word}`, version) };
    case 'message':
      return { text: `${messageTarget(action.target)} ${action.text}` };
    case 'account':
      return { text: `${word('/account:', version)}${action.account}` };
    case 'minimize':
      return { text: word('msip:minimize', version) };
    case 'set_feature': {
      const { feature, on, tab } = action;
      return { feature, on, ...(tab !== undefined && { tab }) };
    }
    case 'show':
    case 'exit':
    case 'start':
      throw new PhoneError('unsupported', 'app_action', { action: action.do });
    case 'toggle_mute':
    case 'set_volume':
      throw new PhoneError('unsupported');
  }
}

function word(text: keyof typeof WORD_SINCE, version: Version): string {
  const since = WORD_SINCE[text];
  if (!atLeast(version, since)) {
    throw new PhoneError('unsupported', 'old_version', { command: text, since: since.join('.') });
  }
  return text;
}

/** An unknown version is taken as a current one. */
function atLeast(version: Version, wanted: readonly number[]): boolean {
  if (!version) return true;
  for (const [index, part] of wanted.entries()) {
    const have = version[index] ?? 0;
    if (have !== part) return have > part;
  }
  return true;
}
