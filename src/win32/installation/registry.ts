import { nativeModule } from '../api/native-module';
import { readWideText } from '../api/wide-text';

/** Pseudo handles; signed, as a 64-bit Windows extends them. */
const HKEY_CURRENT_USER = -0x7fff_ffff;
const HKEY_LOCAL_MACHINE = -0x7fff_fffe;
const RRF_RT_REG_SZ = 0x2;
const RRF_SUBKEY_WOW6464KEY = 0x1_0000;
const RRF_SUBKEY_WOW6432KEY = 0x2_0000;
const KEY = 'Software\\MicroSIP';
const FOLDERS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';
const FILE = 'microsip.exe';

type GetValue = (
  root: number,
  key: string,
  name: string | null,
  flags: number,
  type: null,
  data: Buffer,
  bytes: [number],
) => number;

let loaded: GetValue | undefined;

/** The installed program file, see `installedFolder`. */
export function installedProgram(): string | undefined {
  const folder = installedFolder();
  return folder === undefined ? undefined : `${folder.replace(/[\\/]+$/, '')}\\${FILE}`;
}

/**
 * The folder that MicroSIP was installed into: the default value of `Software\MicroSIP` of the user, else of the
 * machine (docs/microsip/interface.md#4). An official MicroSIP has 32 bits, so the 32-bit view counts too.
 */
export function installedFolder(): string | undefined {
  for (const root of [HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE]) {
    for (const view of [RRF_SUBKEY_WOW6464KEY, RRF_SUBKEY_WOW6432KEY]) {
      const folder = textOf(root, KEY, null, view);
      if (folder !== undefined) return folder;
    }
  }
  return undefined;
}

/** Where the user's desktop is; he may have moved it, or a cloud has. */
export function desktopFolder(): string | undefined {
  return textOf(HKEY_CURRENT_USER, FOLDERS, 'Desktop', 0);
}

/** With the variables of the environment that a text may have put in. */
function textOf(root: number, key: string, name: string | null, view: number): string | undefined {
  const getValue = (loaded ??= declare());
  const data = Buffer.alloc(1024);
  const failure = getValue(root, key, name, RRF_RT_REG_SZ | view, null, data, [data.length]);
  const text = failure === 0 ? readWideText(data).trim() : '';
  return text === '' ? undefined : text;
}

function declare(): GetValue {
  const dll = nativeModule().load('advapi32.dll');
  return dll.func(
    'int32_t __stdcall RegGetValueW(intptr_t, str16, str16, uint32_t, void *, void *, _Inout_ uint32_t *)',
  );
}
