import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { PhoneSnapshot } from '../../phone/phone';
import { PhoneError, type ErrorCode } from '../../phone/errors/phone-error';
import { guarded } from '../inputs/guarded';
import { onInput, type Send } from '../inputs/guarded-input';
import { outgoing } from '../messages/outgoing-message';
import type { PhoneNode, PhoneService } from './phone-service';
import { errorStatus, phoneStatus, type PhoneNodeStatus } from '../inputs/status-line';

export interface PhoneUserConfig extends NodeDef {
  phone: string;
}

interface PhoneUserOptions {
  /** Whether the status line also tells who calls and, second by second, how long the call has been connected. */
  tellsCall?: boolean;
  /** Called at once, and whenever the phone's state may have changed. */
  onChange?: () => void;
}

const SECOND = 1000;

/** What flows may put into a message for our nodes. */
export interface PhoneMessage extends NodeMessageInFlow {
  action?: unknown;
  callId?: unknown;
  call?: unknown;
  verified?: unknown;
  audio?: unknown;
}

/**
 * What every node with a phone does: shows the phone's state, takes `msg.action` "connect" and "disconnect", and turns
 * failures into errors for Catch nodes.
 */
export class PhoneUser {
  private readonly service: PhoneService | undefined;
  private clock: NodeJS.Timeout | undefined;
  private shown = '';
  private showsError = false;
  private stateAtError = '';

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    config: PhoneUserConfig,
    private readonly options: PhoneUserOptions = {},
  ) {
    const phoneNode = RED.nodes.getNode(config.phone) as PhoneNode | null | undefined;
    this.service = phoneNode?.service;
    if (!this.service) {
      node.status({ fill: 'red', shape: 'ring', text: 'status.no_phone' });
      return;
    }
    const service = this.service;
    service.register(node, () => {
      this.showPhone();
      options.onChange?.();
    });
    node.on('close', (done: () => void) => {
      service.deregister(node);
      clearTimeout(this.clock);
      done();
    });
  }

  get phone(): PhoneService | undefined {
    return this.service;
  }

  /** @throws PhoneError `config` when no phone is chosen */
  requirePhone(): PhoneService {
    if (!this.service) throw new PhoneError('config', 'no_phone');
    return this.service;
  }

  onMessage(handler: (msg: PhoneMessage, send: Send) => Promise<void>): void {
    const handle = async (msg: PhoneMessage, send: Send): Promise<void> => {
      if (msg.action === 'connect' || msg.action === 'disconnect') {
        await this.requirePhone()[msg.action]();
        send(outgoing(msg, {}));
        return;
      }
      await handler(msg, send);
      this.clearError();
    };
    onInput(this.RED, this.node, handle, (code) => {
      this.showError(code);
    });
  }

  private showPhone(): void {
    if (!this.service) return;
    const snapshot = this.service.snapshot();
    this.startClock(snapshot);
    if (this.showsError && this.stateAtError === OPENING) this.stateAtError = stateText(snapshot);
    if (this.showsError && this.stateAtError === stateText(snapshot)) return;
    this.showsError = false;
    const told = this.options.tellsCall ? { now: snapshot.time, caller: true } : {};
    this.show(phoneStatus(snapshot, told));
  }

  /** Comes back when the time of the call has one second more. */
  private startClock({ state, calls, time }: PhoneSnapshot): void {
    clearTimeout(this.clock);
    const since = calls[0]?.answerTime;
    if (!this.options.tellsCall || state !== 'connected' || since === undefined) return;
    const untilNextSecond = SECOND - (Math.max(0, time - since) % SECOND);
    this.clock = setTimeout(() => {
      this.showPhone();
    }, untilNextSecond).unref();
  }

  /** An error stays until the phone's state changes or a command succeeds. */
  private showError(code: ErrorCode | 'unexpected'): void {
    this.stateAtError = this.service ? stateText(this.service.snapshot()) : '';
    this.showsError = true;
    this.show(errorStatus(code));
  }

  private clearError(): void {
    if (!this.showsError) return;
    this.showsError = false;
    this.showPhone();
  }

  private show(status: PhoneNodeStatus): void {
    const text = JSON.stringify(status);
    if (text === this.shown) return;
    this.shown = text;
    guarded(this.node, () => {
      this.node.status(status);
    });
  }
}

/** That the first look is over is no change of the phone: an error of that time is still news. */
const OPENING = 'opening';

function stateText(snapshot: PhoneSnapshot): string {
  return snapshot.presence === 'opening' ? OPENING : JSON.stringify(phoneStatus(snapshot));
}

/** `msg.callId`, else `msg.payload.callId`, of whatever kind it is; undefined when there is none. */
export function chosenCall(msg: PhoneMessage): unknown {
  const inPayload: unknown =
    typeof msg.payload === 'object' && msg.payload !== null && 'callId' in msg.payload ? msg.payload.callId : undefined;
  return [msg.callId, inPayload].find((id) => id !== undefined && id !== null && id !== '');
}
