/* What the far end does; runs on the SIP worker with sip_lock held. */
#include "stand-in.h"
#include "sip-trace.h"

volatile LONG transfer_result = 200; /* code of the NOTIFY after a REFER; 0: none comes */

void peer_invite(struct job *job) {
  struct call *call = job->call;
  const wchar_t *reason = NULL;
  if (call->slot < 0) {
    trace_invite_refused_no_slot(call);
    return;
  }
  if (!pj_running) {
    call_set_state(call, CALL_DISCONNECTED, 503, L"Service Unavailable");
    return;
  }
  trace_invite_received(call);
  identity_of_incoming(call);
  EnterCriticalSection(&table_lock);
  call->state = CALL_INCOMING;
  LeaveCriticalSection(&table_lock);
  /* before every check, with the locks held: everybody else who needs them waits */
  hook_run(HOOK_INCOMING, &call->remote);
  if (incoming_refused(call, &reason)) {
    sip_refuse(call, 486, reason);
    return;
  }
  incoming_plan(call);
  PostMessageW(main_window, UM_INCOMING, 0, (LPARAM)call);
}

void peer_trying(struct job *job) {
  if (job->call->state == CALL_CALLING) trace_trying_received(job->call);
}

/* Since 3.22.16 a P-Asserted-Identity in an answer to our INVITE replaces who we think we called
 * (docs/microsip/3.22.16.md#2), so later hooks and windows name somebody else. */
static void take_asserted_identity(struct call *call, const wchar_t *pai) {
  EnterCriticalSection(&table_lock);
  copy(call->pai, TEXT_SIZE, pai);
  if (SINCE(3, 22, 16) && wcschr(pai, L'@')) identity_parse_asserted(pai, &call->remote);
  LeaveCriticalSection(&table_lock);
}

void peer_provisional(struct job *job) {
  struct call *call = job->call;
  if (call->state != CALL_CALLING && call->state != CALL_EARLY) return;
  call->contact_known = true;
  take_asserted_identity(call, job->pai);
  trace_response_received(call, job->code, job->text);
  call_set_state(call, CALL_EARLY, job->code, job->text);
}

void peer_answer(struct job *job) {
  struct call *call = job->call;
  if (call->state != CALL_CALLING && call->state != CALL_EARLY) return;
  call->contact_known = true;
  call->answered = true;
  take_asserted_identity(call, job->pai);
  trace_response_received(call, 200, L"OK");
  call_set_state(call, CALL_CONNECTING, 200, L"OK");
  call->media_active = true;
  PostMessageW(main_window, UM_MEDIA, 0, (LPARAM)call);
  call_set_state(call, CALL_CONFIRMED, 200, L"OK");
  recorder_confirmed(call);
}

void peer_fail(struct job *job) {
  struct call *call = job->call;
  if (call->state == CALL_DISCONNECTED) return;
  trace_response_received(call, job->code, job->text);
  call_set_state(call, CALL_DISCONNECTED, job->code, job->text);
}

void peer_hang_up(struct job *job) {
  struct call *call = job->call;
  if (call->state == CALL_DISCONNECTED) return;
  if (call->state >= CALL_CONNECTING) {
    trace_bye_received(call);
    call_set_state(call, CALL_DISCONNECTED, 200, L"OK");
  } else {
    const wchar_t *reason = job->flag ? L"Call completed elsewhere" : job->text;
    trace_cancel_received(call, job->flag ? 200 : 487, reason);
    call_set_state(call, CALL_DISCONNECTED, 487, reason[0] ? reason : sip_reason(487));
  }
}

void peer_hold(struct job *job) {
  struct call *call = job->call;
  if (call->state != CALL_CONFIRMED) return;
  EnterCriticalSection(&table_lock);
  call->remote_hold = job->flag;
  call->media_active = !call->remote_hold && !call->local_hold;
  LeaveCriticalSection(&table_lock);
  trace_hold_received(call, job->flag);
  PostMessageW(main_window, UM_MEDIA, 0, (LPARAM)call);
}

void peer_ack(struct job *job) {
  struct call *call = job->call;
  if (call->state != CALL_CONNECTING) return;
  trace_ack_received(call);
  call_set_state(call, CALL_CONFIRMED, 200, L"OK");
  recorder_confirmed(call);
}

void peer_hold_accepted(struct job *job) {
  struct call *call = job->call;
  ULONGLONG now = GetTickCount64();
  if (call->state != CALL_CONFIRMED) return;
  EnterCriticalSection(&table_lock);
  if (job->flag && !call->local_hold) call->hold_since = now;
  if (!job->flag && call->local_hold) call->hold_total += now - call->hold_since;
  call->local_hold = job->flag;
  call->media_active = !call->remote_hold && !call->local_hold;
  LeaveCriticalSection(&table_lock);
  trace_hold_answered(call, job->flag);
  PostMessageW(main_window, UM_MEDIA, 0, (LPARAM)call);
}

void peer_bye_accepted(struct job *job) {
  if (job->flag) trace_cancel_answered(job->call);
  else trace_bye_answered(job->call);
}

void peer_transfer_progress(struct job *job) {
  int code = (int)transfer_result;
  if (job->call->state == CALL_DISCONNECTED || code == 0) return;
  trace_refer_progress(job->call, code, sip_reason(code));
  PostMessageW(main_window, UM_TRANSFER_STATUS, (WPARAM)code, (LPARAM)job->call);
}
