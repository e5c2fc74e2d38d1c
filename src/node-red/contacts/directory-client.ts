import type { NodeMessageInFlow } from 'node-red';

/** What an HTTP In node puts into a message. */
interface DirectoryMessage extends NodeMessageInFlow {
  req?: { query?: unknown; ip?: unknown; path?: unknown; method?: unknown } | null;
  /** Core's wrapper around the answer of Express. */
  res?: { _res?: unknown } | null;
  lamps?: unknown;
}

/** More would only tell apart what can be told apart by less. */
const LONGEST = 500;

export interface DirectoryClient {
  sequence: unknown;
  /** All that is known of who asks: its address, and what else is in the address that it asks for, such as a user's name. */
  client: string;
}

/** Never throws, whatever is in the message. */
export function directoryClient(msg: DirectoryMessage): DirectoryClient {
  try {
    const { query, ip, path, method } = msg.req ?? {};
    const { sequence, ...others } = (typeof query === 'object' && query !== null ? query : {}) as Record<
      string,
      unknown
    >;
    // MicroSIP only gets. Who else asks, such as for the headers alone, does not have the contacts afterwards.
    if (method !== undefined && method !== 'GET') return { sequence: undefined, client: '' };
    return { sequence, client: JSON.stringify([ip, path, others]).slice(0, LONGEST) };
  } catch {
    return { sequence: undefined, client: '' };
  }
}

interface Response {
  once: (event: 'close', listener: () => void) => unknown;
  writableFinished?: boolean;
}

/** Tells when the answer to a message could not be sent to its end. */
export function onLost(msg: DirectoryMessage, lost: () => void): void {
  try {
    const response = msg.res?._res;
    if (!isResponse(response)) return;
    response.once('close', () => {
      if (response.writableFinished === false) lost();
    });
  } catch {
    // Not an answer of this server: nothing can be known of it.
  }
}

function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && typeof (value as Response).once === 'function';
}
