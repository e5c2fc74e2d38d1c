import { kernel32 } from './kernel32';
import { nativeModule } from './native-module';
import type { Handle } from './user32';

/** Parameters of a window procedure; addresses may be too large for a number. */
export type WindowProcedure = (
  hwnd: Handle,
  message: number,
  wParam: number | bigint,
  lParam: number | bigint,
) => number;

interface WindowCalls {
  create: (name: string) => Handle;
  /** @returns what has to be unregistered in the end */
  subclass: (hwnd: Handle, procedure: WindowProcedure) => bigint;
  /** Also gives the window its first procedure back, so that nothing calls what is unregistered. */
  destroy: (hwnd: Handle, procedure: bigint) => void;
  standard: (...parameters: Parameters<WindowProcedure>) => number;
  /** @param address of a COPYDATASTRUCT in this process */
  readCopyData: (address: number | bigint, longest: number) => Uint8Array | undefined;
  /** What a callback does must not change the error that the interrupted call reports. */
  keepingLastError: <T>(work: () => T) => T;
}

const GWLP_WNDPROC = -4;
const WS_POPUP = 0x8000_0000;

let loaded: WindowCalls | undefined;

/**
 * Calls for hidden windows of our own.
 * @throws PhoneError `unsupported`, as `nativeModule`
 */
export function windowCalls(): WindowCalls {
  return (loaded ??= declare());
}

function declare(): WindowCalls {
  const koffi = nativeModule();
  const user = koffi.load('user32.dll');
  const kernel = koffi.load('kernel32.dll');
  const getModule = kernel.func('intptr_t __stdcall GetModuleHandleW(str16)') as (name: string | null) => Handle;
  const getAddress = kernel.func('intptr_t __stdcall GetProcAddress(intptr_t, str)') as (
    module: Handle,
    name: string,
  ) => Handle;
  const setLastError = kernel.func('void __stdcall SetLastError(uint32_t)') as (error: number) => void;
  const procedureType = koffi.proto('__stdcall', null, 'intptr_t', ['intptr_t', 'uint32_t', 'uintptr_t', 'intptr_t']);
  const classType = koffi.struct({
    cbSize: 'uint32_t',
    style: 'uint32_t',
    lpfnWndProc: 'intptr_t',
    cbClsExtra: 'int32_t',
    cbWndExtra: 'int32_t',
    hInstance: 'intptr_t',
    hIcon: 'intptr_t',
    hCursor: 'intptr_t',
    hbrBackground: 'intptr_t',
    lpszMenuName: 'intptr_t',
    lpszClassName: 'str16',
    hIconSm: 'intptr_t',
  });
  const copyDataType = koffi.struct({ dwData: 'uintptr_t', cbData: 'uint32_t', lpData: 'uintptr_t' });
  const register = user.func('__stdcall', 'RegisterClassExW', 'uint16_t', [koffi.pointer(classType)]) as (
    description: object,
  ) => number;
  const create = user.func(
    'intptr_t __stdcall CreateWindowExW(uint32_t, str16, str16, uint32_t, int, int, int, int, intptr_t, intptr_t, intptr_t, intptr_t)',
  ) as (...parameters: unknown[]) => Handle;
  const destroy = user.func('int __stdcall DestroyWindow(intptr_t)') as (hwnd: Handle) => number;
  // A 32-bit Windows has only the other name.
  const setLong = process.arch === 'ia32' ? 'SetWindowLongW' : 'SetWindowLongPtrW';
  const setProcedure = (type: unknown): ((hwnd: Handle, index: number, value: Handle | bigint) => Handle) =>
    user.func('__stdcall', setLong, 'intptr_t', ['intptr_t', 'int32_t', type as string]) as never;
  const setOurs = setProcedure(koffi.pointer(procedureType));
  const setStandard = setProcedure('intptr_t');
  const standard = user.func('intptr_t __stdcall DefWindowProcW(intptr_t, uint32_t, uintptr_t, intptr_t)');
  const standardAddress = getAddress(getModule('user32.dll'), 'DefWindowProcW');
  const hInstance = getModule(null);

  return {
    create: (name) => {
      // Fails when it exists already: one class serves all threads, its windows get their procedures one by one.
      register({
        cbSize: koffi.sizeof(classType),
        style: 0,
        lpfnWndProc: standardAddress,
        cbClsExtra: 0,
        cbWndExtra: 0,
        hInstance,
        hIcon: 0,
        hCursor: 0,
        hbrBackground: 0,
        lpszMenuName: 0,
        lpszClassName: name,
        hIconSm: 0,
      });
      return create(0, name, null, WS_POPUP, 0, 0, 0, 0, 0, 0, hInstance, 0);
    },
    subclass: (hwnd, procedure) => {
      const registered = koffi.register(procedure, koffi.pointer(procedureType));
      setOurs(hwnd, GWLP_WNDPROC, registered);
      return registered;
    },
    destroy: (hwnd, procedure) => {
      setStandard(hwnd, GWLP_WNDPROC, standardAddress);
      destroy(hwnd);
      koffi.unregister(procedure);
    },
    standard: standard as WindowCalls['standard'],
    readCopyData: (address, longest) => {
      const { cbData, lpData } = koffi.decode(BigInt(address), copyDataType) as Record<string, number>;
      if (!cbData || !lpData || cbData > longest) return undefined;
      return koffi.decode(BigInt(lpData), koffi.array('uint8_t', cbData)) as Uint8Array;
    },
    keepingLastError: (work) => {
      const error = kernel32().GetLastError();
      try {
        return work();
      } finally {
        setLastError(error);
      }
    },
  };
}
