import { PhoneQuestion } from './admin-request';
import { say } from '../say';

/** The answer of the admin endpoint `microsip-phone/find`. */
interface FindAnswer {
  running: { pid: number; title: string; program?: string; version?: string }[];
  installed?: string;
}

/** The Find button: the MicroSIPs of this PC, each of which can be chosen as the program. */
export function offerFind(node: EditorNode): void {
  const result = $('#microsip-find-result');
  const question = new PhoneQuestion<FindAnswer>(node, 'find', result);
  $('#microsip-find').on('click', () => {
    question.ask({}, ({ running, installed }) => {
      for (const { title, program, version = '?' } of running) {
        const sentence = node._('find.running', { title, program: program ?? '?', version });
        if (program === undefined) say(result, 'fa-info-circle', sentence);
        else offer(result, sentence, program);
      }
      if (installed !== undefined) offer(result, node._('find.installed', { program: installed }), installed);
      if (running.length === 0 && installed === undefined) say(result, 'fa-warning', node._('find.none'));
    });
  });
}

function offer(result: JQuery, text: string, program: string): void {
  $('<button type="button">')
    .addClass('red-ui-button')
    .css({ display: 'block', width: '100%', height: 'auto', textAlign: 'left', overflowWrap: 'anywhere' })
    .css({ whiteSpace: 'normal', marginBottom: '4px' })
    // Always as text: a window's title is nobody's HTML.
    .text(text)
    .on('click', () => {
      $('#node-config-input-program').val(program).trigger('change');
      result.empty();
    })
    .appendTo(result);
}
