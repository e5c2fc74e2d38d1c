/**
 * Whether the main window is on the screen. Its X hides it, a dial shows it again (docs/microsip/interface.md#1 and
 * #2.6).
 */
export class MainWindow {
  private visible = true;

  get isShown(): boolean {
    return this.visible;
  }

  show(): void {
    this.visible = true;
  }

  hide(): void {
    this.visible = false;
  }
}
