export interface HistoryOptions {
  /** Path of `call_log.db` (MicroSIP 3.22.5 and newer), whether it is there or not. */
  database: string;
  /** Path of `microsip.ini` in the same folder; read as long as there is no database. */
  ini?: string;
  /** Where MicroSIP's program is, and its language pack with it. */
  programFolder?: string;
  /** The directory that keeps over restarts how far the history has been told. */
  directory: string;
  /** Under this name it is kept, followed by the path; phones with the same MicroSIP need different ones. */
  phone?: string;
  /** The international form of a telephone number. */
  e164?: (number: string) => string | undefined;
  /** False: a call that goes on is only reported while the phone knows it, so this source begins no calls. Default true. */
  leads?: boolean;
  /** ms, 0..60000, from the end of a call in the history to its report, in favour of sources that know more (1000) */
  endDelay?: number;
  /** ms after which a call without an end is reported as ended; for a phone that has no other source (never) */
  giveUpAfter?: number;
  /** ms between two looks when the folder tells of no change (2000) */
  poll?: number;
  /** ms in which the changes that one write makes are taken for one (30) */
  gather?: number;
  /** ms for which the ini must not have changed before it is read (1000) */
  iniQuiet?: number;
}

export type FullHistoryOptions = HistoryOptions & Required<Pick<HistoryOptions, keyof typeof DEFAULTS>>;

const DEFAULTS = {
  leads: true,
  endDelay: 1000,
  poll: 2000,
  gather: 30,
  iniQuiet: 1000,
  phone: '',
};

export function withDefaults(options: HistoryOptions): FullHistoryOptions {
  return { ...DEFAULTS, ...options };
}
