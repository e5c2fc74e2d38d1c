import { nativeModule } from './native-module';
import type { Handle, LargeOut, Out } from './user32';

/** CONVINFO, as far as it is read. */
interface ConversationInfo {
  cb: number;
  hwndPartner: Handle;
}

/** Told the type of each transaction that comes by itself: of servers that come and go. */
export type DdeListener = (type: number) => void;

/** The calls of the DDE management library that this package makes, as Microsoft documents them. */
export interface Ddeml {
  /** @returns DMLERR_NO_ERROR, and through `instance` what the other calls take */
  DdeInitializeW: (instance: LargeOut, listener: bigint, flags: number, reserved: number) => number;
  DdeUninitialize: (instance: number) => number;
  DdeCreateStringHandleW: (instance: number, text: string, codePage: number) => Handle;
  DdeFreeStringHandle: (instance: number, string: Handle) => number;
  DdeConnect: (instance: number, service: Handle, topic: Handle, context: null) => Handle;
  DdeDisconnect: (conversation: Handle) => number;
  /** Waits in a message loop of its own. @param flags DDE_FBUSY and the like come through it */
  DdeClientTransaction: (
    data: Buffer | null,
    bytes: number,
    conversation: Handle,
    item: Handle,
    format: number,
    type: number,
    ms: number,
    flags: Out,
  ) => Handle;
  DdeGetData: (data: Handle, bytes: Buffer | null, size: number, offset: number) => number;
  DdeFreeDataHandle: (data: Handle) => number;
  DdeGetLastError: (instance: number) => number;
  /** A window of the server; 0: not known. */
  partnerOf: (conversation: Handle) => Handle;
  /** @returns what `DdeInitializeW` takes; needs `unregister` in the end */
  register: (listener: DdeListener) => bigint;
  unregister: (listener: bigint) => void;
}

const QID_SYNC = 0xffff_ffff;
let loaded: Ddeml | undefined;

/** @throws PhoneError `unsupported`, as `nativeModule` */
export function ddeml(): Ddeml {
  return (loaded ??= declare());
}

function declare(): Ddeml {
  const koffi = nativeModule();
  const dll = koffi.load('user32.dll');
  const listener = koffi.proto('__stdcall', null, 'intptr_t', [
    ...['uint32_t', 'uint32_t', 'intptr_t', 'intptr_t', 'intptr_t', 'intptr_t', 'uintptr_t', 'uintptr_t'],
  ]);
  const info = koffi.struct({
    cb: 'uint32_t',
    hUser: 'uintptr_t',
    handles: koffi.array('intptr_t', 5),
    words: koffi.array('uint32_t', 5),
    hConvList: 'intptr_t',
    convCtxt: koffi.array('uint32_t', 9),
    hwnd: 'intptr_t',
    hwndPartner: 'intptr_t',
  });
  const query = dll.func('__stdcall', 'DdeQueryConvInfo', 'uint32_t', [
    'intptr_t',
    'uint32_t',
    koffi.inout(koffi.pointer(info)),
  ]) as (conversation: Handle, transaction: number, info: ConversationInfo) => number;
  return {
    DdeInitializeW: dll.func('__stdcall', 'DdeInitializeW', 'uint32_t', [
      koffi.inout(koffi.pointer('uint32_t')),
      koffi.pointer(listener),
      ...['uint32_t', 'uint32_t'],
    ]),
    DdeUninitialize: dll.func('int __stdcall DdeUninitialize(uint32_t)'),
    DdeCreateStringHandleW: dll.func('intptr_t __stdcall DdeCreateStringHandleW(uint32_t, str16, int)'),
    DdeFreeStringHandle: dll.func('int __stdcall DdeFreeStringHandle(uint32_t, intptr_t)'),
    DdeConnect: dll.func('intptr_t __stdcall DdeConnect(uint32_t, intptr_t, intptr_t, void *)'),
    DdeDisconnect: dll.func('int __stdcall DdeDisconnect(intptr_t)'),
    DdeClientTransaction: dll.func(
      'intptr_t __stdcall DdeClientTransaction(void *, uint32_t, intptr_t, intptr_t, uint32_t, uint32_t, uint32_t, _Inout_ uint32_t *)',
    ),
    DdeGetData: dll.func('uint32_t __stdcall DdeGetData(intptr_t, void *, uint32_t, uint32_t)'),
    DdeFreeDataHandle: dll.func('int __stdcall DdeFreeDataHandle(intptr_t)'),
    DdeGetLastError: dll.func('uint32_t __stdcall DdeGetLastError(uint32_t)'),
    partnerOf: (conversation) => {
      const found = koffi.decode(Buffer.alloc(koffi.sizeof(info)), info) as ConversationInfo;
      found.cb = koffi.sizeof(info);
      return query(conversation, QID_SYNC, found) === 0 ? 0 : found.hwndPartner;
    },
    register: (told) =>
      koffi.register((type: number) => {
        told(type);
        return 0;
      }, koffi.pointer(listener)),
    unregister: (registered) => {
      koffi.unregister(registered);
    },
  };
}
