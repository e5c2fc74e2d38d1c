/** What MicroSIP keeps of a contact: texts, and 0 or 1. */
export type KeptContact = { number: string; name: string } & Record<string, string | number>;

export interface KeptLamp {
  number: string;
  status: string;
  info: string;
}

const TEXTS = ['firstname', 'lastname', 'phone', 'mobile', 'email', 'address', 'city', 'state', 'zip', 'comment'];
const MORE_TEXTS = ['id', 'info'];
const FLAGS = ['presence', 'starred'];
const LAMPS = ['offline', 'online', 'away', 'busy', 'ring', 'phone'];
/** Deeper, and MicroSIP's JSON reader ends the program. */
const DEEPEST = 1000;
const HIGHEST_INT = 2 ** 31 - 1;

/**
 * The directory as MicroSIP keeps it, by its own rules for answers (docs/microsip/further.md#F.4). What its JSON reader takes
 * and JSON.parse does not, such as comments, counts as not read: nobody should send it.
 */
export class DirectoryOfMicrosip {
  /** Of the next request. */
  sequence = 0;
  /** s; undefined: it does not ask again. */
  refresh: number | undefined;
  silent = false;
  /** By number and name. */
  contacts = new Map<string, KeptContact>();
  lamps: KeptLamp[] = [];
  balloons: string[] = [];
  /** The answer made its reader end the program. */
  crashed = false;
  /** It gave up within the answer, and lost what came behind. */
  broke = false;

  /** As at the start of PJSIP. */
  begin(): void {
    this.sequence = 0;
    this.refresh = undefined;
    this.silent = false;
  }

  load({ status = 200, body }: { status?: number; body: string }): void {
    this.sequence += 1;
    if (status !== 200 || body === '') {
      if (status >= 300) this.tell(`The server returned an error code: ${String(status)}`);
      return;
    }
    this.lamps = [];
    const isRead = this.read(body);
    if (!isRead) this.tell('The received data cannot be recognized');
  }

  private read(body: string): boolean {
    if (depthOf(body) > DEEPEST) {
      this.crashed = true;
      return false;
    }
    const root = parsed(body);
    if (root === undefined) return false;
    if (Array.isArray(root)) return this.take(root, []);
    if (typeof root !== 'object' || root === null) return false;
    const { refresh, silent, items, presence } = root as Record<string, unknown>;
    if (isInt(refresh)) this.refresh = refresh;
    if (isInt(silent)) this.silent = silent !== 0;
    return this.take(Array.isArray(items) ? items : undefined, Array.isArray(presence) ? presence : []);
  }

  private take(items: unknown[] | undefined, presence: unknown[]): boolean {
    const before = this.contacts;
    const found: KeptContact[] = [];
    try {
      for (const item of items ?? []) {
        const contact = contactFrom(fieldsOf(item));
        if (contact) found.push(contact);
      }
      for (const one of presence) this.light(fieldsOf(one));
    } catch {
      this.broke = true;
    }
    if (items === undefined) return false;
    this.contacts = new Map();
    for (const contact of found) {
      const key = `${contact.number}\n${contact.name}`;
      this.contacts.set(key, { ...(this.contacts.get(key) ?? before.get(key)), ...contact });
    }
    return true;
  }

  private light({ number, status, info }: Record<string, unknown>): void {
    if (typeof number !== 'string' || typeof status !== 'string') return;
    this.lamps.push({
      number: cut(number),
      status: LAMPS.includes(status) ? status : 'unknown',
      info: typeof info === 'string' ? cut(info) : '',
    });
  }

  private tell(balloon: string): void {
    if (this.sequence === 1 && !this.silent) this.balloons.push(balloon);
  }
}

function contactFrom(item: Record<string, unknown>): KeptContact | undefined {
  const contact: Record<string, string | number> = {};
  const text = (name: string): string | undefined => {
    const value = item[name];
    return typeof value === 'string' ? cut(value) : undefined;
  };
  for (const name of [...TEXTS, ...MORE_TEXTS]) {
    const value = text(name);
    if (value !== undefined) contact[name] = value;
  }
  for (const name of FLAGS) {
    const value = item[name];
    if (isInt(value)) contact[name] = value ? 1 : 0;
  }
  const { firstname = '', lastname = '', phone = '', mobile = '' } = contact;
  const number = (text('number') ?? text('phone') ?? text('telephone') ?? '') || phone || mobile;
  if (number === '') return undefined;
  const whole = (firstname === lastname ? String(firstname) : `${firstname} ${lastname}`).trim();
  return { ...contact, number: String(number), name: (text('name') ?? '') || whole || String(number) };
}

/** The reader throws for what has no fields; `null` has none of them. */
function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new TypeError('not an object');
  return value as Record<string, unknown>;
}

/** A text ends with its first U+0000. */
function cut(text: string): string {
  return text.split('\0', 1)[0] ?? '';
}

function isInt(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= HIGHEST_INT;
}

/** Half a character that is written as an escape makes the whole answer unreadable. */
function parsed(body: string): unknown {
  const escapes = body.match(/\\(?:u[0-9a-f]{4}|.)/gi) ?? [];
  const places = [...body.matchAll(/\\(?:u[0-9a-f]{4}|.)/gi)].map(({ index }) => index);
  const isHalf = escapes.some(
    (escape, nth) => /^\\ud[89ab]/i.test(escape) && places[nth + 1] !== (places[nth] ?? 0) + 6,
  );
  if (isHalf) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function depthOf(body: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of body.matchAll(/"(?:\\.|[^"\\])*"|[[{\]}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
}
