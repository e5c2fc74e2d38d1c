/** Shows the rows that carry `data-for="<value> …"` only while the select has one of these values. */
export function showRowsFor(select: JQuery): void {
  const update = (): void => {
    const chosen = String(select.val());
    const dialog = select.closest('form, .red-ui-tray-body, .red-ui-editor');
    dialog.find('[data-for]').each((_, row) => {
      $(row).toggle((row.dataset['for'] ?? '').split(' ').includes(chosen));
    });
  };
  select.on('change', update);
  update();
}
