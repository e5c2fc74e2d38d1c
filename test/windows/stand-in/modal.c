/* Modal boxes. They pump messages, so others are still served; only the sender whose command opened the box waits
 * (docs/microsip/3.22.16.md#8). What the phone itself has to say is shown as a plain message box, also where 3.22.16 has
 * a task dialog: class #32770, same owner, same title. A test can have a task dialog, too (docs/microsip/further.md#I). */
#include "stand-in.h"

int modal_box(HWND owner, const wchar_t *text, UINT type) {
  wchar_t shown[PATH_SIZE * 2];
  copy(shown, PATH_SIZE * 2, tr(text));
  record_action(L"modal", text, L"");
  int answer = MessageBoxW(owner, shown, L"MicroSIP", type);
  record_action(L"modal-closed", text, L"");
  return answer;
}

static INT_PTR CALLBACK task_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  switch (message) {
    case WM_INITDIALOG: SetWindowTextW(window, (const wchar_t *)lparam); return TRUE;
    case WM_COMMAND: EndDialog(window, LOWORD(wparam)); return TRUE;
    case WM_CLOSE: EndDialog(window, IDCANCEL); return TRUE;
    default: return FALSE;
  }
}

int task_box(HWND owner, const wchar_t *title) {
  /* the one child of a task dialog: nothing of what it draws has a window or a text of its own */
  WNDCLASSW content = {.lpfnWndProc = DefWindowProcW, .hInstance = instance, .lpszClassName = L"DirectUIHWND"};
  RegisterClassW(&content);
  record_action(L"modal", title, L"task");
  int answer = (int)DialogBoxParamW(instance, MAKEINTRESOURCEW(IDD_TASK), owner, task_proc, (LPARAM)title);
  record_action(L"modal-closed", title, L"task");
  return answer;
}

static INT_PTR CALLBACK modeless_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  (void)wparam;
  (void)lparam;
  if (message != WM_CLOSE) return message == WM_INITDIALOG;
  DestroyWindow(window);
  return TRUE;
}

HWND modeless_dialog(void) {
  HWND dialog = CreateDialogW(instance, MAKEINTRESOURCEW(IDD_SETTINGS), main_window, modeless_proc);
  SetPropW(dialog, L"stand-in", (HANDLE)1);
  ShowWindow(dialog, SW_SHOW);
  return dialog;
}

static BOOL CALLBACK is_box(HWND window, LPARAM found) {
  wchar_t name[64];
  GetClassNameW(window, name, 64);
  if (wcscmp(name, L"#32770") != 0 || !IsWindowVisible(window)) return TRUE;
  if (window == messages_window || GetDlgItem(window, IDC_RING_DECLINE) || GetPropW(window, L"stand-in")) return TRUE;
  *(HWND *)found = window;
  return FALSE;
}

HWND modal_find(void) {
  HWND found = NULL;
  EnumThreadWindows(ui_thread_id, is_box, (LPARAM)&found);
  return found;
}
