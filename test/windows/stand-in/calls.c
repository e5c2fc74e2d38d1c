/* The call table, and what the phone's own side does to calls. State changes are posted to the UI,
 * which learns of them in order but later, as in the real program. */
#include "stand-in.h"
#include "sip-trace.h"
#include <stdlib.h>

CRITICAL_SECTION sip_lock, table_lock;
struct call *slots[MAX_SLOTS];
int slot_count = 4;
static int next_slot;
static unsigned next_serial = 1;

void calls_init(void) {
  wchar_t value[16];
  InitializeCriticalSection(&sip_lock);
  InitializeCriticalSection(&table_lock);
  if (GetEnvironmentVariableW(L"STANDIN_MAX_CALLS", value, 16)) slot_count = _wtoi(value);
  if (slot_count < 1 || slot_count > MAX_SLOTS) slot_count = 4;
}

const char *call_state_name(enum call_state state) {
  static const char *const names[] = {"NULL", "CALLING", "INCOMING", "EARLY", "CONNECTING", "CONFIRMED", "DISCONNECTED"};
  return names[state];
}

/* Calls are never freed: slots are re-used, the memory is not. A call without slot has slot -1. */
struct call *call_create(bool outgoing) {
  struct call *call = calloc(1, sizeof *call);
  call->outgoing = outgoing;
  call->slot = -1;
  call->history_row = -1;
  call->created_at = GetTickCount64();
  trace_call_created(call);
  EnterCriticalSection(&table_lock);
  call->serial = next_serial++;
  for (int i = 0; i < slot_count; i++) {
    int slot = (next_slot + i) % slot_count;
    if (slots[slot]) continue;
    slots[slot] = call;
    call->slot = slot;
    next_slot = (slot + 1) % slot_count;
    break;
  }
  LeaveCriticalSection(&table_lock);
  return call;
}

void call_set_state(struct call *call, enum call_state state, int code, const wchar_t *reason) {
  EnterCriticalSection(&table_lock);
  if (call->state == CALL_DISCONNECTED) {
    LeaveCriticalSection(&table_lock);
    return;
  }
  call->state = state;
  call->code = code;
  copy(call->reason, 256, reason);
  if (state == CALL_CONFIRMED && !call->confirmed_at) call->confirmed_at = GetTickCount64();
  if (state == CALL_DISCONNECTED) {
    call->ended_at = GetTickCount64();
    call->media_active = false;
    if (call->slot >= 0 && slots[call->slot] == call) slots[call->slot] = NULL;
  }
  LeaveCriticalSection(&table_lock);
  /* a call that ends with 481 is dropped before it reaches the UI (docs/microsip/interface.md#3) */
  if (state == CALL_DISCONNECTED && code == 481) return;
  struct call_event *event = calloc(1, sizeof *event);
  event->call = call;
  event->state = state;
  event->code = code;
  copy(event->reason, 256, reason);
  PostMessageW(main_window, UM_CALL_STATE, 0, (LPARAM)event);
}

bool call_is_ringing_in(const struct call *call) {
  return !call->outgoing && (call->state == CALL_INCOMING || call->state == CALL_EARLY || call->state == CALL_NULL);
}

int calls_not_ringing_in(const struct call *except) {
  int count = 0;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    if (slots[i] && slots[i] != except && !call_is_ringing_in(slots[i])) count++;
  }
  LeaveCriticalSection(&table_lock);
  return count;
}

int calls_confirmed(void) {
  int count = 0;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    if (slots[i] && slots[i]->state == CALL_CONFIRMED) count++;
  }
  LeaveCriticalSection(&table_lock);
  return count;
}

struct call *call_newest(bool (*fits)(const struct call *)) {
  struct call *newest = NULL;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    if (slots[i] && fits(slots[i]) && (!newest || slots[i]->serial > newest->serial)) newest = slots[i];
  }
  LeaveCriticalSection(&table_lock);
  return newest;
}

struct call *sip_dial(const wchar_t *uri, const wchar_t *dialled) {
  EnterCriticalSection(&sip_lock);
  struct call *call = call_create(true);
  if (call->slot < 0) {
    LeaveCriticalSection(&sip_lock);
    return NULL;
  }
  copy(call->dialled, TEXT_SIZE, dialled);
  copy(call->remote_info, TEXT_SIZE, uri);
  copy(call->from_header, TEXT_SIZE, uri);
  identity_parse(uri, &call->from);
  call->remote = call->from;
  call->offered = true;
  record_call_action(L"dial", call, uri);
  trace_invite_sent(call);
  call_set_state(call, CALL_CALLING, 0, L"");
  job_queue(job_new(peer_trying, call), 1);
  LeaveCriticalSection(&sip_lock);
  return call;
}

