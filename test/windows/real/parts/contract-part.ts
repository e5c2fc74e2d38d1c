import { phoneContract } from '../../../contract/phone-contract';
import { DIFFERENCES } from '../../../contract/differences';
import { stagedWorld } from '../staging/staged-world';
import type { Stager } from '../staging/staged';

/** The suite that every connection has to pass, but for what cannot be brought about with a MicroSIP as it is. */
export function contractPart(start: Stager): void {
  phoneContract('window with SIP log and call history', () => stagedWorld(start), {
    ...DIFFERENCES.window_with_log,
    lacks: {
      account: 'the account of this run has no registrar',
      sip_stack: 'nobody but itself stops the SIP stack of a MicroSIP that runs',
      audio_by_hand: 'nobody is there to move its sliders',
      boxes: 'nothing makes a MicroSIP show a box when it is told to',
      hanging: 'nothing makes a MicroSIP hang for a while',
    },
  });
}
