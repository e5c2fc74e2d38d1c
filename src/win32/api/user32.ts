import { nativeModule } from './native-module';

/** Handles of windows, hooks and the like; 0 is none. On every Windows they fit into a number. */
export type Handle = number;
/** Where a call puts a number that has 32 bits. */
export type Out = [number];
/** Where a call puts a number that may be too large to be exact. */
export type LargeOut = [number | bigint];
/** BOOL: 0 is false, anything else is true. */
type Bool = number;

export interface CopyData {
  dwData: number;
  cbData: number;
  lpData: Buffer;
}

type Send<T> = (
  hwnd: Handle,
  message: number,
  wParam: number,
  lParam: T,
  flags: number,
  ms: number,
  out: LargeOut,
) => number;

/** The calls of user32.dll that this package makes, as Microsoft documents them. */
export interface User32 {
  FindWindowExW: (parent: Handle, after: Handle, className: string | null, title: string | null) => Handle;
  GetAncestor: (hwnd: Handle, which: number) => Handle;
  GetClassNameW: (hwnd: Handle, name: Buffer, characters: number) => number;
  GetDlgItem: (dialog: Handle, id: number) => Handle;
  GetWindow: (hwnd: Handle, which: number) => Handle;
  GetWindowLongW: (hwnd: Handle, index: number) => number;
  GetWindowTextW: (hwnd: Handle, text: Buffer, characters: number) => number;
  GetWindowThreadProcessId: (hwnd: Handle, pid: Out) => number;
  IsWindow: (hwnd: Handle) => Bool;
  SetForegroundWindow: (hwnd: Handle) => Bool;
  /** Does not wait for the window's thread. */
  ShowWindowAsync: (hwnd: Handle, how: number) => Bool;
  PostMessageW: (hwnd: Handle, message: number, wParam: number, lParam: number) => Bool;
  PostThreadMessageW: (threadId: number, message: number, wParam: number, lParam: number) => Bool;
  sendNumber: Send<number>;
  sendBuffer: Send<Buffer>;
  sendCopyData: Send<CopyData>;
  MsgWaitForMultipleObjectsEx: (n: number, handles: Handle[] | null, ms: number, wake: number, flags: number) => number;
  PeekMessageW: (message: Buffer, hwnd: Handle, first: number, last: number, remove: number) => Bool;
  DispatchMessageW: (message: Buffer) => number;
  /** Out of context: the listener is called on this thread, while it looks for messages. */
  SetWinEventHook: (
    first: number,
    last: number,
    module: Handle,
    listener: bigint,
    pid: number,
    thread: number,
    flags: number,
  ) => Handle;
  UnhookWinEvent: (hook: Handle) => Bool;
  /** @returns what `SetWinEventHook` takes; needs `unregister` in the end */
  registerWinEventListener: (listener: (hook: Handle, event: number, hwnd: Handle) => void) => bigint;
  unregister: (listener: bigint) => void;
}

let loaded: User32 | undefined;

/** @throws PhoneError `unsupported`, as `nativeModule` */
export function user32(): User32 {
  return (loaded ??= declare());
}

function declare(): User32 {
  const koffi = nativeModule();
  const dll = koffi.load('user32.dll');
  // Types without names: names would be shared with every other user of koffi in this process.
  const copyData = koffi.struct({ dwData: 'uintptr_t', cbData: 'uint32_t', lpData: 'void *' });
  const winEvent = koffi.proto('__stdcall', null, 'void', [
    ...['intptr_t', 'uint32_t', 'intptr_t', 'int32_t', 'int32_t', 'uint32_t', 'uint32_t'],
  ]);
  const out = koffi.out(koffi.pointer('uintptr_t'));
  const head = ['intptr_t', 'uint32_t', 'uintptr_t'] as const;
  const send = (lParam: typeof copyData | string): unknown =>
    dll.func('__stdcall', 'SendMessageTimeoutW', 'intptr_t', [...head, lParam, 'uint32_t', 'uint32_t', out]);
  const hookTail = ['uint32_t', 'uint32_t', 'uint32_t'];
  return {
    FindWindowExW: dll.func('intptr_t __stdcall FindWindowExW(intptr_t, intptr_t, str16, str16)'),
    GetAncestor: dll.func('intptr_t __stdcall GetAncestor(intptr_t, uint32_t)'),
    GetClassNameW: dll.func('int __stdcall GetClassNameW(intptr_t, void *, int)'),
    GetDlgItem: dll.func('intptr_t __stdcall GetDlgItem(intptr_t, int)'),
    GetWindow: dll.func('intptr_t __stdcall GetWindow(intptr_t, uint32_t)'),
    GetWindowLongW: dll.func('int32_t __stdcall GetWindowLongW(intptr_t, int)'),
    GetWindowTextW: dll.func('int __stdcall GetWindowTextW(intptr_t, void *, int)'),
    GetWindowThreadProcessId: dll.func('uint32_t __stdcall GetWindowThreadProcessId(intptr_t, _Out_ uint32_t *)'),
    IsWindow: dll.func('int __stdcall IsWindow(intptr_t)'),
    SetForegroundWindow: dll.func('int __stdcall SetForegroundWindow(intptr_t)'),
    ShowWindowAsync: dll.func('int __stdcall ShowWindowAsync(intptr_t, int)'),
    PostMessageW: dll.func('int __stdcall PostMessageW(intptr_t, uint32_t, uintptr_t, intptr_t)'),
    PostThreadMessageW: dll.func('int __stdcall PostThreadMessageW(uint32_t, uint32_t, uintptr_t, intptr_t)'),
    sendNumber: send('intptr_t') as Send<number>,
    sendBuffer: send('void *') as Send<Buffer>,
    sendCopyData: send(koffi.pointer(copyData)) as Send<CopyData>,
    MsgWaitForMultipleObjectsEx: dll.func(
      'uint32_t __stdcall MsgWaitForMultipleObjectsEx(uint32_t, intptr_t *, uint32_t, uint32_t, uint32_t)',
    ),
    PeekMessageW: dll.func('int __stdcall PeekMessageW(void *, intptr_t, uint32_t, uint32_t, uint32_t)'),
    DispatchMessageW: dll.func('intptr_t __stdcall DispatchMessageW(void *)'),
    SetWinEventHook: dll.func('__stdcall', 'SetWinEventHook', 'intptr_t', [
      ...['uint32_t', 'uint32_t', 'intptr_t'],
      koffi.pointer(winEvent),
      ...hookTail,
    ]),
    UnhookWinEvent: dll.func('int __stdcall UnhookWinEvent(intptr_t)'),
    registerWinEventListener: (listener) => koffi.register(listener, koffi.pointer(winEvent)),
    unregister: (listener) => {
      koffi.unregister(listener);
    },
  };
}
