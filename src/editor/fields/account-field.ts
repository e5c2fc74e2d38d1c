import { PhoneChoices } from '../phone/choices';

/** Offers the accounts of the phone by their names, and says whose the number in the field is. */
export function offerAccounts(): void {
  const field = $('#node-input-account').attr({ list: 'microsip-accounts', autocomplete: 'off' });
  const list = $('<datalist id="microsip-accounts">').insertAfter(field);
  const called = $('<span aria-live="polite">').insertAfter(list);
  const choices = new PhoneChoices();
  const tell = (): void => {
    called.text(choices.accounts.find(({ account }) => String(account) === field.val())?.name ?? '');
  };
  choices.onKnown(() => {
    list.empty();
    for (const { account, name } of choices.accounts)
      // As an attribute, never as HTML: somebody chose these names.
      $('<option>')
        .attr({ value: String(account), label: `${String(account)}: ${name}` })
        .appendTo(list);
    tell();
  });
  field.on('input change', tell);
}
