import type { CallEnding, CallFacts } from './call';
import type { ToE164 } from '../numbers/e164';
import { joinedNumber, userPart } from '../numbers/user-part';
import type { Observation } from '../ports/observation';
import type { FinishedCall } from '../phone-event';
import { shownText } from '../texts/shown-text';
import { validUri } from '../texts/valid-uri';

/**
 * The door through which everything that a source observed comes in: no text that a caller or a server chose goes on but
 * as `shownText` lets it, whatever source it is from.
 * @param e164 for numbers that say themselves where they are valid
 */
export function admitted(seen: Observation, e164?: ToE164): Observation {
  switch (seen.type) {
    case 'call':
      return { ...seen, facts: admittedFacts(seen.facts, e164) };
    case 'call_refused':
      return { ...seen, facts: admittedFacts(seen.facts, e164), ending: admittedEnding(seen.ending) };
    case 'call_ended':
      return { ...seen, ending: admittedEnding(seen.ending) };
    case 'call_transferred':
      return { ...seen, target: partyNumber(seen.target) ?? '' };
    case 'registration': {
      const { text, ...registration } = seen.registration;
      return { ...seen, registration: { ...registration, ...present({ text: shownText(text) }) } };
    }
    case 'presence':
    case 'source_live':
    case 'call_mode':
      return seen;
  }
}

/** The same for a call that comes in when it is over. */
export function admittedFinished(finished: FinishedCall, e164?: ToE164): FinishedCall {
  const { info, call, ...rest } = finished;
  const { sipCallId, number, name, uri, account, diversion, numberE164, sipReason, transferredTo, ...others } = call;
  const told: CallFacts = present({ sipCallId, number, name, uri, account, diversion, numberE164 });
  const facts = admittedFacts(told, e164);
  const international = facts.numberE164 ?? (facts.number === undefined ? undefined : e164?.(facts.number));
  return {
    ...rest,
    call: {
      ...others,
      ...facts,
      ...present({
        numberE164: international,
        sipReason: shownText(sipReason),
        transferredTo: partyNumber(transferredTo),
      }),
    },
    ...present({ info: shownText(info) }),
  };
}

export function admittedFacts(facts: CallFacts, e164?: ToE164): CallFacts {
  const { sipCallId, number, name, uri, account, diversion, phoneContext } = facts;
  const party = number === undefined ? undefined : userPart(number);
  const context = phoneContext ?? party?.phoneContext;
  const joined = party && joinedNumber({ ...party, ...(context !== undefined && { phoneContext: context }) });
  return present({
    sipCallId: wholeId(sipCallId),
    number: shownText(party?.number),
    name: name === number && party?.number !== number ? undefined : shownText(name),
    numberE164: joined === undefined ? undefined : e164?.(joined),
    uri: validUri(uri),
    account: partyNumber(account),
    diversion: partyNumber(diversion),
  });
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

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What is empty is absent. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
