/* The messages window: exists from start to exit, its controls are kept right even while it is hidden.
 * docs/microsip/interface.md#7.4, docs/microsip/3.22.16.md#5. */
#include "stand-in.h"
#include <stdlib.h>

HWND messages_window;

static void show(int id, bool visible) {
  HWND control = GetDlgItem(messages_window, id);
  if (((GetWindowLongW(control, GWL_STYLE) & WS_VISIBLE) != 0) != visible) ShowWindow(control, visible ? SW_SHOW : SW_HIDE);
}

void messages_buttons(void) {
  const struct call *call = tab_selected_call();
  if (call && call->state == CALL_DISCONNECTED) call = NULL;
  bool rings_in = call && call_is_ringing_in(call);
  bool confirmed = call && call->state == CALL_CONFIRMED;
  bool under_way = call && call->state >= CALL_EARLY && call->state <= CALL_CONFIRMED;
  show(IDC_MSG_END, call != NULL);
  if (!call || rings_in) SetDlgItemTextW(messages_window, IDC_MSG_CALL, tr(rings_in ? L"Answer" : L"Call"));
  show(IDC_MSG_CALL, !call || rings_in);
  show(IDC_MSG_HOLD, confirmed);
  CheckDlgButton(messages_window, IDC_MSG_HOLD, confirmed && call->local_hold ? BST_CHECKED : BST_UNCHECKED);
  show(IDC_MSG_TRANSFER, under_way);
  show(IDC_MSG_CONFERENCE, under_way);
}

void messages_title(void) {
  static wchar_t title[TEXT_SIZE * 2 + 8];
  const struct tab *tab = tab_at(tab_selected());
  if (!tab) title[0] = 0;
  else if (!SINCE(3, 22, 16)) copy(title, TEXT_SIZE, tab->name);
  else if (wcscmp(tab->name, tab->number) == 0) copy(title, TEXT_SIZE, tab->number);
  else format(title, TEXT_SIZE * 2 + 8, L"%ls \x2013 %ls", tab->name, tab->number);
  SetWindowTextW(messages_window, title);
  SetDlgItemTextW(messages_window, IDC_MSG_LOG, tab ? tab->log : L"");
}

/* a system line; the same one again within two seconds is dropped */
void messages_log(int index, const wchar_t *text) {
  struct tab *tab = tab_at(index);
  wchar_t stamp[64];
  ULONGLONG now = GetTickCount64();
  if (!tab || (wcscmp(tab->last_line, text) == 0 && now - tab->last_line_at < 2000)) return;
  copy(tab->last_line, TEXT_SIZE, text);
  tab->last_line_at = now;
  GetTimeFormatW(LOCALE_USER_DEFAULT, 0, NULL, NULL, stamp, 64);
  size_t size = wcslen(tab->log) + wcslen(stamp) + wcslen(text) + 8;
  tab->log = realloc(tab->log, size * sizeof(wchar_t));
  format(tab->log + wcslen(tab->log), size - wcslen(tab->log), L"[%ls]  %ls\r\n", stamp, text);
  if (index == tab_selected()) SetDlgItemTextW(messages_window, IDC_MSG_LOG, tab->log);
}

void messages_show(void) {
  if (!IsWindowVisible(messages_window)) ShowWindow(messages_window, SW_SHOWNOACTIVATE);
}

/* closing the window ends calls */
static void close_window(void) {
  struct call *call = tab_selected_call();
  if (call && call->state != CALL_DISCONNECTED) act_hang_up_fast(call, 0);
  else act_hang_up_all();
  ShowWindow(messages_window, SW_HIDE);
}

static void call_or_answer(void) {
  struct call *call = tab_selected_call();
  const struct tab *tab = tab_at(tab_selected());
  if (call && call_is_ringing_in(call)) act_answer(call, false);
  else if (!call && tab) dial_number(tab->address);
}

static INT_PTR CALLBACK messages_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  (void)window;
  switch (message) {
    case WM_INITDIALOG: return FALSE;
    case WM_CLOSE: close_window(); return TRUE;
    case WM_NOTIFY:
      if (((NMHDR *)lparam)->code == TCN_SELCHANGE) tab_chosen((int)SendDlgItemMessageW(window, IDC_TABS, TCM_GETCURSEL, 0, 0));
      return FALSE;
    case WM_COMMAND:
      switch (LOWORD(wparam)) {
        case IDCANCEL: close_window(); return TRUE;
        case IDC_MSG_CALL: call_or_answer(); return TRUE;
        case IDC_MSG_END: act_hang_up_selected(false); return TRUE;
        case ID_HANG_UP_SELECTED: act_hang_up_selected(true); return TRUE;
        case ID_MERGE_ALL: act_merge_all(); return TRUE;
        case ID_SEPARATE: act_separate(); return TRUE;
        case ID_SEPARATE_ALL: act_separate_all(); return TRUE;
        case IDC_MSG_HOLD:
          if (HIWORD(wparam) == BN_CLICKED) act_hold_toggle();
          return TRUE;
        default: return FALSE;
      }
    default: return FALSE;
  }
}

void messages_create(void) {
  messages_window = CreateDialogParamW(instance, MAKEINTRESOURCEW(IDD_MESSAGES), main_window, messages_proc, 0);
  messages_buttons();
  messages_translate();
}

void messages_translate(void) {
  SetDlgItemTextW(messages_window, IDC_MSG_END, tr(L"End"));
  SetDlgItemTextW(messages_window, IDC_MSG_HOLD, tr(L"Hold"));
  SetDlgItemTextW(messages_window, IDC_MSG_TRANSFER, tr(L"Transfer"));
  SetDlgItemTextW(messages_window, IDC_MSG_CONFERENCE, tr(L"Conference"));
  messages_buttons();
}
