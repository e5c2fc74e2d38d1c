import type { Contact, FlagField, TextField } from '../contact';
import { contactNumber, contactText } from '../contact-text';
import { fieldKind } from './field-names';
import { fieldParts, fieldTexts } from './field-texts';
import { fieldsOfCard } from './vcard';

const MOBILE = /cell|mobil|handy/i;
const NO_TELEPHONE = /fax|pager|modem|textphone/i;
const TRUE = /^(?:1|true|yes|y|on|x)$/i;
const FALSE = /^(?:0|false|no|n|off)$/i;

/** What stands where in vCard's `N` and `ADR` (RFC 6350, sections 6.2.2 and 6.3.1). */
type Part = 'lastname' | 'firstname' | 'address' | 'city' | 'state' | 'zip';
const NAME_PARTS: readonly Part[] = ['lastname', 'firstname'];
const POSTAL_PARTS: readonly (Part | undefined)[] = [undefined, undefined, 'address', 'city', 'state', 'zip'];

/** What an entry has. All fields are there from the start: objects of one shape are much faster to make and to write. */
interface Found extends Record<
  Exclude<TextField, 'number' | 'phone' | 'mobile'> | FlagField | 'company',
  string | undefined
> {
  numbers: string[];
  telephones: string[];
  mobiles: string[];
}

/**
 * A contact out of an entry of somebody's list, whose fields may be called as in real exports.
 * @param entry of JSON: plain data
 * @returns undefined when it has no number
 */
export function readContact(entry: unknown): Contact | undefined {
  const fields = fieldsOfCard(entry);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
  const found = nothing();
  for (const name of Object.keys(fields)) addField(found, name, (fields as Record<string, unknown>)[name]);
  return contactOf(found);
}

function nothing(): Found {
  const unknown = undefined;
  return {
    numbers: [],
    telephones: [],
    mobiles: [],
    name: unknown,
    firstname: unknown,
    lastname: unknown,
    email: unknown,
    address: unknown,
    city: unknown,
    state: unknown,
    zip: unknown,
    comment: unknown,
    id: unknown,
    info: unknown,
    company: unknown,
    presence: unknown,
    starred: unknown,
  };
}

function addField(found: Found, name: string, value: unknown): void {
  const kind = value === null || value === '' ? undefined : fieldKind(name);
  if (kind === undefined) return;
  if (kind === 'number') addNumbers(value, found.numbers, found.mobiles);
  else if (kind === 'phone') addNumbers(value, found.telephones, found.mobiles);
  else if (kind === 'mobile') addNumbers(value, found.mobiles, found.mobiles);
  else if (kind === 'names') addParts(found, NAME_PARTS, value);
  else if (kind === 'postal') addParts(found, POSTAL_PARTS, value);
  else found[kind] ??= firstText(value);
}

function addNumbers(value: unknown, others: string[], mobiles: string[]): void {
  for (const { text, sort } of fieldTexts(value)) {
    if (sort !== '' && NO_TELEPHONE.test(sort)) continue;
    const number = contactNumber(text);
    if (number !== undefined) (sort !== '' && MOBILE.test(sort) ? mobiles : others).push(number);
  }
}

function firstText(value: unknown): string | undefined {
  for (const { text } of fieldTexts(value)) {
    const shown = contactText(text);
    if (shown !== undefined) return shown;
  }
  return undefined;
}

function addParts(found: Found, names: readonly (Part | undefined)[], value: unknown): void {
  const parts = fieldParts(value);
  names.forEach((name, place) => {
    if (name !== undefined) found[name] ??= contactText(parts[place] ?? '');
  });
}

/** MicroSIP has room for three numbers, and calls the first. */
function contactOf(found: Found): Contact | undefined {
  const { numbers, telephones, mobiles } = found;
  const number = numbers[0] ?? telephones[0] ?? mobiles[0];
  if (number === undefined) return undefined;
  const mobile = mobiles.find((one) => one !== number);
  const isAnother = (one: string): boolean => one !== number && one !== mobile;
  return {
    number,
    name: found.name ?? wholeName(found) ?? found.company ?? number,
    firstname: found.firstname,
    lastname: found.lastname,
    phone: telephones.find(isAnother) ?? numbers.find(isAnother),
    mobile,
    email: found.email,
    address: found.address,
    city: found.city,
    state: found.state,
    zip: found.zip,
    comment: found.comment,
    id: found.id,
    info: found.info,
    presence: flagOf(found.presence),
    starred: flagOf(found.starred),
  };
}

function wholeName({ firstname, lastname }: Found): string | undefined {
  if (firstname === undefined || lastname === undefined) return firstname ?? lastname;
  // Two together may be too long for one.
  return contactText(`${firstname} ${lastname}`);
}

function flagOf(text: string | undefined): 0 | 1 | undefined {
  if (text === undefined) return undefined;
  if (TRUE.test(text)) return 1;
  return FALSE.test(text) ? 0 : undefined;
}
