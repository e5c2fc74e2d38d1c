/**
 * Opens the folds of a dialog in which something is wrong, and those that what is chosen has most to do with
 * (`data-open-for="<value> …"`). What somebody has opened or closed since stays so.
 */
export function openFolds(form: JQuery, select: JQuery): void {
  const openFor = (): void => {
    form.find('details[data-open-for]').each((_, fold) => {
      const values = (fold.dataset['openFor'] ?? '').split(' ');
      if (values.includes(String(select.val()))) fold.setAttribute('open', '');
    });
  };
  select.on('change', (event) => {
    if (event.namespace !== 'validate') openFor();
  });
  openFor();
}

export function openFoldOf(field: Element): void {
  field.closest('details')?.setAttribute('open', '');
}
