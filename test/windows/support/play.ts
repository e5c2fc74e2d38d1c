import { setTimeout as sleep } from 'node:timers/promises';
import type { StandIn } from './stand-in';

/** A verb of the stand-in's control protocol with its fields, or `command` with a command line for MicroSIP. */
export type Step = readonly [verb: string, ...fields: (string | number)[]];

export const OUT: Step[] = [['user-dial', '1002'], ['remote-ring']];
export const OUT_UP: Step[] = [...OUT, ['remote-answer']];
export const IN: Step[] = [['incoming', '1005', 'Bob']];
export const IN_UP: Step[] = [...IN, ['user-answer']];

/** Does all of it, one after the other, and waits until the far end has had its last word. */
export async function play(standIn: StandIn, steps: readonly Step[]): Promise<void> {
  for (const [verb, ...fields] of steps) {
    if (verb === 'command') await standIn.command(String(fields[0]));
    else await standIn.act(verb, ...(await Promise.all(fields.map((field) => slotOf(standIn, field)))));
  }
  // The far end answers a BYE or a CANCEL a moment later.
  await standIn.sync();
  await sleep(10);
  await standIn.sync();
}

/** `call 2` is the slot of the second of the open calls, by age. */
async function slotOf(standIn: StandIn, field: string | number): Promise<string | number> {
  const place = /^call (\d)$/.exec(String(field))?.[1];
  if (place === undefined) return field;
  const calls = (await standIn.requestRaw('calls')).map((call) => call.split('|'));
  const [slot = ''] = calls.sort((a, b) => Number(a[6]) - Number(b[6]))[Number(place) - 1] ?? [];
  return slot;
}
