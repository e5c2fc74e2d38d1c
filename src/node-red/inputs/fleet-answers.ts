import type { NodeAPI } from 'node-red';
import type { Fleet, FleetTarget, Outcome } from '../../fleet/reader/fleet';
import type { CommandResult } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import type { FleetOrder } from './fleet-order';
import { localisedError } from './localised-error';

/** What one phone said to a command. */
export type FleetAnswer = { phone: string; name?: string } & (
  ({ ok: true } & CommandResult) | { ok: false; error: { code: string; message: string } }
);

export interface FleetAnswers {
  answers: FleetAnswer[];
  /** Phones that have not answered, by their ids. */
  missing: string[];
  /** Why nobody has carried it out, when nobody has. */
  failure?: PhoneError;
}

/**
 * Sends a command to those who are meant, and collects what they say.
 * @param seconds to wait for them; the command is not carried out later either
 */
export async function collectAnswers(
  RED: NodeAPI,
  fleet: Fleet,
  { target, command }: FleetOrder,
  seconds: number,
): Promise<FleetAnswers> {
  await untilKnown(fleet, target);
  const options = { ttl: Math.ceil(seconds), time: seconds * 1000 };
  const outcomes = [...(await fleet.sendToMany(target, command, options))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const answers = outcomes.map(([id, outcome]) => answer(RED, fleet, id, outcome));
  const missing = outcomes.filter(([, outcome]) => !outcome.ok && isSilence(outcome.error)).map(([id]) => id);
  if (outcomes.some(([, { ok }]) => ok)) return { answers, missing };
  const failed = outcomes.find(([id, { ok }]) => !ok && !missing.includes(id)) ?? outcomes[0];
  const failure = failed && !failed[1].ok ? failed[1].error : new PhoneError('agent_offline', 'nobody');
  return { answers, missing, failure };
}

/** No phone has it: how it stands is known as soon as the broker has told all that it has. */
const NOBODY = '';

/** Just after a deploy it is not known yet who is there, and in which group. */
async function untilKnown(fleet: Fleet, target: FleetTarget): Promise<void> {
  const ids = 'phones' in target ? target.phones.filter((id) => !fleet.phone(id)?.online) : [NOBODY];
  await Promise.all(ids.map((id) => fleet.known(id)));
}

/** As against an answer that says no. */
function isSilence({ code }: PhoneError): boolean {
  return code === 'agent_offline' || code === 'broker_offline' || code === 'timeout';
}

function answer(RED: NodeAPI, fleet: Fleet, phone: string, outcome: Outcome): FleetAnswer {
  const { name } = fleet.phone(phone) ?? {};
  const who = { phone, ...(name !== undefined && { name }) };
  if (outcome.ok) return { ...who, ok: true, ...outcome.result };
  const { code } = outcome.error;
  return { ...who, ok: false, error: { code, message: localisedError(RED, outcome.error).message } };
}
