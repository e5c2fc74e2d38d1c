import { user32, type Handle } from '../api/user32';
import { styleOf } from './window-reader';

const GA_PARENT = 1;

/**
 * The controls of one dialog, each looked up once: by its id alone, Windows has to ask control after control, and a look
 * needs a dozen of them.
 */
export class DialogControls {
  private dialog: Handle = 0;
  private readonly found = new Map<number, Handle>();

  /** From now on those of this dialog; what was found before holds as long as it is the same one. */
  of(dialog: Handle): this {
    const [one] = this.found.values();
    // The handle of a dialog that is gone may be given to another one, whose controls are others.
    if (dialog !== this.dialog || (one !== undefined && user32().GetAncestor(one, GA_PARENT) !== dialog)) {
      this.found.clear();
    }
    this.dialog = dialog;
    return this;
  }

  /** 0: there is none with this id, or not yet. */
  control(id: number): Handle {
    const known = this.found.get(id);
    if (known !== undefined) return known;
    const control = this.dialog === 0 ? 0 : user32().GetDlgItem(this.dialog, id);
    if (control !== 0) this.found.set(id, control);
    return control;
  }

  /** Does not wait for the dialog. A control that was made anew is found again; 0: there is none with this id. */
  style(id: number): number {
    const style = styleOf(this.control(id));
    // Every control has some: this one is gone.
    if (style === 0 && this.found.delete(id)) return styleOf(this.control(id));
    return style;
  }

  /** Looks all of them up anew: some of what was found is gone. */
  forget(): void {
    this.found.clear();
  }
}
