/**
 * Whose number it is by the contacts, which are somewhere else. Asked while calls are told of, so it has to be quick. What it
 * throws, and what is no text, counts as no name.
 * @param number in its international form where it has one, else as the network sent it
 * @returns undefined for a number that is in no contact
 */
export type NamesOfNumbers = (number: string) => string | undefined;
