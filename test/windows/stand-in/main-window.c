/* The main window: docs/microsip/interface.md#1 (window, title, visibility) and #7.1 (status bar). */
#include "stand-in.h"
#include <stdlib.h>

HWND main_window;
static HWND status_bar;
static bool start_hidden;

/* WM_GETTEXT answers as MFC's status bar does: the text of pane 0, and its length plus one */
static LRESULT CALLBACK status_bar_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam, UINT_PTR id, DWORD_PTR data) {
  (void)id;
  (void)data;
  if (message == WM_GETTEXT) {
    static wchar_t text[TEXT_SIZE];
    if (wparam == 0) return 0;
    text[0] = 0;
    SendMessageW(window, SB_GETTEXTW, 0, (LPARAM)text);
    copy((wchar_t *)lparam, wparam, text);
    return (LRESULT)wcslen((wchar_t *)lparam) + 1;
  }
  if (message == WM_GETTEXTLENGTH) return LOWORD(SendMessageW(window, SB_GETTEXTLENGTHW, 0, 0));
  return DefSubclassProc(window, message, wparam, lparam);
}

static void layout(void) {
  RECT client, bar;
  SendMessageW(status_bar, WM_SIZE, 0, 0);
  GetClientRect(main_window, &client);
  GetWindowRect(status_bar, &bar);
  int panes[2] = {client.right - 80, -1};
  SendMessageW(status_bar, SB_SETPARTS, 2, (LPARAM)panes);
  if (dialer_page) MoveWindow(dialer_page, 0, 0, client.right, client.bottom - (bar.bottom - bar.top), TRUE);
}

void status_bar_set(const wchar_t *text) {
  static wchar_t shown[TEXT_SIZE];
  if (wcscmp(shown, text) == 0) return;
  copy(shown, TEXT_SIZE, text);
  SendMessageW(status_bar, SB_SETTEXTW, 0, (LPARAM)shown);
}

void main_title_update(void) {
  wchar_t title[300] = L"MicroSIP";
  const wchar_t *user = L"";
  if (registration.added) {
    const wchar_t *label = account.label[0] ? account.label : account.displayName[0] ? account.displayName : account.username;
    format(title, 300, L"MicroSIP - %ls", label);
    user = account.username;
  }
  SetWindowTextW(main_window, title);
  SendMessageW(status_bar, SB_SETTEXTW, 1, (LPARAM)user);
}

void main_show(void) {
  ShowWindow(main_window, SW_SHOW);
  if (IsIconic(main_window)) ShowWindow(main_window, SW_RESTORE);
  SetForegroundWindow(main_window);
}

/* docs/microsip/interface.md#2.6 step 1. The ALT key that the real one injects here when the window is already
 * visible is left out: under Wine it opens the system menu of whatever window comes next. */
void main_activate(void) {
  main_show();
}

void main_hang(int ms) {
  Sleep((DWORD)ms);
}

/* WM_CLOSE and command 32784: the way the program ends */
void main_exit(void) {
  record_action(L"exit", L"", L"");
  ShowWindow(main_window, SW_HIDE);
  pj_stop(true);
  settings_save();
  DestroyWindow(main_window);
}

static LRESULT copy_data(const COPYDATASTRUCT *data) {
  const wchar_t *text = data->lpData ? data->lpData : L"";
  record_copydata(data);
  if (documented) return documented_command(data);
  if (!pj_running) return 1;
  if (data->dwData == 1) {
    wchar_t *own = _wcsdup(text);
    command_line(own);
    free(own);
    return 0;
  }
  if (data->dwData == 2 && SINCE(3, 20, 0)) {
    PostMessageW(main_window, UM_COMMAND_TEXT, 0, (LPARAM)_wcsdup(text));
    return 0;
  }
  return 1;
}

static void account_toggle(int id) {
  if (settings.accountId != id) {
    account_activate(id);
    return;
  }
  if (SINCE(3, 22, 16) && modal_box(main_window, L"Deactivate the account?", MB_OKCANCEL) != IDOK) return;
  settings.accountId = 0;
  account_remove();
  settings_save();
}

static bool command(WPARAM wparam) {
  int id = LOWORD(wparam);
  if (id == ID_EXIT) main_exit();
  else if (id == ID_MUTE_INPUT) dialer_mute(false, -1);
  else if (id == ID_MUTE_OUTPUT) dialer_mute(true, -1);
  else if (id >= ID_ACCOUNT_FIRST && id < ID_ACCOUNT_FIRST + 50) account_toggle(id - ID_ACCOUNT_FIRST + 1);
  else return false;
  return true;
}

