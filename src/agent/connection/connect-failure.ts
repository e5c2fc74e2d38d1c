/** Why a broker could not be reached, or would not have us, as a log or a check names it. */
export type FailureWord =
  /** The broker does not know this version of MQTT. */
  | 'protocol'
  | 'bad_credentials'
  | 'not_authorised'
  | 'client_id'
  | 'banned'
  | 'broker_busy'
  | 'refused'
  | 'no_such_host'
  | 'nobody_listens'
  | 'certificate'
  | 'no_answer'
  | 'files'
  | 'network';

/** Reason codes of CONNACK: those of MQTT 3.1.1 (1 to 5) and of MQTT 5 (from 128) do not overlap. */
const REFUSALS: Readonly<Record<number, FailureWord>> = {
  1: 'protocol',
  2: 'client_id',
  3: 'broker_busy',
  4: 'bad_credentials',
  5: 'not_authorised',
  0x80: 'refused',
  0x84: 'protocol',
  0x85: 'client_id',
  0x86: 'bad_credentials',
  0x87: 'not_authorised',
  0x88: 'broker_busy',
  0x89: 'broker_busy',
  0x8a: 'banned',
  0x8c: 'not_authorised',
  0x97: 'broker_busy',
  0x9f: 'broker_busy',
};

/** Codes of Node.js's errors. */
const NETWORK: Readonly<Record<string, FailureWord>> = {
  ENOTFOUND: 'no_such_host',
  EAI_AGAIN: 'no_such_host',
  ECONNREFUSED: 'nobody_listens',
  ETIMEDOUT: 'no_answer',
  EHOSTUNREACH: 'no_answer',
  ENETUNREACH: 'no_answer',
  ENOENT: 'files',
  EACCES: 'files',
};

/** Of OpenSSL and of Node.js's check of names: the broker shows a certificate that is not trusted, or wants one. */
const OF_CERTIFICATES =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECODE)|^ERR_TLS|^ERR_SSL|^ERR_OSSL|HOSTNAME_MISMATCH/;

/** A way to the broker that did not come about. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';

  constructor(
    readonly word: FailureWord,
    /** What the broker or the system said, without anything secret. */
    readonly detail: string,
    /** It closed the connection without a word, which may be how it refuses a version of MQTT. */
    readonly wordless = false,
  ) {
    super(`${word}: ${detail}`);
  }

  /** Trying again soon would only fill the broker's log: somebody has to change something first. */
  get isLasting(): boolean {
    return ['bad_credentials', 'not_authorised', 'client_id', 'banned', 'certificate', 'files'].includes(this.word);
  }
}

/** @param error of mqtt.js or Node.js */
export function connectFailure(error: unknown): ConnectFailure {
  if (error instanceof ConnectFailure) return error;
  const { code, message, errors } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
    errors?: unknown;
  };
  const detail = typeof message === 'string' ? message.slice(0, 200) : '';
  if (typeof code === 'number') return new ConnectFailure(REFUSALS[code] ?? 'refused', `${detail} (${code})`);
  // A name with several addresses fails with one error for each.
  if (Array.isArray(errors) && errors.length > 0 && typeof code !== 'string') return connectFailure(errors[0]);
  if (typeof code === 'string') {
    const word = NETWORK[code] ?? (OF_CERTIFICATES.test(code) ? 'certificate' : 'network');
    return new ConnectFailure(word, detail === '' ? code : detail);
  }
  return new ConnectFailure(/time-?out/.test(detail) ? 'no_answer' : 'network', detail);
}

/** What there is to do about it. */
export const ADVICE: Readonly<Record<FailureWord, string>> = {
  protocol: 'the other version of MQTT is tried',
  bad_credentials: 'check username and password of the broker in the configuration',
  not_authorised: 'let this user connect at the broker, or check username and password',
  client_id: 'let the client id <base>-<phone> connect at the broker',
  banned: 'the broker has banned this client: lift it there',
  broker_busy: 'the broker takes no more clients now: look at its limits and its log',
  refused: "look into the broker's log",
  no_such_host: "check the host in the broker's URL and the name service",
  nobody_listens: "check host and port in the broker's URL, and whether the broker runs",
  certificate: 'check ca, cert and key of the broker in the configuration, and the name in its certificate',
  no_answer: 'check the network and firewalls between here and the broker',
  files: 'check that the files of ca, cert and key can be read',
  network: 'check the network and the port: TLS needs mqtts:// or wss://',
};
