/* Control verbs for the person at the phone and for the phone itself: all run on the UI thread. */
#include "control.h"
#include "sip-trace.h"

/* ---- the person at the phone ---- */

static struct call *slot_of(const struct ui_request *ui) {
  return slots[ui->number];
}
static void ui_answer(struct ui_request *ui) {
  struct call *call = slot_of(ui);
  if (call && call->ring) SendDlgItemMessageW(call->ring, IDC_RING_ANSWER, BM_CLICK, 0, 0);
  else if (call) act_answer(call, false);
}
static void ui_decline(struct ui_request *ui) {
  if (slot_of(ui)) act_decline(slot_of(ui));
}
static void ui_close_ring(struct ui_request *ui) {
  if (slot_of(ui)) ring_close_by_user(slot_of(ui));
}
static void ui_f4(struct ui_request *ui) {
  if (slot_of(ui)) act_f4(slot_of(ui));
}
static void ui_hang_up(struct ui_request *ui) {
  if (ui->number >= 0 && slot_of(ui)) act_hang_up_fast(slot_of(ui), 0);
  else if (ui->number < 0 && settings.singleMode) act_hang_up_all();
  else if (ui->number < 0) act_hang_up_selected(false);
}
static void ui_hold(struct ui_request *ui) {
  (void)ui;
  act_hold_toggle();
}
/* a contact of that name without a call gets a chat tab */
static void ui_tab(struct ui_request *ui) {
  for (int i = 0; i < tab_count(); i++) {
    if (wcscmp(tab_at(i)->number, ui->text) == 0) {
      tab_chosen(i);
      return;
    }
  }
  tab_add(ui->text, ui->text, ui->text, L"", NULL, true);
}
static void ui_conference(struct ui_request *ui) {
  const WPARAM commands[] = {ID_SEPARATE_ALL, ID_MERGE_ALL, ID_SEPARATE};
  if (ui->number >= 0 && ui->number <= 2) SendMessageW(messages_window, WM_COMMAND, commands[ui->number], 0);
}
static void ui_button(struct ui_request *ui) {
  wchar_t *wanted = wcschr(ui->text, L'\t');
  if (wanted) *wanted++ = 0;
  int id = bottom_id(ui->text);
  bool on = IsDlgButtonChecked(dialer_page, id) == BST_CHECKED;
  if (!wanted || on != (_wtoi(wanted) != 0)) bottom_press(id);
}
static void ui_send(struct ui_request *ui) {
  (void)ui;
  SendDlgItemMessageW(dialer_page, IDC_SEND, BM_CLICK, 0, 0);
}
static void ui_dial(struct ui_request *ui) {
  dial_number(ui->text);
}
/* text: device, mute|level, value */
static void ui_audio(struct ui_request *ui) {
  bool speaker = starts_with(ui->text, L"speaker"), level = wcsstr(ui->text, L"\tlevel\t") != NULL;
  int to = _wtoi(wcsrchr(ui->text, L'\t') + 1);
  HWND box = GetDlgItem(dialer_page, speaker ? IDC_MUTE_OUTPUT : IDC_MUTE_INPUT);
  HWND slider = GetDlgItem(dialer_page, speaker ? IDC_VOLUME_OUTPUT : IDC_VOLUME_INPUT);
  if (level) {
    SendMessageW(slider, TBM_SETPOS, TRUE, to);
    SendMessageW(dialer_page, WM_HSCROLL, MAKEWPARAM(SB_THUMBPOSITION, to), (LPARAM)slider);
  } else if ((SendMessageW(box, BM_GETCHECK, 0, 0) == BST_CHECKED) != (to != 0)) {
    SendMessageW(box, BM_CLICK, 0, 0);
  }
}

static void user_with_call(struct request *r, void (*run)(struct ui_request *), bool (*fits)(const struct call *)) {
  struct call *call = pick(r, 1, fits);
  if (!call) return;
  struct ui_request *ui = ui_new(run);
  ui->number = call->slot;
  ui_post(ui);
}
void verb_user_answer(struct request *r) {
  user_with_call(r, ui_answer, call_is_ringing_in);
}
void verb_user_decline(struct request *r) {
  user_with_call(r, ui_decline, call_is_ringing_in);
}
void verb_user_close_ring(struct request *r) {
  user_with_call(r, ui_close_ring, call_is_ringing_in);
}
void verb_user_f4(struct request *r) {
  user_with_call(r, ui_f4, call_is_ringing_in);
}
void verb_user_hangup(struct request *r) {
  if (r->field[1][0]) {
    user_with_call(r, ui_hang_up, call_exists);
  } else {
    struct ui_request *ui = ui_new(ui_hang_up);
    ui->number = -1;
    ui_post(ui);
  }
}
void verb_user_hold(struct request *r) {
  ui_post_field(ui_hold, r->field[1]);
}
void verb_user_tab(struct request *r) {
  ui_post_field(ui_tab, r->field[1]);
}
void verb_user_conference(struct request *r) {
  ui_post_field(ui_conference, r->count > 1 ? r->field[1] : L"1");
}
void verb_user_button(struct request *r) {
  wchar_t text[TEXT_SIZE];
  HWND button = GetDlgItem(dialer_page, bottom_id(r->field[1]));
  if (!button || !IsWindowEnabled(button)) {
    fail(r, button ? L"disabled" : L"no such button");
    return;
  }
  format(text, TEXT_SIZE, r->count > 2 ? L"%ls\t%ls" : L"%ls", r->field[1], r->field[2]);
  ui_post_field(ui_button, text);
}
void verb_user_send(struct request *r) {
  ui_post_field(ui_send, r->field[1]);
}
void verb_user_dial(struct request *r) {
  ui_post_field(ui_dial, r->field[1]);
}
void verb_user_audio(struct request *r) {
  wchar_t text[TEXT_SIZE];
  format(text, TEXT_SIZE, L"%ls\t%ls\t%ls", r->field[1], r->field[2], r->field[3]);
  ui_post_field(ui_audio, text);
}

