import { fieldsOf, numberBetween, truth, type Reader } from '../../messages/json-reader';
import { readFeatures } from '../../messages/standing-json';
import { isCallId } from '../../phone/guard/values/call-id';
import type { CommandResult } from '../../phone/commands/command';
import { errorRecord, recordedError, type ErrorRecord } from '../../phone/errors/error-record';
import type { PhoneError } from '../../phone/errors/phone-error';
import { isFleetId } from './fleet-id';
import { readSession } from './position';

/** What became of a command. */
export type FleetResponse = FleetSuccess | FleetFailure;

export interface FleetSuccess {
  id: string;
  ok: true;
  /** Of a command that the phone carried out. */
  result?: CommandResult;
  /** Of the agent, ms since 1970; of `ping`. */
  time?: number;
  /** Of the agent; of `ping`. */
  session?: string;
}

export interface FleetFailure {
  id: string;
  ok: false;
  error: PhoneError;
  /** Of the agent, ms since 1970; of `expired_command`. */
  time?: number;
}

export type FleetResponseJson =
  | ({ id: string; ok: true; time?: number; session?: string } & CommandResult)
  | { id: string; ok: false; error: ErrorRecord; time?: number };

export function fleetResponseJson(response: FleetResponse): FleetResponseJson {
  const { id, time } = response;
  const told = time === undefined ? {} : { time };
  if (!response.ok) return { id, ok: false, error: errorRecord(response.error), ...told };
  const { result, session } = response;
  const seen = result && { ...result, verified: result.verified ?? true };
  return { id, ok: true, ...seen, ...told, ...(session !== undefined && { session }) };
}

const time = numberBetween(0, 8.64e15);
const id: Reader<string> = (json) => (isFleetId(json) ? json : undefined);

const readAudio = fieldsOf<NonNullable<CommandResult['audio']>>({}, { muted: truth, level: numberBetween(0, 100) });

const readResult = fieldsOf<CommandResult>(
  {},
  { callId: (json) => (isCallId(json) ? json : undefined), verified: truth, audio: readAudio, features: readFeatures },
);

const readSuccess = fieldsOf<Omit<FleetSuccess, 'result'>>(
  { id, ok: (json) => (json === true ? json : undefined) },
  { time, session: readSession },
);

const readFailure = fieldsOf<FleetFailure>(
  {
    id,
    ok: (json) => (json === false ? json : undefined),
    error: (json) => (typeof json === 'object' && json !== null ? recordedError(json) : undefined),
  },
  { time },
);

export const readFleetResponse: Reader<FleetResponse> = (json) => {
  const failure = readFailure(json);
  if (failure) return failure;
  const success = readSuccess(json);
  const told = success && readResult(json);
  if (!told) return undefined;
  const { verified, ...result } = told;
  // Other people's agents may leave it out.
  if (verified === undefined) return Object.keys(result).length > 0 ? { ...success, result } : success;
  return { ...success, result: verified ? result : { ...result, verified } };
};
