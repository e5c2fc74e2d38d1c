import { ACTION_FIELDS, playFarEnd } from '../../simulator/far-end-actions';
import type { PhoneService } from './phone-service';

/**
 * Plays the far end of a simulated phone, also of one that an agent simulates.
 * @param payload `{action, …}`, or the action alone as a text
 * @returns the id of the call that came in, if one did
 * @throws PhoneError `unsupported` for a phone that is not simulated, and as the phone itself does
 */
export async function playPhone(service: PhoneService, payload: unknown): Promise<string | undefined> {
  // Settings that cannot work are told of before a phone that is no simulated one.
  service.requirePhone();
  const { elsewhere } = service;
  if (!elsewhere) return playFarEnd(service, payload);
  const given = (typeof payload === 'object' && payload !== null ? payload : { action: payload }) as Record<
    string,
    unknown
  >;
  const fields = ACTION_FIELDS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const]));
  const answer = await elsewhere.fleet.send(elsewhere.id, { type: 'simulate', ...Object.fromEntries(fields) });
  return answer.callId;
}
