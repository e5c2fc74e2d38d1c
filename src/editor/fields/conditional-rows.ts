const MARKS = ['for', 'protocol'];

/** Shows the rows that carry `data-<mark>="<value> …"` only while the select has one of these values. */
export function showRowsFor(select: JQuery, mark = 'for'): void {
  const update = (): void => {
    const chosen = String(select.val());
    const dialog = select.closest('form, .red-ui-tray-body, .red-ui-editor');
    dialog.find(`[data-${mark}]`).each((_, row) => {
      $(row).toggle((row.dataset[mark] ?? '').split(' ').includes(chosen));
    });
  };
  select.on('change', update);
  update();
}

/** Whether the field belongs to what is chosen; it may be in a fold that is closed. */
export function isOffered(field: Element): boolean {
  const rows = MARKS.map((mark) => `[data-${mark}]`).join();
  return $(field)
    .parents(rows)
    .toArray()
    .every((row) => row.style.display !== 'none');
}

/** What the dialog no longer offers must not make the node invalid: such a field gets a value that is right. */
export function mendUnoffered(field: JQuery, value: string | number): void {
  const element = field.get(0);
  if (element && field.hasClass('input-error') && !isOffered(element)) field.val(value);
}
