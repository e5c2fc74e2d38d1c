import { isEmpty, type Change, type Examination, type HookTrial, type AppliedChange } from '../../doctor/findings';
import { changeLines, examinationLines, appliedLines, trialLines } from '../../doctor/report';
import type { AdminError } from '../../node-red/admin/admin-endpoint';
import { PhoneQuestion } from './admin-request';
import { DirectoryField } from './directory-field';
import { say, sentenceOf } from '../say';

/** The answer of the admin endpoint `microsip-phone/doctor`: what `microsip-doctor --json` prints. */
interface DoctorAnswer extends Partial<AppliedChange> {
  ok: boolean;
  error?: AdminError & { sentence?: string };
  found?: Examination;
  dryRun?: boolean;
  running?: boolean;
  change?: Change;
  test?: HookTrial;
}

interface Order {
  action: string;
  program: string;
  /** Of the directory. */
  address?: string;
  apply?: boolean;
  restart?: boolean;
}

/** The doctor's buttons: what they would change is shown first, and done only when the user says so. */
export function offerDoctor(node: EditorNode): void {
  const directory = new DirectoryField(node);
  const dialog = new DoctorDialog(node, directory);
  $('#microsip-doctor button').on('click', ({ currentTarget }) => {
    const action = (currentTarget as HTMLButtonElement).value;
    dialog.send({ action, program: programField(), ...(action === 'directory' && { address: directory.address }) });
  });
  // What was found says nothing about another MicroSIP.
  $('#node-config-input-connection, #node-config-input-program').on('change', () => {
    dialog.forget();
    directory.look(programField());
  });
  $('#microsip-test').on('click', () => {
    directory.look(programField());
  });
  directory.look(programField());
}

class DoctorDialog {
  private readonly result = $('#microsip-doctor-result');
  private readonly question: PhoneQuestion<DoctorAnswer>;

  constructor(
    private readonly node: EditorNode,
    private readonly directory: DirectoryField,
  ) {
    this.question = new PhoneQuestion(node, 'doctor', this.result, 'doctor.dialog');
  }

  send(order: Order): void {
    this.question.ask(order, (answer) => {
      this.show(order, answer);
    });
  }

  forget(): void {
    this.question.forget();
  }

  private readonly text = (key: string, params?: Record<string, string | number>): string =>
    this.node._(`doctor.${key}`, params);

  private show(order: Order, { ok, error, found, dryRun, running, change, test, ...more }: DoctorAnswer): void {
    const { result, text } = this;
    if (error) {
      const { sentence, params } = error;
      const said = sentence === undefined ? sentenceOf(this.node, error) : text(`error.${sentence}`, params);
      say(result, 'fa-warning', said ?? '');
    } else if (found) {
      this.directory.show(found.directory?.address);
      const lines = examinationLines(found, text);
      this.tell(lines.pop() ?? '', lines, ok);
    } else if (change && dryRun && !isEmpty(change)) {
      this.ask(order, change, running === true);
    } else if (change) {
      this.directory.showChange(change);
      const lines = appliedLines({ ...more, change, restarted: more.restarted === true }, text);
      this.tell(lines.pop() ?? text('change.nothing'), [...lines, ...(test ? trialLines(test, text) : [])], ok);
    }
  }

  private ask(order: Order, change: Change, running: boolean): void {
    const { result, text } = this;
    say(result, 'fa-question-circle', text(running ? 'dialog.question_running' : 'dialog.question'));
    preformatted(changeLines(change, text)).appendTo(result);
    const button = (key: string, act: () => void): JQuery =>
      $('<button type="button" class="red-ui-button">').text(text(key)).on('click', act).appendTo(result);
    const apply = button(running ? 'dialog.apply_restart' : 'dialog.apply', () => {
      this.send({ ...order, apply: true, restart: running });
    });
    button('dialog.cancel', () => {
      this.forget();
      say(result, 'fa-info-circle', text('dialog.cancelled'));
    }).css('margin-left', '5px');
    apply.trigger('focus');
  }

  private tell(verdict: string, details: string[], ok: boolean): void {
    say(this.result, ok ? 'fa-check' : 'fa-warning', verdict);
    if (details.length > 0) preformatted(details).appendTo(this.result);
  }
}

function programField(): string {
  return String($('#node-config-input-program').val() ?? '');
}

function preformatted(lines: string[]): JQuery {
  const style = { whiteSpace: 'pre-wrap', wordBreak: 'normal', overflowWrap: 'anywhere', margin: '8px 0' };
  return $('<pre>').css(style).text(lines.join('\n'));
}
