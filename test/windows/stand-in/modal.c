/* Modal boxes. They pump messages, so others are still served; only the sender whose command opened the box waits
 * (docs/microsip/3.22.16.md#8). Task dialogs of 3.22.16 are shown as plain message boxes: class #32770, same owner,
 * same title. */
#include "stand-in.h"

int modal_box(HWND owner, const wchar_t *text, UINT type) {
  wchar_t shown[PATH_SIZE * 2];
  copy(shown, PATH_SIZE * 2, tr(text));
  record_action(L"modal", text, L"");
  int answer = MessageBoxW(owner, shown, L"MicroSIP", type);
  record_action(L"modal-closed", text, L"");
  return answer;
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
