/* The command line and the running instance: docs/microsip/interface.md#1, docs/microsip/3.22.16.md#1. */
#include "stand-in.h"

/* the raw text after the program's name; quotes and trailing blanks stay */
const wchar_t *command_line_tail(void) {
  const wchar_t *at = GetCommandLineW();
  if (*at == L'"') {
    at++;
    while (*at && *at != L'"') at++;
    if (*at) at++;
  } else {
    while (*at > L' ') at++;
  }
  while (*at && *at <= L' ') at++;
  return at;
}

static BOOL CALLBACK is_the_other(HWND window, LPARAM found) {
  wchar_t name[64], path[PATH_SIZE];
  DWORD process_id, size = PATH_SIZE;
  if (GetWindowLongPtrW(window, GWLP_HINSTANCE) != (LONG_PTR)instance) return TRUE;
  if (GetWindow(window, GW_OWNER)) return TRUE;
  GetClassNameW(window, name, 64);
  if (wcscmp(name, L"MicroSIP") != 0) return TRUE;
  GetWindowThreadProcessId(window, &process_id);
  HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, process_id);
  if (!process) return TRUE;
  bool same = QueryFullProcessImageNameW(process, 0, path, &size) && _wcsicmp(path, exe_path) == 0;
  CloseHandle(process);
  if (!same) return TRUE;
  *(HWND *)found = window;
  return FALSE;
}

/* asks like the real one, but deletes nothing: what it would delete lies outside our folder */
static void reset(HWND other, bool ask) {
  if (other) SendMessageW(other, WM_CLOSE, 0, 0);
  if (ask) {
    if (modal_box(NULL, L"Reset all settings?", MB_YESNO | MB_ICONWARNING) != IDYES) return;
    if (modal_box(NULL, L"Are you sure?", MB_YESNO | MB_ICONWARNING) != IDYES) return;
  }
  record_action(L"reset", ask ? L"/reset" : L"/resetnoask", L"");
}

/* true: this process is done */
bool second_instance(const wchar_t *tail, bool *start_hidden, const wchar_t **text) {
  HWND other = NULL;
  *start_hidden = false;
  *text = L"";
  EnumWindows(is_the_other, (LPARAM)&other);

  if (SINCE(3, 21, 0) && (wcscmp(tail, L"/reset") == 0 || wcscmp(tail, L"/resetnoask") == 0)) {
    reset(other, tail[6] == 0);
    return true;
  }
  if (SINCE(3, 20, 0) && !SINCE(3, 21, 0) && wcscmp(tail, L"/reset") == 0) {
    if (!other) reset(NULL, false);
    return true;
  }
  if (wcscmp(tail, L"/exit") == 0) {
    if (other && SINCE(3, 22, 16)) SendMessageW(other, WM_COMMAND, ID_EXIT, 0);
    else if (other) SendMessageW(other, WM_CLOSE, 0, 0);
    return true;
  }
  if (wcscmp(tail, L"/documented") == 0) {
    /* ours only: see documented.c */
    documented = true;
    *start_hidden = true;
    return other != NULL;
  }
  if (wcscmp(tail, L"/minimized") == 0 || (!SINCE(3, 22, 0) && wcscmp(tail, L"/hidden") == 0)) {
    *start_hidden = true;
    return other != NULL;
  }
  if (other) {
    LRESULT answer = 1;
    if (tail[0]) {
      COPYDATASTRUCT data = {1, (DWORD)((wcslen(tail) + 1) * sizeof *tail), (void *)tail};
      answer = SendMessageW(other, WM_COPYDATA, 0, (LPARAM)&data);
    }
    if (answer != 0) {
      ShowWindow(other, SW_SHOW);
      SetForegroundWindow(other);
    }
    return true;
  }
  if (wcscmp(tail, L"/answer") == 0 || wcscmp(tail, L"/hangupall") == 0) return true;
  *text = tail;
  return false;
}