/* an INVITE on its way to us is no call yet */
static bool is_gone_or_to_come(const struct call *call) {
  return call->state == CALL_DISCONNECTED || call->state == CALL_NULL;
}

void sip_answer(struct call *call, int code) {
  EnterCriticalSection(&sip_lock);
  if (is_gone_or_to_come(call) || call->outgoing || call->state >= CALL_CONNECTING) {
    LeaveCriticalSection(&sip_lock);
    return;
  }
  trace_answer_sent(call, code, sip_reason(code), NULL);
  if (code < 200) {
    call_set_state(call, CALL_EARLY, code, sip_reason(code));
  } else {
    record_call_action(L"answer", call, L"");
    call->answered = true;
    call->media_active = true;
    PostMessageW(main_window, UM_MEDIA, 0, (LPARAM)call);
    call_set_state(call, CALL_CONNECTING, code, sip_reason(code));
    job_queue(job_new(peer_ack, call), 4);
  }
  LeaveCriticalSection(&sip_lock);
}

/* a final answer other than 2xx to a call that rings in; one pass, unlike sip_hang_up */
void sip_refuse(struct call *call, int code, const wchar_t *reason) {
  wchar_t detail[300], header[300] = L"";
  EnterCriticalSection(&sip_lock);
  if (!is_gone_or_to_come(call)) {
    const wchar_t *phrase = reason;
    if (SINCE(3, 22, 16) && code == 486 && wcscmp(reason, sip_reason(486)) != 0) {
      /* docs/microsip/3.22.16.md#10: plain phrase plus Reason header */
      format(header, 300, L"Reason: SIP ;cause=486 ;text=\"%ls\"", reason);
      phrase = sip_reason(486);
    }
    format(detail, 300, L"%d %ls", code, reason);
    record_call_action(L"refuse", call, detail);
    trace_answer_sent(call, code, phrase, header[0] ? header : NULL);
    call_set_state(call, CALL_DISCONNECTED, code, phrase);
  }
  LeaveCriticalSection(&sip_lock);
}

/* code 0: BYE 200, CANCEL 487 or 603, by the state (docs/microsip/interface.md#8) */
void sip_hang_up(struct call *call, int code) {
  wchar_t detail[16];
  EnterCriticalSection(&sip_lock);
  if (is_gone_or_to_come(call)) {
    LeaveCriticalSection(&sip_lock);
    return;
  }
  if (code == 0) {
    if (call->state >= CALL_CONNECTING) code = 200;
    else code = call->outgoing ? 487 : 603;
  }
  format(detail, 16, L"%d", code);
  record_call_action(L"hangup", call, detail);
  call->leaving = true;
  if (call->state >= CALL_CONNECTING) {
    trace_bye_sent(call);
    job_queue(job_new(peer_bye_accepted, call), 4);
  } else if (call->outgoing) {
    trace_cancel_sent(call);
    struct job *job = job_new(peer_bye_accepted, call);
    job->flag = 1;
    job_queue(job, 4);
  } else {
    trace_answer_sent(call, code, sip_reason(code), NULL);
  }
  call_set_state(call, CALL_DISCONNECTED, code, sip_reason(code));
  LeaveCriticalSection(&sip_lock);
}

void sip_hold(struct call *call, bool on) {
  EnterCriticalSection(&sip_lock);
  if (call->state == CALL_CONFIRMED) {
    record_call_action(on ? L"hold" : L"resume", call, L"");
    trace_hold_sent(call, on);
    struct job *job = job_new(peer_hold_accepted, call);
    job->flag = on;
    job_queue(job, 10);
  }
  LeaveCriticalSection(&sip_lock);
}

/* a build sends it by itself when a call has connected: a new INVITE with the same session */
void sip_update_contact(struct call *call) {
  EnterCriticalSection(&sip_lock);
  if (call->state == CALL_CONFIRMED && !call->local_hold) {
    trace_hold_sent(call, false);
    job_queue(job_new(peer_hold_accepted, call), 10);
  }
  LeaveCriticalSection(&sip_lock);
}

void sip_transfer(struct call *call, const wchar_t *target) {
  EnterCriticalSection(&sip_lock);
  record_call_action(L"transfer", call, target);
  trace_refer_sent(call, target);
  job_queue(job_new(peer_transfer_progress, call), 10);
  LeaveCriticalSection(&sip_lock);
}

void sip_dtmf(struct call *call, const wchar_t *digits) {
  EnterCriticalSection(&sip_lock);
  record_call_action(L"dtmf", call, digits);
  trace_dtmf_sent(call, digits);
  LeaveCriticalSection(&sip_lock);
}

void sip_message(const wchar_t *uri, const wchar_t *text) {
  EnterCriticalSection(&sip_lock);
  trace_message_sent(uri, text);
  LeaveCriticalSection(&sip_lock);
}
