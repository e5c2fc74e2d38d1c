import { randomBytes } from 'node:crypto';
import { flowsRun, onFlowsStarted } from '../phones/flows-run';
import { onRunningChange, runningPhones } from '../phones/running-phones';
import { livePhone, shownPhone } from './shown-phone';
import type { LivePhone, LiveState, PhonesAnswer, ShownPhone } from './sidebar-json';

/** ms in which changes are collected: one call makes several at once */
const COLLECTED = 100;
/** ms that a deploy may take: meanwhile phones are gone that will be back */
const DEPLOY = 3000;

/**
 * Tells the editors that are open how the phones stand, whenever that has changed. While none is open it does nothing but
 * note that.
 */
export class LivePhones {
  private readonly session = randomBytes(4).toString('hex');
  private readonly seen = new Map<string, { content: string; revision: number }>();
  private readonly stops: (() => void)[] = [];
  private revision = 0;
  private published = '';
  private editors = 0;
  private isWatched = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly publish: (state: LiveState) => void) {}

  start(): void {
    if (this.stops.length > 0) return;
    this.stops.push(
      onRunningChange(() => {
        if (this.isWatched && !this.timer) this.later(flowsRun() ? COLLECTED : DEPLOY);
      }),
      onFlowsStarted(() => {
        if (this.isWatched) this.later(COLLECTED);
      }),
    );
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  editorCame(): void {
    this.editors += 1;
    this.watch();
  }

  editorLeft(): void {
    this.editors = Math.max(0, this.editors - 1);
    this.isWatched = this.editors > 0;
  }

  /** @param ids of the phones that are asked for; absent: all */
  answer(ids?: readonly string[]): PhonesAnswer {
    // Somebody asks whose editor was open before there was anybody to note that.
    this.watch();
    const phones = this.look().filter(({ shown: { id } }) => ids?.includes(id) ?? true);
    return { session: this.session, phones: phones.map(({ shown, revision }) => ({ ...shown, revision })) };
  }

  private watch(): void {
    if (this.isWatched) return;
    this.isWatched = true;
    // Nobody kept account of what happened meanwhile.
    this.tell();
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isWatched) this.tell();
    }, ms).unref();
  }

  private tell(): void {
    const phones: LivePhone[] = this.look().map(({ shown, revision }) => livePhone(shown, revision));
    const text = JSON.stringify(phones);
    if (text === this.published) return;
    this.published = text;
    this.publish({ session: this.session, phones });
  }

  private look(): { shown: ShownPhone; revision: number }[] {
    const phones = runningPhones();
    for (const id of this.seen.keys()) if (!phones.has(id)) this.seen.delete(id);
    return [...phones].map(([id, phone]) => {
      const shown = shownPhone(id, phone);
      return { shown, revision: this.revisionOf(shown) };
    });
  }

  /** That time goes on is no news. */
  private revisionOf(shown: ShownPhone): number {
    const content = JSON.stringify({ ...shown, time: 0 });
    const before = this.seen.get(shown.id);
    if (before?.content === content) return before.revision;
    this.revision += 1;
    this.seen.set(shown.id, { content, revision: this.revision });
    return this.revision;
  }
}
