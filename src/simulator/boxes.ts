/** Of all that MicroSIP has to say but its updates (docs/microsip/further.md#I). */
export const BOX_TITLE = 'MicroSIP';

/** The message boxes that wait for a click, one upon the other. */
export class Boxes {
  private readonly open: { title: string; closed: (() => void)[] }[] = [];

  /** @param changed is called whenever another one is on top, or none */
  constructor(private readonly changed: () => void) {}

  /** The title of the one on top; undefined without any. */
  get top(): string | undefined {
    return this.open.at(-1)?.title;
  }

  get count(): number {
    return this.open.length;
  }

  show(title: string): void {
    this.open.push({ title, closed: [] });
    this.changed();
  }

  /** @returns when somebody has clicked the one on top away, or the process is gone */
  closing(): Promise<void> {
    return new Promise((resolve) => {
      const box = this.open.at(-1);
      if (box) box.closed.push(resolve);
      else resolve();
    });
  }

  close(): void {
    const box = this.open.pop();
    if (!box) return;
    for (const closed of box.closed) closed();
    this.changed();
  }

  /** The process is gone. */
  forget(): void {
    if (this.open.length === 0) return;
    for (const closed of this.open.splice(0).flatMap((box) => box.closed)) closed();
    this.changed();
  }
}
