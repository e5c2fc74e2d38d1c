/* The ringing window, one per call that rings in: docs/microsip/interface.md#7.3. */
#include "stand-in.h"

volatile LONG ring_count;

static void details(const struct call *call, wchar_t *to, size_t size) {
  static wchar_t part[TEXT_SIZE * 2];
  wchar_t address[TEXT_SIZE], agent[TEXT_SIZE];
  identity_address(&call->remote, address, TEXT_SIZE);
  if (call->from.name[0] && wcscmp(call->from.name, identity_shown_name(&call->remote)) != 0) {
    format(to, size, L"%ls <%ls>\r\n", call->from.name, address);
  } else {
    format(to, size, L"%ls\r\n", address);
  }
  copy(agent, TEXT_SIZE, call->user_agent);
  agent[wcscspn(agent, L"~+-")] = 0;
  trim(agent);
  if (agent[0]) {
    format(part, TEXT_SIZE * 2, L"%ls\r\n", agent);
    append(to, size, part);
  }
  format(part, TEXT_SIZE * 2, L"\r\nTo: %ls@%ls", call->to, default_domain());
  append(to, size, part);
  if (call->diversion[0]) {
    format(part, TEXT_SIZE * 2, L"\r\nDiversion: %ls", call->diversion);
    append(to, size, part);
  }
}

static struct call *call_of(HWND window) {
  return (struct call *)GetWindowLongPtrW(window, GWLP_USERDATA);
}

/* the window goes, the call keeps ringing at the caller -- unless noIgnoreCall declines it */
static void ignore(HWND window) {
  struct call *call = call_of(window);
  if (!call) return;
  if (settings.noIgnoreCall) {
    act_decline(call);
    return;
  }
  call->ring_ignored = true;
  record_call_action(L"ignore", call, L"");
  ring_destroy(call);
}

static INT_PTR CALLBACK ring_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  struct call *call = call_of(window);
  (void)lparam;
  switch (message) {
    case WM_INITDIALOG: return FALSE;
    case WM_CLOSE: ignore(window); return TRUE;
    case WM_COMMAND:
      if (!call || HIWORD(wparam) != BN_CLICKED) return FALSE;
      switch (LOWORD(wparam)) {
        case IDC_RING_ANSWER:
        case IDC_RING_VIDEO: act_answer(call, false); return TRUE;
        case IDC_RING_DECLINE: act_decline(call); return TRUE;
        case IDCANCEL: ignore(window); return TRUE;
        default: return FALSE;
      }
    default: return FALSE;
  }
}

void ring_create(struct call *call) {
  static wchar_t text[TEXT_SIZE * 4];
  if (call->ring || call->ring_ignored || !call_is_ringing_in(call)) return;
  InterlockedIncrement(&ring_count);
  HWND window = CreateDialogParamW(instance, MAKEINTRESOURCEW(IDD_RING), main_window, ring_proc, 0);
  const wchar_t *name = identity_shown_name(&call->remote);
  SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)call);
  call->ring = window;
  SetWindowTextW(window, tr(L"Incoming Call"));
  SetDlgItemTextW(window, IDC_RING_NAME, name);
  SetDlgItemTextW(window, IDC_RING_NAME_STATIC, name);
  details(call, text, TEXT_SIZE * 4);
  SetDlgItemTextW(window, IDC_RING_DETAILS, text);
  SetDlgItemTextW(window, IDC_RING_ANSWER, tr(L"Answer"));
  SetDlgItemTextW(window, IDC_RING_VIDEO, tr(L"Answer with Video"));
  SetDlgItemTextW(window, IDC_RING_DECLINE, tr(L"Decline"));
  SetDlgItemTextW(window, IDC_RING_TRANSFER, tr(L"Transfer"));
  SetDlgItemTextW(window, IDC_RING_HINT, tr(L"Close this window to ignore the call"));
  EnableWindow(GetDlgItem(window, IDC_RING_VIDEO), call->video);
  if (settings.bringToFrontOnIncoming) {
    SetWindowPos(window, HWND_TOPMOST, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE);
    ShowWindow(window, SW_SHOW);
    SetForegroundWindow(window);
  } else if (IsWindowVisible(main_window)) {
    ShowWindow(window, SW_SHOWNOACTIVATE);
  }
}

void ring_destroy(struct call *call) {
  if (!call->ring) return;
  HWND window = call->ring;
  call->ring = NULL;
  SetWindowLongPtrW(window, GWLP_USERDATA, 0);
  DestroyWindow(window);
}

void ring_close_by_user(struct call *call) {
  if (call->ring) PostMessageW(call->ring, WM_CLOSE, 0, 0);
}
