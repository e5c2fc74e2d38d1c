/** A choice among words, shown as boxes to tick in `#node-input-<id>-list`. */
interface WordList {
  /** Of the element; one property may have several lists. */
  id: string;
  words: readonly string[];
  /** The text of a word is `<texts>.<word>` in the catalog. */
  texts: string;
}

const group = (id: string): JQuery => $(`#node-input-${id}-list`);

export function showWords(node: EditorNode, { id, words: all, texts }: WordList, chosen: unknown): void {
  const ticked = [chosen].flat();
  for (const word of all) {
    const box = $('<input type="checkbox">');
    box.val(word).prop('checked', ticked.includes(word));
    const key = `@callflow/node-red-microsip/${node.type}:${texts}.${word}`;
    const words = $('<span>')
      .attr('data-i18n', key)
      .text(node._(`${texts}.${word}`));
    $('<label class="microsip-check">').append(box, words).appendTo(group(id));
  }
}

export function readWords(id: string): string[] {
  const boxes = group(id).find('input:checked').toArray() as HTMLInputElement[];
  return boxes.map((box) => box.value);
}
