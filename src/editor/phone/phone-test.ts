import type { PhoneTestAnswer } from '../../node-red/admin/phone-test';
import { mayWrite } from '../permissions';
import { PhoneQuestion } from './admin-request';
import { readPatterns } from '../fields/pattern-list';
import { say, sentenceOf } from '../say';

const FACTS = ['phoneName', 'host', 'user', 'agent', 'title', 'program', 'version', 'registrationText'] as const;
const FIELDS = [
  ...['name', 'connection', 'protocol', 'commandIds', 'program'],
  ...['pollInterval', 'timeout', 'logFile', 'callLog', 'region', 'broker', 'phoneId', 'base'],
];

/** ms until the next look */
const STAYS = 5_000;
/** ms that several fields may take to change together */
const SETTLED = 150;

/**
 * Looks for MicroSIP with what the dialog says now, and tells in words what was found: when the dialog opens, whenever a
 * field changes, from time to time, and when the button is pressed.
 */
export function offerPhoneTest(node: EditorNode): void {
  const result = $('#microsip-test-result');
  const question = new PhoneQuestion<PhoneTestAnswer>(node, 'test', result);
  const tell = (answer: PhoneTestAnswer): void => {
    show(node, result, answer);
  };
  let next: number | undefined;
  const lookIn = (ms: number, look: () => void): void => {
    window.clearTimeout(next);
    next = window.setTimeout(look, ms);
  };
  const lookAgain = (): void => {
    // The dialog is closed.
    if (!result.get(0)?.isConnected) return;
    const planned = next;
    const looked = document.hidden || !isWhole() ? Promise.resolve() : question.askAgain(values(), tell);
    void looked.then(() => {
      if (next === planned) lookIn(STAYS, lookAgain);
    });
  };
  const look = (): void => {
    question.ask(values(), tell);
    lookIn(STAYS, lookAgain);
  };
  $('#microsip-test').on('click', look);
  if (!mayWrite()) {
    say(result, 'fa-lock', node._('test.not_allowed'));
    return;
  }
  // What was found says nothing about other settings.
  $(FIELDS.map((name) => `#node-config-input-${name}`).join()).on('change', (event) => {
    if (event.namespace === 'validate') return;
    question.forget();
    lookIn(SETTLED, lookAgain);
  });
  lookIn(SETTLED, lookAgain);
}

/** A new phone elsewhere is first nobody's, and its fields say so. */
function isWhole(): boolean {
  const value = (name: string): unknown => $(`#node-config-input-${name}`).val();
  return value('connection') !== 'mqtt' || Boolean(value('broker') && value('broker') !== '_ADD_' && value('phoneId'));
}

function values(): Record<string, unknown> {
  const plain = FIELDS.map((name): [string, unknown] => [name, $(`#node-config-input-${name}`).val()]);
  return {
    ...Object.fromEntries(plain),
    startProgram: $('#node-config-input-startProgram').prop('checked') as boolean,
    hooks: $('#node-config-input-hooks').prop('checked') as boolean,
    allow: readPatterns('allow'),
    deny: readPatterns('deny'),
  };
}

function show(node: EditorNode, result: JQuery, answer: PhoneTestAnswer): void {
  const { connection, presence, sources = [] } = answer;
  const problem = sentenceOf(node, answer);
  const outcomes: Record<string, string> = {
    simulator: 'simulated',
    observe: `observed.${presence}`,
    mqtt: `elsewhere.${presence}`,
  };
  const outcome = outcomes[connection] ?? presence;
  const sentence = problem ?? node._(`test.${outcome}`);
  say(result, presence === 'ready' && problem === undefined ? 'fa-check' : 'fa-warning', sentence);
  const lines = [
    ...FACTS.filter((fact) => answer[fact]).map((fact) => `${node._(`test.${fact}`)}: ${answer[fact] ?? ''}`),
    ...sources.map(({ source, path, found, looked }) => {
      const outcome = looked === false ? 'elsewhere' : found ? 'found' : 'missing';
      return node._(`test.${source}.${outcome}`, { path });
    }),
  ];
  if (lines.length === 0) return;
  const list = $('<ul>').appendTo(result);
  // Always as text: a window's title is nobody's HTML.
  for (const line of lines) $('<li>').css('overflow-wrap', 'anywhere').text(line).appendTo(list);
}
