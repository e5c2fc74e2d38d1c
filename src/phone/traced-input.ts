import type { Told } from './phone-event';
import type { Observation, OwnAct } from './ports/observation';
import type { Trace } from './ports/trace';
import type { CallTracker } from './tracker/call-tracker';

/**
 * Has a call tracker take an input, and tells a trace of it and of what was concluded from it. That nothing happened is
 * only told when something follows from it.
 */
export function observeTraced(trace: Trace, tracker: CallTracker, input: Observation | OwnAct, at: number): Told[] {
  // Of an end it is only known before, and of a beginning only afterwards, which call it is.
  const known = callIdOf(tracker, input);
  const told = tracker.observe(input, at);
  const { conclusions } = tracker;
  if ('source' in input) trace.note({ kind: 'seen', observation: input, callId: known ?? callIdOf(tracker, input) });
  else if (input.type !== 'time_passed' || conclusions.length > 0) trace.note({ kind: 'act', act: input });
  for (const conclusion of conclusions) trace.note({ kind: 'concluded', conclusion });
  return told;
}

function callIdOf(tracker: CallTracker, input: Observation | OwnAct): string | undefined {
  return 'source' in input && 'key' in input ? tracker.callIdOf(input.source, input.key) : undefined;
}
