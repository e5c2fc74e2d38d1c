import { PhoneChoices } from '../phone/choices';

/** The type `str` of a typed input, which offers the calls and contacts of the phone by name. */
export function numberType(node: EditorNode): TypedInputType {
  const choices = new PhoneChoices();
  return {
    value: 'str',
    label: RED._('typedInput.type.str'),
    icon: 'red/images/typedInput/az.svg',
    autoComplete: (typed, done) => {
      choices.contacts(typed, (contacts) => {
        const calls = choices.calls
          .filter(({ number, name = '' }) => `${number} ${name}`.toLowerCase().includes(typed.trim().toLowerCase()))
          .map(({ number, name, state }) => ({
            number,
            name: [name, node._(`status.${state}`)].filter(Boolean).join(', '),
          }));
        const offers = [...calls, ...contacts].filter(({ number }) => number !== typed.trim());
        // The tab key takes the first one: it must not make another number of one that was typed in full.
        const asTyped = { number: typed, name: '' };
        done(offers.length === 0 ? [] : [...(isNumber(typed) ? [asTyped] : []), ...offers].map(offer));
      });
      return undefined;
    },
  };
}

function isNumber(typed: string): boolean {
  return /^[\d\s+().\-/*#,]+$/.test(typed);
}

function offer({ number, name }: { number: string; name: string }): { value: string; label: JQuery } {
  const label = $('<div>').css({ display: 'flex', justifyContent: 'space-between', gap: '10px' });
  return {
    value: number,
    label: label.append($('<span>').text(number), $('<span>').css({ fontSize: '0.8em' }).text(name)),
  };
}
