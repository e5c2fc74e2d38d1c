import type { WorldTraits } from './world';

/** What the documented interface leaves out, by window messages as by DDE (docs/microsip/older-interface.md). */
const DOCUMENTED: WorldTraits = {
  exact: false,
  lacks: {
    account: 'its status does not tell whether the account is registered',
    names: 'neither its status nor its notifications have names',
    dialing: 'its status is 1 from the dial on',
    direction: 'its status is 1 for every call that rings, wherever it does',
    two_calls: 'its status is that of one call',
    end_one: 'its status is that of one call',
    messages: 'it has no command for instant messages',
    audio: 'it has no question for what is muted and how loud it is',
    audio_by_hand: 'it has no question for what is muted and how loud it is',
    boxes: 'it has no question for its message boxes',
    switches: 'it has no command for do not disturb and its like',
    voicemail: 'its status does not tell of voicemail',
    recordings: 'it is not known whether it records, and where',
    program: 'it has no command to start the program or to show its window',
    readiness: 'its answer to a dial is the same whether the line is busy or the SIP stack is down',
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
      switches: "MicroSIP's command line has no word for do not disturb and its like",
      end_one: "MicroSIP's command line can only end all calls that do not ring",
      one_of_two: "MicroSIP's command line cannot reject with 486, nor answer or reject one of several calls",
    },
  },
  simulator: { exact: true },
  mqtt: {
    exact: true,
    lacks: { at_once: 'answers, events and states are messages of their own, one after the other' },
  },
} as const satisfies Record<string, WorldTraits>;
