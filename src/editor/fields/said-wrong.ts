import { isOffered } from './conditional-rows';
import { openFoldOf } from './folds';

const WRONG = 'input-error';

/**
 * Says below each field that Node-RED marks what is wrong with it. Node-RED itself says it only to a mouse that rests on
 * the field, and of a typed input not at all: that hides the field.
 */
export function sayWhatIsWrong(node: EditorNode): void {
  const prefix = node._def.category === 'config' ? 'node-config-input' : 'node-input';
  for (const name of Object.keys(node._def.defaults)) {
    const field = $(`#${prefix}-${name}`);
    const element = field.get(0);
    if (!element || field.attr('type') === 'checkbox') continue;
    const id = `${prefix}-${name}-wrong`;
    const words = $('<div class="microsip-wrong" role="alert">').attr('id', id);
    endOfField(field).after(words);
    const update = (): void => {
      const isWrong = field.hasClass(WRONG);
      const sentence = isWrong ? sentenceFor(node, name, field) : '';
      if (words.text() !== sentence) words.text(sentence);
      // A typed input shows another field than the one that has the value.
      const shown = field.next('.red-ui-typedInput-container').find('.red-ui-typedInput-input').add(field);
      shown.attr('aria-invalid', String(isWrong));
      if (isWrong) shown.attr('aria-describedby', id);
      else shown.removeAttr('aria-describedby');
      if (isWrong && isOffered(element)) openFoldOf(element);
    };
    new MutationObserver(update).observe(element, { attributeFilter: ['class'] });
    field.on('change keyup', update);
    update();
  }
}

/** Behind what belongs to the field: its typed input, buttons and unit. */
function endOfField(field: JQuery): JQuery {
  return field.closest('.form-row > *').nextAll('.red-ui-typedInput-container').addBack().last();
}

function sentenceFor(node: EditorNode, name: string, field: JQuery): string {
  const { validate, type, required } = node._def.defaults[name] ?? {};
  const value = field.val();
  const isMissing = type !== undefined && (!value || value === '_ADD_');
  if (isMissing && required === true) return node._('problem.choose');
  const verdict = validate?.call(node, value, {}) ?? true;
  return typeof verdict === 'string' ? verdict : node._('problem.value');
}
