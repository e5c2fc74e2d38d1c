import type { WorldTraits } from './world';

/** What the documented interface leaves out, by window messages as by DDE (docs/microsip/older-interface.md). */
const DOCUMENTED: WorldTraits = {
  exact: false,
  lacks: {
    account: 'its status does not show whether the account is registered',
    names: 'neither its status nor its notifications contain names',
    dialing: 'its status is 1 from the moment of dialing',
    direction: 'its status is 1 for every ringing call, at either end',
    two_calls: 'its status covers only one call',
    end_one: 'its status covers only one call',
    messages: 'it has no command for instant messages',
    audio: 'its volume and mute state cannot be read',
    audio_by_hand: 'its volume and mute state cannot be read',
    boxes: 'its message boxes cannot be seen',
    switches: 'it has no command for switches such as do not disturb',
    voicemail: 'its status does not show voicemail',
    recordings: 'it is not known whether it records, or where',
    program: 'it has no command to start the program or to show its window',
    readiness: 'its answer to a dial command is the same for a busy line and for a SIP stack that is down',
  },
};

/** All that may differ between the ways to reach a MicroSIP; docs/interfaces.md has it in words for users. */
export const DIFFERENCES = {
  window: { exact: false },
  window_with_log: { exact: true },
  documented: DOCUMENTED,
  dde: { ...DOCUMENTED, lacks: { ...DOCUMENTED.lacks, numbers: 'its item Status has no number' } },
  program: {
    exact: false,
    lacks: {
      switches: "MicroSIP's command line has no word for switches such as do not disturb",
      end_one: "MicroSIP's command line can only end all calls that are not ringing",
      one_of_two: "MicroSIP's command line cannot reject with 486, nor answer or reject one of several calls",
    },
  },
  simulator: { exact: true },
  mqtt: {
    exact: true,
    lacks: { at_once: 'answers, events and states are separate messages, one after the other' },
  },
} as const satisfies Record<string, WorldTraits>;
