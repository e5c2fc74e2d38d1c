import type { Change, Examination } from '../../doctor/findings';
import {
  addressProblem,
  DIRECTORY_KEY,
  directoryWarnings,
  shownAddress,
  writtenAddress,
} from '../../doctor/directory-warnings';
import { LONGEST_VALUE, unquoted } from '../../microsip/ini/ini-value';
import { say } from '../say';
import { askPhone } from './admin-request';
import { suggestedAddress } from './directory-address';

/** Connections to a MicroSIP on this computer, whose ini the doctor reads. */
const LOCAL = /^(?:window|program|observe)$/;
/** In the place of a password. */
const HIDDEN = ':…@';

/** The address of the directory: what it must be for this flow, what MicroSIP has, and what speaks against it. */
export class DirectoryField {
  private readonly input = $('#microsip-directory');
  private readonly state = $('#microsip-directory-state');
  private request: JQuery.jqXHR | undefined;
  /** What MicroSIP has, without the password in it; null: none, undefined: not known. */
  private found: string | null | undefined;

  constructor(private readonly node: EditorNode) {
    this.input.val(suggestedAddress(node.id)).on('input', () => {
      this.tell();
    });
  }

  get address(): string {
    return String(this.input.val() ?? '').trim();
  }

  /** Asks the doctor what is in the ini; whatever keeps it from looking, its own buttons say. */
  look(program: string): void {
    this.forget();
    if (!LOCAL.test(String($('#node-config-input-connection').val()))) return;
    const request = askPhone<{ found?: Examination }>('doctor', { action: 'check', program });
    this.request = request;
    request.done(({ found }) => {
      if (this.request === request && found) this.show(found.directory?.address);
    });
  }

  show(address: string | undefined): void {
    this.request = undefined;
    this.found = address ?? null;
    if (address !== undefined && this.address === '' && !address.includes(HIDDEN)) this.input.val(address);
    this.tell();
  }

  showChange({ lines }: Change): void {
    const line = lines.find(({ key }) => key === DIRECTORY_KEY);
    if (line) this.show(line.after === null ? undefined : unquoted(line.after));
  }

  private forget(): void {
    this.request = undefined;
    this.found = undefined;
    this.tell();
  }

  private tell(): void {
    const { node, state, found, address } = this;
    const text = (key: string, params?: Record<string, string | number>): string => node._(`doctor.${key}`, params);
    const line = (icon: string, sentence: string): void => {
      say($('<div>').appendTo(state), icon, sentence);
    };
    state.empty();
    if (found === null) line('fa-info-circle', text('dialog.directory_none'));
    else if (found !== undefined && found === shownAddress(writtenAddress(address)))
      line('fa-check', text('dialog.directory_same'));
    else if (found !== undefined) line('fa-info-circle', text('dialog.directory_other', { address: found }));
    if (address === '') return;
    const problem = addressProblem(address);
    if (problem) {
      const params = { url: shownAddress(address), length: writtenAddress(address).length, longest: LONGEST_VALUE };
      line('fa-warning', text(`error.${problem}`, params));
      return;
    }
    for (const warning of directoryWarnings(address)) line('fa-warning', text(`directory.warning.${warning}`));
  }
}
