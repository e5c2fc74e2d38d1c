export interface IniOfOurs {
  /** Of the SIP peer, such as `127.0.0.1:5070`: the account's domain. */
  domain: string;
  /** The account registers there; without it, MicroSIP shows `Idle` and dials all the same. */
  registrar?: boolean;
  settings?: Record<string, string | number>;
}

/**
 * The ini of a MicroSIP that nobody looks after: no box may come up, nothing may leave the computer, and all it writes is
 * wanted. Keys and defaults: docs/microsip/interface.md#4.
 */
export const UNATTENDED: Readonly<Record<string, string | number>> = {
  accountId: 1,
  enableLocalAccount: 0,
  singleMode: 1,
  enableLog: 1,
  updatesInterval: 'never',
  minimized: 1,
  bringToFrontOnIncoming: 1,
  callWaiting: 1,
  denyIncoming: 'button',
  DND: 0,
  autoAnswer: 'button',
  AA: 0,
  AC: 0,
  FWD: 0,
  localDTMF: 0,
  volumeRing: 0,
  volumeOutput: 100,
  volumeInput: 100,
};

/** As MicroSIP writes it itself: UTF-16LE with a byte order mark, lines that end in CR LF. */
export function iniOfOurs({ domain, registrar = false, settings = {} }: IniOfOurs): Buffer {
  const lines = [
    '[Settings]',
    ...Object.entries({ ...UNATTENDED, ...settings }).map(([key, value]) => `${key}=${value}`),
    '[Account1]',
    'label=Test',
    `server=${registrar ? domain : ''}`,
    `domain=${domain}`,
    'username=1001',
    'password=',
    'publish=0',
    'ICE=0',
    '',
  ];
  return Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le');
}

/** The text of an ini with a key of `[Settings]` set. */
export function withKey(ini: string, key: string, value: string): string {
  const line = new RegExp(`^${key}=.*$`, 'm');
  return line.test(ini)
    ? ini.replace(line, `${key}=${value}`)
    : ini.replace('[Settings]', `[Settings]\r\n${key}=${value}`);
}
