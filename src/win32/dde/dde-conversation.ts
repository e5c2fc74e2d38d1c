import { DDE_SERVICE, DDE_STATUS_ITEM, DDE_TOPIC, parseStatus } from '../../documented/dde-protocol';
import { PhoneError } from '../../phone/errors/phone-error';
import { ddeError, DMLERR, endsConversation, isTimeout } from './dde-errors';
import { ddeml } from '../api/ddeml';
import { takeMessages } from '../api/message-loop';
import { monotonicMs } from '../../monotonic-ms';
import type { WindowTrouble } from '../window/window-reader';
import type { Handle, LargeOut, Out } from '../api/user32';

const APPCMD_CLIENTONLY = 0x10;
const CP_WINUNICODE = 1200;
const CF_TEXT = 1;
const CF_UNICODETEXT = 13;
const XTYP_EXECUTE = 0x4050;
const XTYP_REQUEST = 0x20b0;
const XTYP_DISCONNECT = 0x80c2;
const XTYP_REGISTER = 0x80a2;
const DDE_FBUSY = 0x4000;
const LONGEST_STATUS = 256;

interface Transaction {
  type: number;
  data?: Buffer;
  item?: Handle;
  format?: number;
}

type Reply = { data: Handle } | { error: number };

/**
 * A DDE client of the older document (docs/microsip/older-interface.md#dde). For a thread that looks for messages, and
 * for that one only. Asks for the status as Unicode until the server refuses that, then as ANSI; the text of a command
 * is turned into what the server reads by Windows itself.
 */
export class DdeConversation {
  private readonly instance: number;
  private readonly listener: bigint;
  private readonly strings: Handle[];
  private conversation: Handle = 0;
  private unicode = true;
  private late = false;

  /**
   * @param onEvent a server has come, or ours has gone; called while the thread looks for messages or waits
   * @throws PhoneError `unsupported` when Windows has no place for another DDE client
   */
  constructor(private readonly onEvent: () => void) {
    const dde = ddeml();
    this.listener = dde.register((type) => {
      this.listen(type);
    });
    const instance: LargeOut = [0];
    const error = dde.DdeInitializeW(instance, this.listener, APPCMD_CLIENTONLY, 0);
    if (error !== 0) {
      dde.unregister(this.listener);
      throw ddeError(error, false);
    }
    this.instance = Number(instance[0]);
    this.strings = [DDE_SERVICE, DDE_TOPIC, DDE_STATUS_ITEM].map((text) =>
      dde.DdeCreateStringHandleW(this.instance, text, CP_WINUNICODE),
    );
  }

  get isOpen(): boolean {
    return this.conversation !== 0;
  }

  /** An answer is still to come, and would be taken for that to something else. */
  get owesAnswer(): boolean {
    return this.late;
  }

  /** A window of the server; 0 without a conversation. */
  get partner(): Handle {
    return this.isOpen ? ddeml().partnerOf(this.conversation) : 0;
  }

  /** @returns whether there is a server */
  open(): boolean {
    if (this.isOpen) return true;
    const [service = 0, topic = 0] = this.strings;
    this.unicode = true;
    this.conversation = ddeml().DdeConnect(this.instance, service, topic, null);
    return this.isOpen;
  }

  /** Ends the conversation; `open` may have another. */
  hangUp(): void {
    if (this.isOpen) ddeml().DdeDisconnect(this.conversation);
    this.conversation = 0;
  }

  /**
   * @param ms longest wait
   * @throws PhoneError, WindowTrouble as in `ddeError`
   */
  execute(text: string, ms: number, answersLine: boolean): void {
    const reply = this.transact({ type: XTYP_EXECUTE, data: Buffer.from(`${text}\0`, 'utf16le') }, ms);
    if ('error' in reply) throw this.failed(reply.error, answersLine);
  }

  /**
   * @param ms longest wait
   * @returns undefined: the server said something that is no status
   * @throws PhoneError, WindowTrouble as in `ddeError`
   */
  status(ms: number): number | undefined {
    const [, , item = 0] = this.strings;
    const deadline = monotonicMs() + ms;
    const ask = (): Reply =>
      this.transact(
        { type: XTYP_REQUEST, item, format: this.unicode ? CF_UNICODETEXT : CF_TEXT },
        deadline - monotonicMs(),
      );
    let reply = ask();
    if ('error' in reply && reply.error === DMLERR.not_processed) {
      this.unicode = !this.unicode;
      reply = ask();
    }
    if ('error' in reply) throw this.failed(reply.error, false);
    return parseStatus(readText(reply.data, this.unicode));
  }

  close(): void {
    const dde = ddeml();
    this.hangUp();
    for (const string of this.strings) dde.DdeFreeStringHandle(this.instance, string);
    dde.DdeUninitialize(this.instance);
    dde.unregister(this.listener);
  }

  private failed(error: number, answersLine: boolean): PhoneError | WindowTrouble {
    if (endsConversation(error)) this.hangUp();
    if (isTimeout(error)) this.late = true;
    return ddeError(error, answersLine);
  }

  /**
   * Waits in a message loop of the library, so the thread's windows get their messages meanwhile.
   * @returns what came, or the error
   */
  private transact({ type, data, item = 0, format = 0 }: Transaction, ms: number): Reply {
    if (this.conversation === 0) return { error: DMLERR.no_conversation };
    const { DdeClientTransaction, DdeGetLastError } = ddeml();
    // Wine's library does not let a server through that is just telling this thread something.
    takeMessages();
    const flags: Out = [0];
    const bytes = data?.length ?? 0;
    const answer = DdeClientTransaction(
      data ?? null,
      bytes,
      this.conversation,
      item,
      format,
      type,
      Math.max(1, ms),
      flags,
    );
    if (answer !== 0) return { data: answer };
    // Wine's library knows no other error for a server that is busy than "not processed".
    return { error: (flags[0] & DDE_FBUSY) === 0 ? DdeGetLastError(this.instance) : DMLERR.busy };
  }

  private listen(type: number): void {
    if (type === XTYP_DISCONNECT) this.conversation = 0;
    if (type === XTYP_DISCONNECT || type === XTYP_REGISTER) this.onEvent();
  }
}

function readText(data: Handle, unicode: boolean): string {
  const { DdeGetData, DdeFreeDataHandle } = ddeml();
  const bytes = Buffer.alloc(LONGEST_STATUS);
  const length = DdeGetData(data, bytes, bytes.length, 0);
  DdeFreeDataHandle(data);
  return bytes.toString(unicode ? 'utf16le' : 'latin1', 0, length);
}
