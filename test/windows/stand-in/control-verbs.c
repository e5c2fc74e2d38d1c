/* The control connection's requests: fields, replies, which call, and the table of verbs. README.md
 * describes them. Verbs for the UI are posted to it and answered when posted; `sync` waits until
 * everything posted was handled. */
#include "control.h"
#include <stdio.h>
#include <stdlib.h>

void reply_add(struct request *request, const char *text) {
  size_t used = strlen(request->reply), more = strlen(text);
  request->reply = realloc(request->reply, used + more + 1);
  memcpy(request->reply + used, text, more + 1);
}

void reply_encoded(struct request *request, const char *before, const wchar_t *text) {
  size_t size = TEXT_SIZE * 3;
  char *bytes = malloc(size), *encoded = malloc(size * 3);
  to_utf8(bytes, (int)size, text);
  percent_encode(encoded, size * 3, bytes);
  reply_add(request, before);
  reply_add(request, encoded);
  free(bytes);
  free(encoded);
}

void reply_number(struct request *request, long long number) {
  char text[32];
  sprintf(text, "\t%lld", number);
  reply_add(request, text);
}

void fail(struct request *request, const wchar_t *why) {
  strcpy(request->reply, "error");
  reply_encoded(request, "\t", why);
}

struct ui_request *ui_new(void (*run)(struct ui_request *)) {
  struct ui_request *ui = calloc(1, sizeof *ui);
  ui->run = run;
  return ui;
}

void ui_post(struct ui_request *ui) {
  if (!PostMessageW(main_window, UM_CONTROL, 0, (LPARAM)ui)) free(ui);
}

void ui_post_field(void (*run)(struct ui_request *), const wchar_t *text) {
  struct ui_request *ui = ui_new(run);
  copy(ui->text, TEXT_SIZE, text);
  ui->number = _wtoi(text);
  ui_post(ui);
}

bool call_dials_out(const struct call *call) {
  return call->outgoing && (call->state == CALL_CALLING || call->state == CALL_EARLY);
}
bool call_is_up(const struct call *call) {
  return call->state == CALL_CONFIRMED;
}
bool call_far_end_may_leave(const struct call *call) {
  return call_is_ringing_in(call) || call->state >= CALL_CONNECTING;
}
bool call_exists(const struct call *call) {
  return call->state != CALL_DISCONNECTED;
}

struct call *pick(struct request *request, int field, bool (*fits)(const struct call *)) {
  struct call *call = NULL;
  if (request->count > field && request->field[field][0]) {
    int slot = _wtoi(request->field[field]);
    EnterCriticalSection(&table_lock);
    if (slot >= 0 && slot < slot_count && slots[slot] && fits(slots[slot])) call = slots[slot];
    LeaveCriticalSection(&table_lock);
  } else {
    call = call_newest(fits);
  }
  if (!call) fail(request, L"no fitting call");
  return call;
}

static const struct {
  const wchar_t *name;
  void (*run)(struct request *);
} verbs[] = {
    {L"incoming", verb_incoming},
    {L"remote-ring", verb_remote_ring},
    {L"remote-progress", verb_remote_progress},
    {L"remote-answer", verb_remote_answer},
    {L"remote-busy", verb_remote_busy},
    {L"remote-reject", verb_remote_reject},
    {L"remote-fail", verb_remote_fail},
    {L"remote-hangup", verb_remote_hangup},
    {L"remote-hold", verb_remote_hold},
    {L"remote-resume", verb_remote_resume},
    {L"transfer-result", verb_transfer_result},
    {L"network", verb_network},
    {L"user-answer", verb_user_answer},
    {L"user-decline", verb_user_decline},
    {L"user-hangup", verb_user_hangup},
    {L"user-hold", verb_user_hold},
    {L"user-dial", verb_user_dial},
    {L"user-tab", verb_user_tab},
    {L"user-conference", verb_user_conference},
    {L"user-button", verb_user_button},
    {L"user-audio", verb_user_audio},
    {L"voicemail", verb_voicemail},
    {L"user-send", verb_user_send},
    {L"user-close-ring", verb_user_close_ring},
    {L"user-f4", verb_user_f4},
    {L"status", verb_status},
    {L"register", verb_register},
    {L"unregister", verb_unregister},
    {L"register-fail", verb_register_fail},
    {L"registrar", verb_registrar},
    {L"ready", verb_ready},
    {L"hang", verb_hang},
    {L"crash", verb_crash},
    {L"exit", verb_exit},
    {L"show", verb_show},
    {L"calls", verb_calls},
    {L"record", verb_record},
    {L"clear-record", verb_clear_record},
    {L"probe-count", verb_probe_count},
    {L"single-mode", verb_single_mode},
    {L"setting", verb_setting},
    {L"language", verb_language},
    {L"volume", verb_volume},
    {L"mute", verb_mute},
    {L"modal", verb_modal},
    {L"modal-close", verb_modal_close},
    {L"button", verb_button},
    {L"box", verb_box},
    {L"dialog", verb_dialog},
    {L"menu", verb_menu},
    {L"windows", verb_windows},
    {L"ring-count", verb_ring_count},
    {L"version", verb_version},
    {L"notify", verb_notify},
    {L"notify-status", verb_notify_status},
    {L"command-id", verb_command_id},
    {L"status-delay", verb_status_delay},
    {L"status-lingers", verb_status_lingers},
    {L"notifies", verb_notifies},
    {L"dde-server", verb_dde_server},
    {L"dde-ansi", verb_dde_ansi},
    {L"history-burst", verb_history_burst},
    {L"history-waits", verb_history_waits},
    {L"disk-full", verb_disk_full},
    {L"directory", verb_directory},
    {L"directory-answer", verb_directory_answer},
    {L"contacts", verb_contacts},
    {L"lamps", verb_lamps},
    {L"sync", verb_sync},
};

/* what a build that has expired takes, too: it has a box, but no window of its own */
static bool needs_main_window(const wchar_t *name) {
  static const wchar_t *const others[] = {L"modal", L"modal-close", L"crash", L"version"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    if (wcscmp(others[i], name) == 0) return false;
  }
  return true;
}

char *control_request(char *line) {
  struct request *request = calloc(1, sizeof *request);
  request->reply = malloc(16);
  strcpy(request->reply, "ok");
  for (char *field = line; field && request->count < FIELDS;) {
    char *next = strchr(field, '\t');
    if (next) *next++ = 0;
    percent_decode(field);
    from_utf8(request->field[request->count++], TEXT_SIZE, field);
    field = next;
  }
  bool known = false;
  bool needs = needs_main_window(request->field[0]);
  for (int tries = 0; needs && !main_window && tries < 1000; tries++) Sleep(10);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (wcscmp(verbs[i].name, request->field[0]) != 0) continue;
    known = true;
    if (needs && !main_window) fail(request, L"starting");
    else verbs[i].run(request);
    break;
  }
  if (!known) fail(request, L"unknown verb");
  char *reply = request->reply;
  free(request);
  return reply;
}
