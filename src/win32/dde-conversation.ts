import { DDE_SERVICE, DDE_STATUS_ITEM, DDE_TOPIC, parseStatus } from '../links/dde-protocol';
import { PhoneError } from '../phone/phone-error';
import { ddeError, DMLERR, endsConversation } from './dde-errors';
import { ddeml } from './ddeml';
import type { Handle, LargeOut } from './user32';

const APPCMD_CLIENTONLY = 0x10;
const CP_WINUNICODE = 1200;
const CF_TEXT = 1;
const CF_UNICODETEXT = 13;
const XTYP_EXECUTE = 0x4050;
const XTYP_REQUEST = 0x20b0;
const XTYP_DISCONNECT = 0x80c2;
const XTYP_REGISTER = 0x80a2;
const LONGEST_STATUS = 256;

/**
 * A DDE client of the customer's document (design document, section 6). For a thread that looks for messages, and for
 * that one only. Speaks Unicode until the server refuses it, then ANSI: everything that is sent is ASCII.
 */
export class DdeConversation {
  private readonly instance: number;
  private readonly listener: bigint;
  private readonly strings: Handle[];
  private conversation: Handle = 0;
  private unicode = true;

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
      throw ddeError(error, 0, false);
    }
    this.instance = Number(instance[0]);
    this.strings = [DDE_SERVICE, DDE_TOPIC, DDE_STATUS_ITEM].map((text) =>
      dde.DdeCreateStringHandleW(this.instance, text, CP_WINUNICODE),
    );
  }

  get isOpen(): boolean {
    return this.conversation !== 0;
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
   * @throws PhoneError as in `ddeError`
   */
  execute(text: string, ms: number, timeout: number, answersLine: boolean): void {
    this.inEitherText(timeout, answersLine, (unicode) => {
      const bytes = Buffer.from(`${text}\0`, unicode ? 'utf16le' : 'latin1');
      return this.transact(bytes, 0, 0, XTYP_EXECUTE, ms);
    });
  }

  /**
   * @param ms longest wait
   * @returns undefined: the server said something that is no status
   * @throws PhoneError as in `ddeError`
   */
  status(ms: number): number | undefined {
    const [, , item = 0] = this.strings;
    let text = '';
    this.inEitherText(ms, false, (unicode) => {
      const data = this.transact(null, item, unicode ? CF_UNICODETEXT : CF_TEXT, XTYP_REQUEST, ms);
      if (data !== 0) text = readText(data, unicode);
      return data;
    });
    return parseStatus(text);
  }

  close(): void {
    const dde = ddeml();
    this.hangUp();
    for (const string of this.strings) dde.DdeFreeStringHandle(this.instance, string);
    dde.DdeUninitialize(this.instance);
    dde.unregister(this.listener);
  }

  /** @param transact 0: failed */
  private inEitherText(timeout: number, answersLine: boolean, transact: (unicode: boolean) => Handle): void {
    const failed = (unicode: boolean): number => {
      if (transact(unicode) !== 0) return 0;
      const error = ddeml().DdeGetLastError(this.instance);
      if (endsConversation(error)) this.hangUp();
      return error;
    };
    let error = failed(this.unicode);
    if (error === DMLERR.not_processed && this.unicode) {
      error = failed(false);
      // Else it was not the text that was refused.
      if (error === 0) this.unicode = false;
    }
    if (error !== 0) throw ddeError(error, timeout, answersLine);
  }

  private transact(data: Buffer | null, item: Handle, format: number, type: number, ms: number): Handle {
    if (!this.isOpen) throw new PhoneError('not_running', 'no_dde_server');
    const bytes = data?.length ?? 0;
    return ddeml().DdeClientTransaction(data, bytes, this.conversation, item, format, type, Math.max(1, ms), null);
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
