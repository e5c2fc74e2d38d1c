import { SipMessage } from './sip-message';

export interface Place {
  host: string;
  port: number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 4000;
const GIVE_UP = 10_000;

/** Says again what UDP may have lost (RFC 3261, section 17), and answers what comes again as the first time. */
export class Transactions {
  private readonly asked = new Map<string, (response: SipMessage) => void>();
  private readonly taken = new Map<string, { response?: SipMessage; from: Place }>();
  private readonly repeating = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly send: (message: SipMessage, to: Place) => void,
    private readonly handle: (request: SipMessage, from: Place) => void,
  ) {}

  receive(message: SipMessage, from: Place): void {
    if (message.status !== undefined) {
      this.asked.get(`${message.branch} ${message.method}`)?.(message);
      return;
    }
    const key = serverKey(message);
    const known = this.taken.get(key);
    if (message.method === 'ACK') this.stop(inviteKey(message));
    else if (known?.response) this.send(known.response, known.from);
    if (known && message.method !== 'ACK') return;
    if (message.method !== 'ACK') this.taken.set(key, { from });
    this.handle(message, from);
  }

  /** @returns the final response; an acknowledgement of it is up to who asks */
  request(request: SipMessage, to: Place, provisional: (response: SipMessage) => void = ignore): Promise<SipMessage> {
    const key = `${request.branch} ${request.method}`;
    this.repeat(key, request, to);
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        this.stop(key);
        reject(new Error(`no answer to ${request.method} ${request.requestUri}`));
      }, GIVE_UP);
      this.asked.set(key, (response) => {
        if (request.method === 'INVITE') {
          // It may ring for as long as it likes.
          this.stop(key);
          clearTimeout(giveUp);
        }
        if ((response.status ?? 0) < 200) {
          provisional(response);
          return;
        }
        this.stop(key);
        clearTimeout(giveUp);
        resolve(response);
      });
    });
  }

  respond(request: SipMessage, response: SipMessage): void {
    const taken = this.taken.get(serverKey(request));
    if (!taken) return;
    taken.response = response;
    if (request.method === 'INVITE' && (response.status ?? 0) >= 200)
      this.repeat(inviteKey(request), response, taken.from);
    else this.send(response, taken.from);
  }

  close(): void {
    for (const key of [...this.repeating.keys()]) this.stop(key);
  }

  private repeat(key: string, message: SipMessage, to: Place): void {
    const begun = Date.now();
    const again = (wait: number): void => {
      this.send(message, to);
      const next = (): void => {
        if (Date.now() - begun < GIVE_UP) again(Math.min(2 * wait, LONGEST_WAIT));
        else this.stop(key);
      };
      this.repeating.set(key, setTimeout(next, wait));
    };
    again(FIRST_WAIT);
  }

  private stop(key: string): void {
    clearTimeout(this.repeating.get(key));
    this.repeating.delete(key);
  }
}

function ignore(): void {
  // Only the final response counts.
}

function serverKey(request: SipMessage): string {
  return `${request.branch} ${request.method}`;
}

/** The acknowledgement of a 2xx has a branch of its own. */
function inviteKey(request: SipMessage): string {
  return `${request.callId} ${request.sequence}`;
}
