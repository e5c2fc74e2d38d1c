import { listOf } from './pattern-list';

/** The answer of the admin endpoint `microsip-phone/test`. */
interface PhoneTestAnswer {
  connection: string;
  presence: 'absent' | 'starting' | 'ready' | 'hung';
  message?: string;
  title?: string;
  program?: string;
  version?: string;
  registrationText?: string;
}

const FACTS = ['title', 'program', 'version', 'registrationText'] as const;

/** The Test button: looks for MicroSIP with what the dialog says now, and tells in words what was found. */
export function offerPhoneTest(node: EditorNode): void {
  const result = $('#microsip-test-result');
  $('#microsip-test').on('click', () => {
    result.empty().text(node._('test.running'));
    $.ajax({
      url: 'microsip-phone/test',
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(values()),
    })
      .done((answer: PhoneTestAnswer) => {
        show(node, result, answer);
      })
      .fail((request) => {
        const answer = request.responseJSON as { message?: string } | undefined;
        result.empty().text(answer?.message ?? node._('test.failed', { status: request.status }));
      });
  });
}

function values(): Record<string, unknown> {
  const field = (name: string): unknown => $(`#node-config-input-${name}`).val();
  return {
    connection: field('connection'),
    program: field('program'),
    pollInterval: field('pollInterval'),
    timeout: field('timeout'),
    allow: listOf(field('allow-lines')),
    deny: listOf(field('deny-lines')),
  };
}

function show(node: EditorNode, result: JQuery, answer: PhoneTestAnswer): void {
  result.empty();
  const sentence =
    answer.message ?? node._(`test.${answer.connection === 'simulator' ? 'simulated' : answer.presence}`);
  $('<div>').text(sentence).appendTo(result);
  const list = $('<ul>').appendTo(result);
  for (const fact of FACTS) {
    // Always as text: a window's title is nobody's HTML.
    if (answer[fact])
      $('<li>')
        .text(`${node._(`test.${fact}`)}: ${answer[fact]}`)
        .appendTo(list);
  }
}
