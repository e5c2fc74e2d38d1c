import koffi from 'koffi';

const GENERIC_READ = 0x8000_0000;
const OPEN_EXISTING = 3;

/**
 * Opens a file so that nobody else can.
 * @returns what lets it go
 */
export function holdExclusively(path: string): () => void {
  const dll = koffi.load('kernel32.dll');
  const open = dll.func(
    'intptr_t __stdcall CreateFileW(str16, uint32_t, uint32_t, void *, uint32_t, uint32_t, intptr_t)',
  ) as (...parameters: unknown[]) => number;
  const close = dll.func('int __stdcall CloseHandle(intptr_t)') as (handle: number) => number;
  const handle = open(path, GENERIC_READ, 0, null, OPEN_EXISTING, 0, 0);
  if (handle === -1) throw new Error(`cannot hold ${path}`);
  return () => {
    close(handle);
  };
}
