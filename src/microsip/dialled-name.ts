/** All that is in a telephone number as people write it. */
const TELEPHONE_NUMBER = /^[\d+*#.()/\s-]*\d[\d+*#.()/\s-]*$/;
/** A single word with a host. */
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const SCHEME = /^<?\s*(?:sips?|tel|callto|dialpad|dial):/i;
const SEPARATORS = /[\s.()/-]/g;

/**
 * For want of a contact and a display name MicroSIP shows the text that was dialled as the name of an outgoing call
 * (docs/microsip/corrections.md#10). A contact that somebody has named by a telephone number is no loss.
 */
export function isDialledText(name: string, number: string): boolean {
  const text = name.trim();
  if (TELEPHONE_NUMBER.test(text) || SCHEME.test(text) || ADDRESS.test(text)) return true;
  return bare(text) === bare(number);
}

function bare(text: string): string {
  return text.replace(SEPARATORS, '');
}
