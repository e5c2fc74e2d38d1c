import type { Node, NodeAPI } from 'node-red';
import type { DirectoryAnswer, DirectoryNote } from '../../contacts/contact-directory';
import { errorStatus } from '../inputs/status-line';
import { guarded } from '../inputs/guarded';

/** Shows under a contacts node how many contacts it has, and warns in the log of each new trouble with them once. */
export class DirectoryStatus {
  private shown = '';
  private warned = '';

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
  ) {}

  /** @param count of the newest list; undefined: nobody has asked yet */
  showCount(count: number | undefined): void {
    if (count === undefined) this.show('grey', 'ring', 'status.waiting');
    else this.show('grey', 'dot', `☎ ${String(count)}`);
  }

  showAnswer({ count, notes }: DirectoryAnswer): void {
    this.warn(notes);
    const [first] = notes;
    if (first?.note === 'no_list') this.show('red', 'ring', 'status.no_list');
    else if (first)
      this.show('yellow', 'ring', first.note === 'many' || first.note === 'cut' ? 'status.many' : 'status.unusable');
    else this.showCount(count ?? 0);
  }

  showError(code: Parameters<typeof errorStatus>[0]): void {
    const status = errorStatus(code);
    this.shown = '';
    guarded(this.node, () => {
      this.node.status(status);
    });
  }

  private show(fill: 'grey' | 'yellow' | 'red', shape: 'dot' | 'ring', text: string): void {
    if (`${fill}${text}` === this.shown) return;
    this.shown = `${fill}${text}`;
    guarded(this.node, () => {
      this.node.status({ fill, shape, text });
    });
  }

  private warn(notes: readonly DirectoryNote[]): void {
    const told = JSON.stringify(notes);
    if (told === this.warned) return;
    this.warned = told;
    for (const { note, ...params } of notes)
      guarded(this.node, () => {
        this.node.warn(this.RED._(`warning.${note}`, params));
      });
  }
}