/* messages posted by ourselves */
static bool own_message(UINT message, WPARAM wparam, LPARAM lparam) {
  switch (message) {
    case UM_CREATED: on_created(); return true;
    case UM_CALL_STATE:
      ui_on_call_state((struct call_event *)lparam);
      free((void *)lparam);
      return true;
    case UM_MEDIA: ui_on_media((struct call *)lparam); return true;
    case UM_INCOMING: ui_on_incoming((struct call *)lparam); return true;
    case UM_RING_WINDOW: ring_create((struct call *)lparam); return true;
    case UM_TRANSFER_STATUS: ui_on_transfer_status((struct call *)lparam, (int)wparam); return true;
    case UM_REGISTRATION: registration_refresh(); return true;
    case UM_COMMAND_TEXT:
      if (pj_running) command_line((wchar_t *)lparam);
      free((void *)lparam);
      return true;
    case UM_CONTROL: {
      struct ui_request *request = (struct ui_request *)lparam;
      HANDLE done = request->done;
      if (request->run) request->run(request);
      if (done) SetEvent(done); /* the waiting thread frees the request */
      else free(request);
      return true;
    }
    default: return false;
  }
}

/* the private messages that others must not post: answer, hang up, and neighbours that take pointers */
static void private_message(UINT message, WPARAM wparam, LPARAM lparam) {
  struct call *call = (int)wparam >= 0 && (int)wparam < slot_count ? slots[wparam] : NULL;
  if (message == UM_ANSWER_SLOT) {
    if (call && lparam < 0) act_hang_up_fast(call, (int)-lparam);
    else if (call) act_answer(call, false);
  } else if (message == UM_HANGUP_SLOT) {
    if (call) act_hang_up_fast(call, 0);
  } else {
    wchar_t number[16];
    format(number, 16, L"0x%x", message);
    record_action(L"private-message", number, L"");
    TerminateProcess(GetCurrentProcess(), 0xC0000005); /* the real one takes lParam for a pointer */
  }
}

static INT_PTR CALLBACK main_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  switch (message) {
    case WM_INITDIALOG: return FALSE;
    case WM_COPYDATA:
      SetWindowLongPtrW(window, DWLP_MSGRESULT, copy_data((const COPYDATASTRUCT *)lparam));
      return TRUE;
    case WM_COMMAND: return command(wparam);
    case WM_CLOSE: main_exit(); return TRUE;
    case WM_SYSCOMMAND:
      if ((wparam & 0xFFF0) == SC_CLOSE) {
        ShowWindow(window, SW_HIDE);
        return TRUE;
      }
      return FALSE;
    case WM_SHOWWINDOW:
      if (wparam) {
        /* ring windows kept hidden appear with the main window */
        for (int i = 0; i < slot_count; i++) {
          if (slots[i] && slots[i]->ring) ShowWindow(slots[i]->ring, SW_SHOWNOACTIVATE);
        }
      }
      return FALSE;
    case WM_SIZE:
      if (status_bar) layout();
      return FALSE;
    case WM_TIMER:
      if (wparam == 1) {
        KillTimer(window, 1);
        PostMessageW(window, UM_CREATED, 0, 0);
      } else {
        ui_call_timer(wparam);
      }
      return TRUE;
    case WM_DESTROY: PostQuitMessage(0); return TRUE;
    default:
      if (own_message(message, wparam, lparam)) return TRUE;
      if (message > UM_PRIVATE_FIRST && message < UM_PRIVATE_LAST) {
        private_message(message, wparam, lparam);
        return TRUE;
      }
      return FALSE;
  }
}

bool main_window_create(bool hidden) {
  WNDCLASSEXW dialog_class = {.cbSize = sizeof dialog_class};
  wchar_t delay[16];
  start_hidden = hidden;
  GetClassInfoExW(NULL, (LPCWSTR)WC_DIALOG, &dialog_class);
  dialog_class.hInstance = instance;
  dialog_class.lpszClassName = L"MicroSIP";
  dialog_class.style &= ~(UINT)CS_GLOBALCLASS;
  if (!RegisterClassExW(&dialog_class)) return false;
  main_window = CreateDialogParamW(instance, MAKEINTRESOURCEW(IDD_MAIN), NULL, main_proc, 0);
  if (!main_window) return false;
  status_bar = CreateWindowExW(0, STATUSCLASSNAMEW, L"", WS_CHILD | WS_VISIBLE, 0, 0, 0, 0, main_window, (HMENU)(INT_PTR)ID_STATUS_BAR, instance, NULL);
  SetWindowSubclass(status_bar, status_bar_proc, 1, 0);
  dialer_create(main_window);
  layout();
  messages_create();
  history_open();
  registration_refresh();
  if (documented) dde_start();
  if (!start_hidden) ShowWindow(main_window, SW_SHOW);
  if (GetEnvironmentVariableW(L"STANDIN_NOT_READY_MS", delay, 16)) SetTimer(main_window, 1, (UINT)_wtoi(delay), NULL);
  else if (SINCE(3, 22, 16)) PostMessageW(main_window, UM_CREATED, 0, 0);
  else on_created();
  return true;
}
