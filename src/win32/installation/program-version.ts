import type { Version } from '../../microsip/microsip-protocol';
import { nativeModule } from '../api/native-module';

/** dwFileVersionMS and dwFileVersionLS in VS_FIXEDFILEINFO, bytes. */
const FILE_VERSION_HIGH = 8;
const FILE_VERSION_LOW = 12;

interface VersionDll {
  GetFileVersionInfoSizeW: (file: string, handle: null) => number;
  GetFileVersionInfoW: (file: string, handle: number, size: number, block: bigint) => number;
  VerQueryValueW: (block: bigint, what: string, value: [bigint | null], size: [number]) => number;
}

let loaded: VersionDll | undefined;
const known = new Map<string, Version>();

/** `[major, minor, patch, build]` from the version resource of a program file; undefined when it has none. */
export function programVersion(path: string): Version {
  // A running program's file can be replaced only by renaming it, and then MicroSIP is started anew anyway.
  if (!known.has(path)) known.set(path, readVersion(path));
  return known.get(path);
}

/** The program may have been updated. */
export function forgetProgramVersion(path: string): void {
  known.delete(path);
}

function readVersion(path: string): Version {
  const koffi = nativeModule();
  const version = (loaded ??= declare());
  const size = version.GetFileVersionInfoSizeW(path, null);
  if (size === 0) return undefined;
  const block = koffi.alloc('uint8_t', size) as bigint;
  try {
    const value: [bigint | null] = [null];
    const found =
      version.GetFileVersionInfoW(path, 0, size, block) !== 0 && version.VerQueryValueW(block, '\\', value, [0]) !== 0;
    if (!found || value[0] === null) return undefined;
    const high = koffi.decode(value[0], FILE_VERSION_HIGH, 'uint32_t') as number;
    const low = koffi.decode(value[0], FILE_VERSION_LOW, 'uint32_t') as number;
    return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff];
  } finally {
    koffi.free(block);
  }
}

function declare(): VersionDll {
  const dll = nativeModule().load('version.dll');
  return {
    GetFileVersionInfoSizeW: dll.func('uint32_t __stdcall GetFileVersionInfoSizeW(str16, void *)'),
    GetFileVersionInfoW: dll.func('int __stdcall GetFileVersionInfoW(str16, uint32_t, uint32_t, void *)'),
    VerQueryValueW: dll.func('int __stdcall VerQueryValueW(void *, str16, _Out_ void **, _Out_ uint32_t *)'),
  };
}
