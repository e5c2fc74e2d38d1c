/* Start-up, in the real one's order: settings (ini opened exclusively), second instance, windows, PJSIP. */
#include "directory.h"
#include <objbase.h>

HINSTANCE instance;
wchar_t exe_path[PATH_SIZE], exe_folder[PATH_SIZE], exe_base[PATH_SIZE], roaming_folder[PATH_SIZE], local_folder[PATH_SIZE];
DWORD ui_thread_id;

/* installed is what the registry names (docs/microsip/interface.md#4); the user's key only, a test can write no
 * other */
static bool is_installed(void) {
  wchar_t folder[PATH_SIZE];
  DWORD size = sizeof folder;
  return RegGetValueW(HKEY_CURRENT_USER, L"Software\\MicroSIP", NULL, RRF_RT_REG_SZ, NULL, folder, &size) == ERROR_SUCCESS &&
         _wcsicmp(folder, exe_folder) == 0;
}

static void find_data(const wchar_t *variable, wchar_t *folder) {
  wchar_t profile[PATH_SIZE];
  copy(folder, PATH_SIZE, exe_folder);
  if (!is_installed() || !GetEnvironmentVariableW(variable, profile, PATH_SIZE)) return;
  format(folder, PATH_SIZE, L"%ls\\MicroSIP", profile);
  CreateDirectoryW(folder, NULL);
}

static void find_paths(void) {
  GetModuleFileNameW(NULL, exe_path, PATH_SIZE);
  copy(exe_folder, PATH_SIZE, exe_path);
  wchar_t *slash = wcsrchr(exe_folder, L'\\');
  *slash = 0;
  copy(exe_base, PATH_SIZE, slash + 1);
  wchar_t *dot = wcsrchr(exe_base, L'.');
  if (dot) *dot = 0;
  find_data(L"APPDATA", roaming_folder);
  find_data(L"LOCALAPPDATA", local_folder);
}

/* a build that is too old says so and ends; its command line is lost (docs/microsip/further.md#I) */
static bool has_expired(void) {
  wchar_t mark[PATH_SIZE];
  format(mark, PATH_SIZE, L"%ls\\standin-expired.txt", exe_folder);
  return GetFileAttributesW(mark) != INVALID_FILE_ATTRIBUTES;
}

/* no debugger box: a fault ends the process at once, with a line in the record */
static LONG WINAPI on_fault(EXCEPTION_POINTERS *fault) {
  wchar_t where[32];
  format(where, 32, L"0x%llx", (unsigned long long)(ULONG_PTR)fault->ExceptionRecord->ExceptionAddress);
  record_action(L"fault", where, L"");
  TerminateProcess(GetCurrentProcess(), fault->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

int WINAPI wWinMain(HINSTANCE this_instance, HINSTANCE previous, PWSTR command_line_unused, int show) {
  (void)previous;
  (void)command_line_unused;
  (void)show;
  bool hidden;
  wchar_t lingers[16];
  MSG message;
  instance = this_instance;
  ui_thread_id = GetCurrentThreadId();
  find_paths();
  record_open();
  SetUnhandledExceptionFilter(on_fault);
  if (!ini_open()) return 1;
  settings_load();
  if (second_instance(command_line_tail(), &hidden, &start_text)) {
    /* a busy computer ends it late */
    if (GetEnvironmentVariableW(L"STANDIN_SECOND_LINGERS_MS", lingers, 16)) Sleep((DWORD)_wtoi(lingers));
    return 0;
  }

  if (has_expired()) {
    control_start();
    task_box(NULL, L"MicroSIP");
    return 0;
  }

  InitCommonControls();
  LoadLibraryW(L"riched20.dll");
  texts_load_language_pack();
  calls_init();
  directory_init();
  worker_start();
  control_start();
  if (!main_window_create(hidden || settings.minimized)) return 1;
  while (GetMessageW(&message, NULL, 0, 0) > 0) {
    if (IsDialogMessageW(main_window, &message) || (messages_window && IsDialogMessageW(messages_window, &message))) continue;
    TranslateMessage(&message);
    DispatchMessageW(&message);
  }
  return 0;
}
