/** The fields of a contact that are texts, by MicroSIP's own names (docs/microsip/further.md#F.4). */
export const TEXT_FIELDS = [
  'number',
  'name',
  'firstname',
  'lastname',
  'phone',
  'mobile',
  'email',
  'address',
  'city',
  'state',
  'zip',
  'comment',
  'id',
  'info',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Those that are 0 or 1. */
export const FLAG_FIELDS = ['presence', 'starred'] as const;
export type FlagField = (typeof FLAG_FIELDS)[number];

/** One entry of MicroSIP's directory, which it knows again by number and name together. */
export type Contact = { number: string; name: string } & Record<
  Exclude<TextField, 'number' | 'name'>,
  string | undefined
> &
  Record<FlagField, 0 | 1 | undefined>;

/** What is to be told of one of MicroSIP's lamps. */
export interface Lamp {
  number: string;
  status: LampStatus;
  info?: string;
}

export const LAMP_STATUSES = ['online', 'offline', 'away', 'busy', 'phone', 'ring'] as const;
export type LampStatus = (typeof LAMP_STATUSES)[number];

/** More of them hold MicroSIP up: it compares each with each on the thread of its windows. */
export const MANY_CONTACTS = 5000;
/** What is behind these is left out: nobody's MicroSIP could work with them. */
export const MOST_CONTACTS = 50_000;
