import { isDeepStrictEqual } from 'node:util';
import type { ToldSnapshot } from '../../messages/snapshot-json';
import { standingJson, type Standing } from '../../messages/standing-json';
import { isToldByOffline, type StandingEvent, type StandingSubject } from '../../phone/phone-event';

type Seen = Pick<Standing, 'features' | 'audio' | 'voicemail'>;
type Trouble = Pick<Standing, 'problem' | 'problemText'>;

/** What listeners know of one phone besides its calls and its registration. */
export class ToldStanding {
  /** Only a MicroSIP that is there has these. */
  private seen: Seen = {};
  private trouble: Trouble = {};

  get present(): Standing {
    return standingJson({ ...this.seen, ...this.trouble });
  }

  /** @returns whether it is not what listeners know */
  take(event: StandingEvent): boolean {
    const before = this.present;
    const told = standingJson(event);
    if (event.event === 'problem') this.trouble = troubleOf(told);
    else this.seen = { ...this.seen, ...seenOf(told) };
    return !isDeepStrictEqual(before, this.present);
  }

  /**
   * How it really is, after something may have been missed.
   * @param isNew MicroSIP was not there before: how it is found is no change
   * @returns what listeners do not know
   */
  resync(snapshot: ToldSnapshot, isNew: boolean): StandingSubject[] {
    const { seen, trouble } = this;
    const isThere = snapshot.state !== 'offline';
    const now = standingJson(snapshot);
    this.seen = isThere ? seenOf(now) : {};
    const isToldOtherwise = !isThere && now.problem && isToldByOffline(now.problem) && now.problem !== trouble.problem;
    this.trouble = isToldOtherwise ? {} : troubleOf(now);
    const isTroubleNews = !isDeepStrictEqual(trouble, this.trouble);
    return [
      ...(isNew ? [] : changes(seen, seenOf(now))),
      ...(isTroubleNews ? [{ event: 'problem', ...this.trouble } as const] : []),
    ];
  }

  /** MicroSIP is gone, or nobody sees it any more. */
  forget(): void {
    this.seen = {};
  }
}

function seenOf({ features, audio, voicemail }: Standing): Seen {
  return { ...(features && { features }), ...(audio && { audio }), ...(voicemail && { voicemail }) };
}

function troubleOf({ problem, problemText }: Standing): Trouble {
  return { ...(problem && { problem }), ...(problem && problemText !== undefined && { problemText }) };
}

/** What is seen for the first time is none. */
function changes(before: Seen, { features, audio, voicemail }: Seen): StandingSubject[] {
  const isChange = (name: keyof Seen, value: unknown): boolean =>
    before[name] !== undefined && !isDeepStrictEqual(before[name], value);
  return [
    ...(features && isChange('features', features) ? [{ event: 'features', features: { ...features } } as const] : []),
    ...(audio && isChange('audio', audio) ? [{ event: 'audio', audio: structuredClone(audio) } as const] : []),
    ...(voicemail && isChange('voicemail', voicemail)
      ? [{ event: 'voicemail', voicemail: { ...voicemail } } as const]
      : []),
  ];
}
