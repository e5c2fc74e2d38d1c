import { isOfParty, recordingName } from '../../../microsip/recordings/recording-name';
import { fileNameOf } from '../../../microsip/recordings/recording-path';
import type { SipCall } from './sip-call';

const CREATING = /^Creating recorder (.+)\.\.$/s;

/**
 * The path of a recording that pjsip begins, as its log has it (docs/microsip/further.md, part C).
 * @param text of a record of `pjsua_aud.c`
 */
export function beginningRecording(text: string): string | undefined {
  return CREATING.exec(text)?.[1];
}

/**
 * The call that is recorded: pjsip does not say which it is, but the file has the name of its other party.
 * @param answered the calls that are going on, in the order of their beginnings
 */
export function recordedCall(path: string, answered: readonly SipCall[]): SipCall | undefined {
  const name = recordingName(fileNameOf(path));
  if (!name) return undefined;
  const ofParty = answered.filter(({ party, direction }) => isOfParty(name, party, direction));
  if (ofParty.length > 0) return ofParty.reduce((one, other) => (answerOf(other) >= answerOf(one) ? other : one));
  // The network may have told a party of which the messages here do not tell.
  return answered.length === 1 ? answered[0] : undefined;
}

const answerOf = ({ answerTime = 0 }: SipCall): number => answerTime;
