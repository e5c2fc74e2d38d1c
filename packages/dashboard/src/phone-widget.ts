import type { Node, NodeAPI } from 'node-red';
import { isOffered, readRequest } from './browser-request';
import type { DashboardBase, DashboardMessage, WidgetEvents } from './dashboard';
import type { PhoneAccess } from './phone-node';
import { FIELD, MOST_MATCHES, type Answer, type FromBrowser, type Part, type ToBrowser } from './protocol';
import { emptyView, viewOf } from './view';

type Command = Extract<FromBrowser, { command: unknown }>;

/** What of a flow's message goes on to browsers: the properties that every widget of Dashboard takes. */
const FOR_DASHBOARD = ['_msgid', '_client', 'enabled', 'visible', 'class', 'ui_update'];
const LONGEST_NUMBER = 255;
/** ms in which browsers that ask for the view are told together: each answer goes to all of them */
const TOGETHER = 200;

/** One widget on the dashboard: shows its phone to all browsers, and does what they ask for. */
export class PhoneWidget {
  /** Messages of flows, which are no commands whatever they look like. */
  private readonly fromFlow = new WeakSet();
  private shown = '';
  private waiting = false;
  private closed = false;
  private midnight: NodeJS.Timeout | undefined;
  private asked: NodeJS.Timeout | undefined;

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    private readonly base: DashboardBase,
    private readonly phone: PhoneAccess | 'missing' | 'outdated',
    private readonly parts: readonly Part[],
  ) {
    // Before Dashboard's own listener: a message is known when that one has it.
    node.on('input', (message, _send, done) => {
      this.fromFlow.add(message);
      done();
    });
    node.on('close', () => {
      this.closed = true;
      clearTimeout(this.midnight);
      clearTimeout(this.asked);
    });
  }

  readonly events: WidgetEvents = {
    onAction: true,
    beforeSend: (message) => (this.fromFlow.has(message) ? this.fromTheFlow(message) : this.fromBrowser(message)),
    onInput: () => undefined,
  };

  /** To be called when Dashboard knows the widget. */
  open(): void {
    if (typeof this.phone === 'string') {
      this.node.status({ fill: 'red', shape: 'ring', text: `status.${this.phone}` });
      this.publish();
      return;
    }
    this.phone.join(this.node, () => {
      this.publishSoon();
    });
    this.awaitMidnight();
  }

  /** What happens at once goes out once. */
  private publishSoon(): void {
    if (this.waiting) return;
    this.waiting = true;
    setImmediate(() => {
      this.waiting = false;
      this.publish();
    });
  }

  private publishToWhoAsks(): void {
    this.asked ??= setTimeout(() => {
      this.asked = undefined;
      this.publish(true);
    }, TOGETHER).unref();
  }

  private publish(anew = false): void {
    if (this.closed) return;
    try {
      const view = typeof this.phone === 'string' ? emptyView(this.phone, Date.now()) : viewOf(this.phone, this.parts);
      const text = JSON.stringify({ ...view, time: 0 });
      if (text === this.shown && !anew) return;
      this.shown = text;
      this.base.stores.data.save(this.base, this.node, { [FIELD]: { view } });
      this.tell({ view });
    } catch (error) {
      this.node.error(error instanceof Error ? error.message : String(error));
    }
  }

  private tell(said: ToBrowser, client?: unknown): void {
    this.base.emit(`msg-input:${this.node.id}`, { [FIELD]: said, ...(client ? { _client: client } : {}) }, this.node);
  }

  private fromTheFlow(message: DashboardMessage): DashboardMessage {
    const { payload } = message;
    const passed = Object.fromEntries(Object.entries(message).filter(([name]) => FOR_DASHBOARD.includes(name)));
    const number = typeof payload === 'number' ? String(payload) : payload;
    if (typeof number === 'string' && number !== '' && number.length <= LONGEST_NUMBER)
      passed[FIELD] = { number } satisfies ToBrowser;
    return passed;
  }

  /** Never throws: Dashboard would not know what to do with it. */
  private async fromBrowser(message: DashboardMessage): Promise<DashboardMessage | null> {
    const request = readRequest(message);
    const client = message['_client'];
    if (!request) return null;
    if ('command' in request) return this.carryOut(request, client);
    if (request.ask === 'view') this.publishToWhoAsks();
    else if (typeof this.phone !== 'string' && this.mayFindContacts()) {
      const found = this.phone.findContacts(request.text, MOST_MATCHES);
      this.tell({ matches: { request: request.request, found } }, client);
    }
    return null;
  }

  private async carryOut({ request, language, command }: Command, client: unknown): Promise<DashboardMessage | null> {
    const answer = (outcome: Omit<Answer, 'request'>): void => {
      this.tell({ answer: { request, ...outcome } }, client);
    };
    const { phone } = this;
    if (typeof phone === 'string') return (answer({ code: phone }), null);
    if (!this.isEnabled() || !isOffered(command, this.parts)) return (answer({ code: 'not_offered' }), null);
    const topic = `${phone.name}/widget/${String(command['type'])}`;
    const passed = { topic, payload: { ...command }, ...(client ? { _client: client } : {}) };
    try {
      const { callId, verified, audio, features } = await phone.execute(command);
      answer({});
      return {
        ...passed,
        ...(callId !== undefined && { callId }),
        ...(verified === false && { verified }),
        ...(audio && { audio }),
        ...(features && { features }),
      };
    } catch (error) {
      answer(phone.describe(error, language));
      this.fail(error, phone, passed);
      return null;
    }
  }

  /** For Catch nodes, in the language of this Node-RED. */
  private fail(error: unknown, phone: PhoneAccess, passed: Record<string, unknown>): void {
    const { code, message } = phone.describe(error, (this.RED.settings as { lang?: string }).lang ?? 'en-US');
    this.node.error(Object.assign(new Error(message), { name: 'PhoneError', code }), passed);
  }

  private isEnabled(): boolean {
    return this.base.stores.state.getProperty(this.node.id, 'enabled') !== false;
  }

  private mayFindContacts(): boolean {
    return this.parts.includes('dial') || this.parts.includes('calls');
  }

  /** The calls of yesterday go. */
  private awaitMidnight(): void {
    const now = new Date();
    const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    this.midnight = setTimeout(
      () => {
        this.publish();
        this.awaitMidnight();
      },
      next.getTime() - now.getTime() + 1000,
    ).unref();
  }
}