/* ---- the phone itself ---- */

static void ui_voicemail(struct ui_request *ui) {
  char body[TEXT_SIZE * 3], type[512];
  wchar_t *end = wcschr(ui->text, L'\t');
  if (end) *end++ = 0;
  to_utf8(type, sizeof type, ui->text);
  to_utf8(body, sizeof body, end ? end : L"");
  voicemail_notify(body, type);
}
void verb_voicemail(struct request *r) {
  wchar_t text[TEXT_SIZE];
  format(text, TEXT_SIZE, L"%ls\t%ls", r->count > 2 ? r->field[2] : L"application/simple-message-summary", r->field[1]);
  ui_post_field(ui_voicemail, text);
}

static void ui_status(struct ui_request *ui) {
  copy(status_override, TEXT_SIZE, ui->text);
  registration_refresh();
}
static void ui_register(struct ui_request *ui) {
  (void)ui;
  registrar_code = 200;
  if (!registration.added) account_activate(settings.accountId > 0 ? settings.accountId : 1);
  else registration_send();
}
static void ui_unregister(struct ui_request *ui) {
  (void)ui;
  account_remove();
}
static void ui_register_fail(struct ui_request *ui) {
  wchar_t *phrase = wcschr(ui->text, L' ');
  registrar_code = ui->number;
  status_override[0] = 0;
  EnterCriticalSection(&sip_lock);
  trace_register_sent(account.registerRefresh);
  if (ui->number) trace_register_answered(ui->number, phrase ? phrase + 1 : sip_reason(ui->number));
  LeaveCriticalSection(&sip_lock);
  registration_set(true, ui->number, phrase ? phrase + 1 : ui->number ? sip_reason(ui->number) : L"");
}
static void ui_ready(struct ui_request *ui) {
  if (ui->number) {
    pj_start();
    if (settings.accountId > 0) account_activate(settings.accountId);
    registration_refresh();
  } else {
    pj_stop(false);
  }
}
static void ui_hang(struct ui_request *ui) {
  main_hang(ui->number);
}
static void ui_language(struct ui_request *ui) {
  texts_set_language(ui->text);
}
static void ui_setting(struct ui_request *ui) {
  wchar_t *value = wcschr(ui->text, L'\t');
  if (!value) return;
  *value++ = 0;
  setting_change(ui->text, value);
  bottom_rebuild();
  messages_buttons();
  dialer_update();
  registration_refresh();
}
static void ui_show(struct ui_request *ui) {
  if (ui->number) main_show();
  else ShowWindow(main_window, SW_HIDE);
}

void verb_status(struct request *r) {
  ui_post_field(ui_status, r->field[1]);
}
void verb_register(struct request *r) {
  ui_post_field(ui_register, r->field[1]);
}
void verb_unregister(struct request *r) {
  ui_post_field(ui_unregister, r->field[1]);
}
void verb_register_fail(struct request *r) {
  wchar_t text[TEXT_SIZE];
  format(text, TEXT_SIZE, r->field[2][0] ? L"%ls %ls" : L"%ls", r->field[1], r->field[2]);
  ui_post_field(ui_register_fail, text);
}
void verb_registrar(struct request *r) {
  registrar_code = _wtoi(r->field[1]);
}
void verb_ready(struct request *r) {
  if (r->count > 1) ui_post_field(ui_ready, r->field[1]);
  else reply_number(r, pj_running);
}
void verb_hang(struct request *r) {
  ui_post_field(ui_hang, r->field[1]);
}
void verb_language(struct request *r) {
  ui_post_field(ui_language, r->field[1]);
}
void verb_setting(struct request *r) {
  wchar_t text[TEXT_SIZE];
  if (!setting_text(r->field[1], text, TEXT_SIZE)) {
    fail(r, L"no such setting");
  } else if (r->count > 2) {
    format(text, TEXT_SIZE, L"%ls\t%ls", r->field[1], r->field[2]);
    ui_post_field(ui_setting, text);
  } else {
    reply_encoded(r, "\t", text);
  }
}
void verb_single_mode(struct request *r) {
  copy(r->field[2], TEXT_SIZE, r->field[1]);
  copy(r->field[1], TEXT_SIZE, L"singleMode");
  if (r->count > 1) r->count = 3;
  verb_setting(r);
}
void verb_show(struct request *r) {
  ui_post_field(ui_show, r->count > 1 ? r->field[1] : L"1");
}
void verb_disk_full(struct request *r) {
  disk_full = r->count < 2 || _wtoi(r->field[1]) != 0;
}
void verb_crash(struct request *r) {
  (void)r;
  TerminateProcess(GetCurrentProcess(), 0xC0000005);
}
void verb_exit(struct request *r) {
  (void)r;
  PostMessageW(main_window, WM_CLOSE, 0, 0);
}

