/* The dialer page, a child of the main window: docs/microsip/interface.md#7.5 and #2.4, docs/microsip/3.22.16.md#5
 * and #7. */
#include "stand-in.h"

HWND dialer_page;
static bool muted[2]; /* microphone, speaker */
static bool send_visible;

static void show(int id, bool visible) {
  HWND control = GetDlgItem(dialer_page, id);
  if (((GetWindowLongW(control, GWL_STYLE) & WS_VISIBLE) != 0) != visible) ShowWindow(control, visible ? SW_SHOW : SW_HIDE);
}

bool dialer_muted(bool speaker) {
  return muted[speaker];
}

void dialer_mute(bool speaker, int on) {
  bool to = on < 0 ? !muted[speaker] : on != 0;
  if (to != muted[speaker]) record_action(L"mute", speaker ? L"speaker" : L"microphone", to ? L"1" : L"0");
  muted[speaker] = to;
  CheckDlgButton(dialer_page, speaker ? IDC_MUTE_OUTPUT : IDC_MUTE_INPUT, to ? BST_CHECKED : BST_UNCHECKED);
}

static void volume_set(bool speaker, int level) {
  wchar_t text[16];
  int *setting = speaker ? &settings.volumeOutput : &settings.volumeInput;
  if (level < 0) level = 0;
  if (level > 100) level = 100;
  if (*setting != level) {
    format(text, 16, L"%d", level);
    record_action(L"volume", speaker ? L"speaker" : L"microphone", text);
  }
  *setting = level;
  SendDlgItemMessageW(dialer_page, speaker ? IDC_VOLUME_OUTPUT : IDC_VOLUME_INPUT, TBM_SETPOS, TRUE, level);
  settings_save_later();
}

void dialer_volume(bool speaker, int change) {
  if (SINCE(3, 22, 16) && muted[speaker]) dialer_mute(speaker, 0);
  volume_set(speaker, (speaker ? settings.volumeOutput : settings.volumeInput) + change);
}

/* in single mode the number box shows the party of the call */
void dialer_set_number(struct call *call) {
  wchar_t text[TEXT_SIZE], shown[TEXT_SIZE];
  const wchar_t *number = call->remote.user[0] ? call->remote.user : call->remote.domain;
  if (SINCE(3, 22, 16)) {
    const wchar_t *name = call_shown_name(call);
    if (wcscmp(name, number) == 0) format(text, TEXT_SIZE, L"%ls ", number);
    else format(text, TEXT_SIZE, L"%ls \x2013 %ls ", name, number);
    GetDlgItemTextW(dialer_page, IDC_NUMBER, shown, TEXT_SIZE);
    if (shown[0] && starts_with(text, shown)) return;
  } else {
    copy(text, TEXT_SIZE, number);
  }
  SetDlgItemTextW(dialer_page, IDC_NUMBER, text);
}

void dialer_clear_number(void) {
  SetDlgItemTextW(dialer_page, IDC_NUMBER, L"");
}

/* End instead of Call while a call exists that does not just ring in; only in single mode */
void dialer_update(void) {
  const struct call *call = tab_selected_call();
  bool any = settings.singleMode && calls_not_ringing_in(NULL) > 0;
  bool confirmed = call && call->state == CALL_CONFIRMED;
  bool transfer = call && call->state >= CALL_EARLY && call->state <= CALL_CONFIRMED;
  show(IDC_END, any);
  show(IDC_CALL, !any);
  show(IDC_HOLD, any);
  show(IDC_TRANSFER, any || !settings.singleMode);
  EnableWindow(GetDlgItem(dialer_page, IDC_HOLD), confirmed);
  EnableWindow(GetDlgItem(dialer_page, IDC_TRANSFER), transfer);
  CheckDlgButton(dialer_page, IDC_HOLD, confirmed && call->local_hold ? BST_CHECKED : BST_UNCHECKED);
  bottom_update();
}

/* /dtmf: -- docs/microsip/interface.md#2.7 */
void dialer_dtmf(const wchar_t *digits) {
  wchar_t text[TEXT_SIZE];
  size_t length = wcslen(digits);
  copy(text, TEXT_SIZE, digits);
  if (length > 1 && digits[length - 1] == L'?') {
    text[length - 1] = 0;
    SetDlgItemTextW(dialer_page, IDC_NUMBER, text);
    send_visible = true;
    show(IDC_SEND, true);
    record_action(L"dtmf-shown", text, L"");
    return;
  }
  if (send_visible) {
    record_action(L"dropped", L"dtmf while Send is visible", digits);
    return;
  }
  act_dtmf(tab_selected_call(), text);
}

static void send_clicked(void) {
  wchar_t text[TEXT_SIZE];
  GetDlgItemTextW(dialer_page, IDC_NUMBER, text, TEXT_SIZE);
  send_visible = false;
  show(IDC_SEND, false);
  act_dtmf(tab_selected_call(), text);
}

static void clicked(int id) {
  wchar_t text[TEXT_SIZE];
  switch (id) {
    case IDC_CALL:
      GetDlgItemTextW(dialer_page, IDC_NUMBER, text, TEXT_SIZE);
      dial_number(text);
      break;
    case IDC_END: act_hang_up_all(); break;
    case IDC_HOLD: act_hold_toggle(); break;
    case IDC_SEND: send_clicked(); break;
    case IDC_MUTE_INPUT: dialer_mute(false, IsDlgButtonChecked(dialer_page, id) == BST_CHECKED); break;
    case IDC_MUTE_OUTPUT: dialer_mute(true, IsDlgButtonChecked(dialer_page, id) == BST_CHECKED); break;
    default: bottom_clicked(id); break;
  }
}

static INT_PTR CALLBACK dialer_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  if (message == WM_INITDIALOG) return FALSE;
  if (message == WM_COMMAND && HIWORD(wparam) == BN_CLICKED) {
    clicked(LOWORD(wparam));
    return TRUE;
  }
  if (message == WM_HSCROLL && lparam) {
    bool speaker = GetDlgCtrlID((HWND)lparam) == IDC_VOLUME_OUTPUT;
    volume_set(speaker, (int)SendMessageW((HWND)lparam, TBM_GETPOS, 0, 0));
    return TRUE;
  }
  (void)window;
  return FALSE;
}

void dialer_create(HWND parent) {
  dialer_page = CreateDialogParamW(instance, MAKEINTRESOURCEW(IDD_DIALER), parent, dialer_proc, 0);
  const int sliders[] = {IDC_VOLUME_INPUT, IDC_VOLUME_OUTPUT};
  for (int i = 0; i < 2; i++) {
    SendDlgItemMessageW(dialer_page, sliders[i], TBM_SETRANGE, TRUE, MAKELONG(0, 100));
    SendDlgItemMessageW(dialer_page, sliders[i], TBM_SETPOS, TRUE, i ? settings.volumeOutput : settings.volumeInput);
  }
  bottom_rebuild();
  dialer_update();
  dialer_translate();
}

void dialer_translate(void) {
  SetDlgItemTextW(dialer_page, IDC_CALL, tr(L"Call"));
  SetDlgItemTextW(dialer_page, IDC_END, tr(L"End"));
  SetDlgItemTextW(dialer_page, IDC_HOLD, tr(L"Hold"));
  SetDlgItemTextW(dialer_page, IDC_TRANSFER, tr(L"Transfer"));
  SetDlgItemTextW(dialer_page, IDC_SEND, tr(L"Send"));
}
