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
