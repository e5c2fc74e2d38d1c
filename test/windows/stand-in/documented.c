/* A program that speaks the documented interface in place of MicroSIP's own language: WM_COPYDATA whose dwData is the
 * command and whose lpData is UTF-8 with its NUL, and notifications by window message. One line, no queue: everything
 * happens within the sender's SendMessage. Nothing in MicroSIP does this; the README tells what was made up. */
#include "control.h"
#include <stdlib.h>

enum { STATUS_IDLE, STATUS_RINGING, STATUS_ACTIVE, STATUS_HOLD, STATUS_DISCONNECTED };
enum { NO_CALL = 0, NUMBER_UNKNOWN = 1, NOT_READY = -1 };

bool documented;
static volatile LONG status_delay;
static volatile LONG notifying = 1;
/* how long a call that is over is still told of as disconnected */
static volatile LONG lingering_ms;
static ULONGLONG ended_at;

static struct call *line_call(void) {
  struct call *call = call_newest(call_is_up);
  return call ? call : call_newest(call_exists);
}

static struct call *ringing_call(void) {
  struct call *call = call_newest(call_is_ringing_in);
  return call && call->state != CALL_NULL ? call : NULL;
}

static LRESULT dial(const wchar_t *number) {
  if (!number[0] || line_call()) return 0;
  dial_number(number);
  return calls_not_ringing_in(NULL) > 0;
}

static LRESULT hang_up(const wchar_t *unused) {
  (void)unused;
  if (calls_not_ringing_in(NULL) == 0) return 0;
  act_hang_up_all();
  return 1;
}

static LRESULT answer(const wchar_t *unused) {
  (void)unused;
  struct call *call = ringing_call();
  if (!call) return 0;
  act_answer(call, false);
  return 1;
}

static LRESULT reject(const wchar_t *unused) {
  (void)unused;
  struct call *call = ringing_call();
  if (!call) return 0;
  act_decline(call);
  return 1;
}

static LRESULT status(const wchar_t *unused) {
  (void)unused;
  if (status_delay) Sleep((DWORD)status_delay);
  if (!pj_running) return NOT_READY;
  const struct call *call = line_call();
  if (!call) return ended_at && GetTickCount64() - ended_at < (ULONGLONG)lingering_ms ? STATUS_DISCONNECTED : STATUS_IDLE;
  if (call->state == CALL_NULL) return STATUS_IDLE;
  if (call->state < CALL_CONFIRMED) return STATUS_RINGING;
  return call->local_hold ? STATUS_HOLD : STATUS_ACTIVE;
}

/* an LRESULT has no place for a plus or for leading zeros, and none for letters */
static LRESULT active_call(const wchar_t *unused) {
  (void)unused;
  const struct call *call = line_call();
  if (!call || call->state == CALL_NULL) return NO_CALL;
  const wchar_t *user = call->remote.user + (call->remote.user[0] == L'+');
  if (!user[0] || wcslen(user) > 15 || user[wcsspn(user, L"0123456789")]) return NUMBER_UNKNOWN;
  return (LRESULT)_wtoi64(user);
}

static LRESULT dtmf(const wchar_t *digits) {
  return digits[0] && act_dtmf(line_call(), digits);
}

static LRESULT hold(const wchar_t *unused) {
  (void)unused;
  if (calls_confirmed() == 0) return 0;
  act_hold_toggle();
  return 1;
}

static LRESULT transfer(const wchar_t *target) {
  if (!target[0] || calls_confirmed() == 0) return 0;
  act_transfer(target);
  return 1;
}

static LRESULT mute(const wchar_t *unused) {
  (void)unused;
  dialer_mute(false, -1);
  return 1;
}

static LRESULT volume(const wchar_t *level) {
  if (!level[0] || wcslen(level) > 3 || level[wcsspn(level, L"0123456789")] || _wtoi(level) > 100) return 0;
  dialer_volume(true, _wtoi(level) - settings.volumeOutput);
  return 1;
}

static LRESULT close_program(const wchar_t *unused) {
  (void)unused;
  PostMessageW(main_window, WM_CLOSE, 0, 0);
  return 1;
}

static struct {
  const wchar_t *name;
  ULONG_PTR id;
  LRESULT (*run)(const wchar_t *parameters);
} commands[] = {
    {L"dial", 1, dial}, {L"hangup", 2, hang_up}, {L"answer", 3, answer}, {L"status", 4, status},
    {L"activecall", 5, active_call}, {L"dtmf", 6, dtmf}, {L"hold", 7, hold}, {L"transfer", 8, transfer},
    {L"mute", 9, mute}, {L"reject", 10, reject}, {L"volume", 11, volume}, {L"close", 12, close_program},
};
#define COMMANDS (sizeof commands / sizeof *commands)

LRESULT documented_run(const wchar_t *name, const wchar_t *parameter) {
  for (size_t i = 0; i < COMMANDS; i++) {
    if (wcscmp(commands[i].name, name) == 0) return pj_running || commands[i].run == status ? commands[i].run(parameter) : 0;
  }
  return 0;
}

LRESULT documented_command(const COPYDATASTRUCT *data) {
  wchar_t parameters[TEXT_SIZE];
  const char *bytes = data->lpData;
  /* a program that reads up to the NUL would run on behind a text without one */
  if (!bytes || data->cbData == 0 || data->cbData > TEXT_SIZE || memchr(bytes, 0, data->cbData) != bytes + data->cbData - 1) return 0;
  if (!MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, bytes, -1, parameters, TEXT_SIZE)) return 0;
  for (size_t i = 0; i < COMMANDS; i++) {
    if (commands[i].id != data->dwData) continue;
    if (!pj_running && commands[i].run != status) return 0;
    return commands[i].run(parameters);
  }
  return 0;
}

static void tell(const wchar_t *event, const struct call *call) {
  wchar_t text[TEXT_SIZE];
  if (!documented || !notifying) return;
  format(text, TEXT_SIZE, L"%ls %ls", event, call->remote.user);
  notify_text(text);
}

void documented_on_ringing(const struct call *call) {
  tell(L"incoming", call);
}

void documented_on_state(const struct call_event *event) {
  if (event->state == CALL_CONFIRMED) tell(L"connected", event->call);
  if (event->state != CALL_DISCONNECTED) return;
  ended_at = GetTickCount64();
  tell(L"ended", event->call);
}

void documented_on_hold(const struct call *call) {
  if (call->state == CALL_CONFIRMED) tell(call->local_hold ? L"hold" : L"connected", call);
}

void verb_command_id(struct request *r) {
  for (size_t i = 0; i < COMMANDS; i++) {
    if (wcscmp(commands[i].name, r->field[1]) != 0) continue;
    commands[i].id = (ULONG_PTR)_wcstoui64(r->field[2], NULL, 10);
    return;
  }
  fail(r, L"no such command");
}

void verb_status_delay(struct request *r) {
  status_delay = _wtoi(r->field[1]);
}

void verb_status_lingers(struct request *r) {
  lingering_ms = _wtoi(r->field[1]);
}

void verb_notifies(struct request *r) {
  notifying = _wtoi(r->field[1]);
}
