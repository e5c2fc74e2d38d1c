import type { CommandIds } from '../documented/command-ids';
import type { PhoneSettings } from './phone-settings';

/** What may be given for a setting; a text also where it is something else, as environment variables have it. */
type GivenValue<T> = T extends readonly string[]
  ? string | readonly string[]
  : T extends CommandIds
    ? string | Partial<T>
    : T extends number | boolean
      ? T | string
      : T;

type Given<T> = { [K in keyof T]?: GivenValue<T[K]> | undefined };

/** Without a connection it is `window`, and without a protocol its own. */
type Chosen<S extends PhoneSettings> = S extends { protocol: 'microsip' }
  ? { connection?: 'window' | undefined; protocol?: 'microsip' | undefined }
  : S extends { protocol: 'documented' }
    ? { connection?: 'window' | undefined; protocol: 'documented' }
    : { connection: S['connection'] };

type GivenOf<S> = S extends PhoneSettings ? Chosen<S> & Given<Omit<S, 'connection' | 'protocol'>> : never;

/** The settings of a phone, as a program gives them: what its connection has; what is left out is as in the dialog. */
export type GivenSettings = GivenOf<PhoneSettings>;
