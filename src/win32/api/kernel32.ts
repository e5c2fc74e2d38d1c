import { nativeModule } from './native-module';
import type { Handle, LargeOut, Out } from './user32';

export interface ProcessEntry {
  dwSize: number;
  th32ProcessID: number;
  szExeFile: string;
}

/** The calls of kernel32.dll that this package makes, as Microsoft documents them. */
export interface Kernel32 {
  CloseHandle: (handle: Handle) => number;
  CreateToolhelp32Snapshot: (flags: number, pid: number) => Handle;
  GetACP: () => number;
  GetCurrentProcess: () => Handle;
  GetCurrentThreadId: () => number;
  GetLastError: () => number;
  /** Times in units of 100 ns since 1601. */
  GetProcessTimes: (process: Handle, start: LargeOut, end: LargeOut, kernel: LargeOut, user: LargeOut) => number;
  OpenProcess: (access: number, inherit: number, pid: number) => Handle;
  ProcessIdToSessionId: (pid: number, session: Out) => number;
  QueryFullProcessImageNameW: (process: Handle, flags: number, path: Buffer, characters: Out) => number;
  /** A process list entry to be filled; `dwSize` is set. */
  processEntry: () => ProcessEntry;
  Process32FirstW: (list: Handle, entry: ProcessEntry) => number;
  Process32NextW: (list: Handle, entry: ProcessEntry) => number;
  WaitForSingleObject: (handle: Handle, ms: number) => number;
}

const PATH_CHARACTERS = 260;
let loaded: Kernel32 | undefined;

/** @throws PhoneError `unsupported`, as `nativeModule` */
export function kernel32(): Kernel32 {
  return (loaded ??= declare());
}

function declare(): Kernel32 {
  const koffi = nativeModule();
  const dll = koffi.load('kernel32.dll');
  const entry = koffi.struct({
    dwSize: 'uint32_t',
    cntUsage: 'uint32_t',
    th32ProcessID: 'uint32_t',
    th32DefaultHeapID: 'uintptr_t',
    th32ModuleID: 'uint32_t',
    cntThreads: 'uint32_t',
    th32ParentProcessID: 'uint32_t',
    pcPriClassBase: 'int32_t',
    dwFlags: 'uint32_t',
    szExeFile: koffi.array('char16_t', PATH_CHARACTERS, 'String'),
  });
  const entryOut = koffi.inout(koffi.pointer(entry));
  const times = '_Out_ uint64_t *, _Out_ uint64_t *, _Out_ uint64_t *, _Out_ uint64_t *';
  return {
    CloseHandle: dll.func('int __stdcall CloseHandle(intptr_t)'),
    CreateToolhelp32Snapshot: dll.func('intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t, uint32_t)'),
    GetACP: dll.func('uint32_t __stdcall GetACP()'),
    GetCurrentProcess: dll.func('intptr_t __stdcall GetCurrentProcess()'),
    GetCurrentThreadId: dll.func('uint32_t __stdcall GetCurrentThreadId()'),
    GetLastError: dll.func('uint32_t __stdcall GetLastError()'),
    GetProcessTimes: dll.func(`int __stdcall GetProcessTimes(intptr_t, ${times})`),
    OpenProcess: dll.func('intptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)'),
    ProcessIdToSessionId: dll.func('int __stdcall ProcessIdToSessionId(uint32_t, _Out_ uint32_t *)'),
    QueryFullProcessImageNameW: dll.func(
      'int __stdcall QueryFullProcessImageNameW(intptr_t, uint32_t, void *, _Inout_ uint32_t *)',
    ),
    processEntry: () => ({ dwSize: koffi.sizeof(entry), th32ProcessID: 0, szExeFile: '' }),
    Process32FirstW: dll.func('__stdcall', 'Process32FirstW', 'int', ['intptr_t', entryOut]),
    Process32NextW: dll.func('__stdcall', 'Process32NextW', 'int', ['intptr_t', entryOut]),
    WaitForSingleObject: dll.func('uint32_t __stdcall WaitForSingleObject(intptr_t, uint32_t)'),
  };
}
