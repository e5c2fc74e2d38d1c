import type { CallEnding, CallFacts } from './call';
import { internationalOf, nameFromContacts, type KnownNumbers } from './contact-name';
import {
  admittedAudio,
  admittedFeatures,
  admittedQuality,
  admittedRecording,
  admittedVoicemail,
} from './observed-values';
import { present } from './present';
import { joinedNumber, userPart } from '../numbers/user-part';
import type { Observation } from '../ports/observation';
import type { FinishedCall } from '../phone-event';
import { shownText } from '../texts/shown-text';
import { validUri } from '../texts/valid-uri';

/**
 * The door through which everything that a source observed comes in: no text that a caller or a server chose goes on but
 * as `shownText` lets it, whatever source it is from.
 * @param known what is known of numbers
 */
export function admitted(seen: Observation, known: KnownNumbers = {}): Observation {
  switch (seen.type) {
    case 'call':
      return { ...seen, facts: admittedFacts(seen.facts, known) };
    case 'call_refused':
      return { ...seen, facts: admittedFacts(seen.facts, known), ending: admittedEnding(seen.ending) };
    case 'call_ended':
      return { ...seen, ending: admittedEnding(seen.ending) };
    case 'call_transferred':
      return { ...seen, target: partyNumber(seen.target) ?? '' };
    case 'registration': {
      const { text, ...registration } = seen.registration;
      return { ...seen, registration: { ...registration, ...present({ text: shownText(text) }) } };
    }
    case 'features':
      return { ...seen, features: admittedFeatures(seen.features) };
    case 'audio':
      return { ...seen, audio: admittedAudio(seen.audio) };
    case 'voicemail':
      return { ...seen, voicemail: admittedVoicemail(seen.voicemail) };
    case 'presence':
    case 'trouble': {
      const { problemText, ...trouble } = seen;
      return { ...trouble, ...present({ problemText: shownText(problemText) }) };
    }
    case 'call_media': {
      const { quality, recording, ...media } = seen;
      const known = { quality: admittedQuality(quality), recording: admittedRecording(recording) };
      return { ...media, ...present(known) };
    }
    case 'source_live':
    case 'call_mode':
      return seen;
  }
}

/** The same for a call that comes in when it is over. */
export function admittedFinished(finished: FinishedCall, known: KnownNumbers = {}): FinishedCall {
  const { info, call, ...circumstances } = finished;
  const { sipCallId, number, name, uri, account, diversion, numberE164, sipReason, transferredTo, ...rest } = call;
  const told: CallFacts = present({ sipCallId, number, name, uri, account, diversion, numberE164 });
  const facts = admittedFacts(told, known);
  const { quality, recording, ...others } = rest;
  return {
    ...circumstances,
    call: {
      ...others,
      ...facts,
      ...present({
        numberE164: internationalOf(facts, known),
        quality: admittedQuality(quality),
        recording: admittedRecording(recording),
        sipReason: shownText(sipReason),
        transferredTo: partyNumber(transferredTo),
      }),
    },
    ...present({ info: shownText(info) }),
  };
}

export function admittedFacts(facts: CallFacts, known: KnownNumbers = {}): CallFacts {
  const { sipCallId, number, name, uri, account, diversion, phoneContext } = facts;
  const party = number === undefined ? undefined : userPart(number);
  const context = phoneContext ?? party?.phoneContext;
  const joined = party && joinedNumber({ ...party, ...(context !== undefined && { phoneContext: context }) });
  const told: CallFacts = present({
    sipCallId: wholeId(sipCallId),
    number: shownText(party?.number),
    name: name === number && party?.number !== number ? undefined : shownText(name),
    numberE164: joined === undefined ? undefined : known.e164?.(joined),
    uri: validUri(uri),
    account: partyNumber(account),
    diversion: partyNumber(diversion),
  });
  return { ...told, ...nameFromContacts(told, known) };
}

/**
 * The user part of a party, which some sources have with its scheme and host. Where there is nothing else it is the host
 * that tells who it is.
 */
function partyNumber(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  const bare = address.trim().replace(/^(?:sips?|tel):/i, '');
  const at = bare.lastIndexOf('@');
  return shownText(userPart(at > 0 ? bare.slice(0, at) : bare).number);
}

/** An id that is cut or changed names something else. */
function wholeId(id: string | undefined): string | undefined {
  return shownText(id) === id ? id : undefined;
}

function admittedEnding(ending: CallEnding): CallEnding {
  const { sipReason, ...rest } = ending;
  return { ...rest, ...present({ sipReason: shownText(sipReason) }) };
}
