import { isOfParty, recordingName, type RecordingName } from '../../../microsip/recordings/recording-name';
import { fileNameOf } from '../../../microsip/recordings/recording-path';
import type { RecorderNews } from '../log-happening';
import type { SipCall } from './sip-call';

const CREATING = /^Creating recorder (.+)\.\.$/s;
const CREATED = /^Recorder created, id=(\d{1,4}), slot=\d+$/;
const DESTROYING = /^Destroying recorder (\d{1,4})\.\.$/;
const DAY = 86_400_000;
/** ms between a line that tells of a recording and the time in its name */
const SAME_MOMENT = 10_000;

/** More recorders than calls there are none. */
const MOST_RECORDERS = 64;

/** The path of a recording that PJSIP begins. @param text of a record of `pjsua_aud.c` */
export function beginningRecording(text: string): string | undefined {
  return CREATING.exec(text)?.[1];
}

/** Follows PJSIP's recorders (docs/microsip/further.md, part C). */
export class RecorderLines {
  /** Call-ID of whom each of them records. */
  private readonly recorded = new Map<string, string>();
  /** Of the recorder that is being made. */
  private making: string | undefined;

  /**
   * @param text of a record of `pjsua_aud.c`
   * @param stamp of the record, ms since midnight
   * @param answered the calls that are going on, in the order of their beginnings
   */
  line(text: string, stamp: number, answered: readonly SipCall[]): RecorderNews | undefined {
    const path = beginningRecording(text);
    if (path !== undefined) {
      const sipCallId = recordedCall(path, answered, stamp)?.sipCallId;
      this.making = sipCallId;
      return sipCallId === undefined ? undefined : { what: 'begun', sipCallId, path };
    }
    const created = CREATED.exec(text)?.[1];
    if (created !== undefined) return this.opened(created);
    const destroyed = DESTROYING.exec(text)?.[1];
    const sipCallId = destroyed === undefined ? undefined : this.recorded.get(destroyed);
    if (destroyed === undefined || sipCallId === undefined) return undefined;
    this.recorded.delete(destroyed);
    return { what: 'closed', sipCallId };
  }

  forget(): void {
    this.recorded.clear();
    this.making = undefined;
  }

  private opened(id: string): RecorderNews | undefined {
    const sipCallId = this.making;
    this.making = undefined;
    this.recorded.delete(id);
    if (sipCallId === undefined) return undefined;
    this.recorded.set(id, sipCallId);
    const [oldest] = this.recorded.keys();
    if (this.recorded.size > MOST_RECORDERS && oldest !== undefined) this.recorded.delete(oldest);
    return { what: 'opened', sipCallId };
  }
}

/**
 * The call that is recorded: pjsip does not say which it is, but the file has the name of its other party.
 * @param answered the calls that are going on, in the order of their beginnings
 * @param stamp of the record, ms since midnight
 */
function recordedCall(path: string, answered: readonly SipCall[], stamp: number): SipCall | undefined {
  const name = recordingName(fileNameOf(path));
  if (!name) return undefined;
  const ofParty = answered.filter(({ party, direction }) => isOfParty(name, party, direction));
  if (ofParty.length > 0) return ofParty.reduce((one, other) => (answerOf(other) >= answerOf(one) ? other : one));
  // The network may have told a party of which the messages here do not tell. But an older file is another call's.
  return answered.length === 1 && isBegunAt(name, stamp) ? answered[0] : undefined;
}

function isBegunAt({ stamp }: RecordingName, at: number): boolean {
  const [hours = 0, minutes = 0, seconds = 0] = (stamp.slice(9).match(/\d\d/g) ?? []).map(Number);
  const away = Math.abs(((hours * 60 + minutes) * 60 + seconds) * 1000 - at);
  return Math.min(away, DAY - away) <= SAME_MOMENT;
}

const answerOf = ({ answerTime = 0 }: SipCall): number => answerTime;
