/* What the UI does when a call changes: docs/microsip/interface.md#3, #7.1, #7.4 and #8. */
#include "stand-in.h"

enum { TIMER_TICK = 2, TIMER_DTMF = 100, TIMER_ANSWER = 200, TIMER_FORWARD = 300, TIMER_LIMIT = 400 };

static void with_host(const struct call *call, wchar_t *text) {
  wchar_t host[TEXT_SIZE];
  if (SINCE(3, 22, 16) && settings.singleMode) return;
  if (call->outgoing && !call->contact_known) return;
  format(host, TEXT_SIZE, L" (%ls)", call->remote.domain);
  append(text, TEXT_SIZE, host);
}

static void state_text(const struct call_event *event, wchar_t *text) {
  const struct call *call = event->call;
  text[0] = 0;
  switch (event->state) {
    case CALL_CALLING:
      format(text, TEXT_SIZE, L"%ls %ls ...", tr(L"Calling"), call->remote.user[0] ? call->remote.user : call->remote.domain);
      with_host(call, text);
      break;
    case CALL_EARLY:
      copy(text, TEXT_SIZE, tr(event->reason));
      with_host(call, text);
      break;
    case CALL_CONNECTING: format(text, TEXT_SIZE, L"%ls...", tr(L"Connecting")); break;
    case CALL_CONFIRMED:
      format(text, TEXT_SIZE, L"%ls (%ls; PCMU@8kHz 64kbit/s, unencrypted)", tr(L"Connected"), call->remote.domain);
      break;
    default: break;
  }
}

static void end_text(const struct call *call, enum call_state state, int code, const wchar_t *reason, wchar_t *text) {
  const wchar_t *own = NULL;
  if (state != CALL_DISCONNECTED || code == 200) own = L"Call Ended";
  else if (code == 487 && wcscmp(reason, L"Call completed elsewhere") == 0) own = L"Answered Elsewhere";
  else if (call->declined) own = L"Declined"; /* the 603 of /hangupincoming stays the reason phrase */
  else if (code == 487 && wcscmp(reason, sip_reason(487)) == 0) own = L"Canceled"; /* else the text of the CANCEL's Reason */
  else if (code == 404) own = SINCE(3, 22, 16) ? L"Incorrect dialing or non-existent number." : L"Incorrect dialing or non-existent number";
  else if (code == 488 && SINCE(3, 22, 16)) own = L"Unsupported codecs, encryption methods, or other media parameters.";
  if (own) {
    copy(text, TEXT_SIZE, tr(own));
  } else if (code >= 500 && code < 600) {
    format(text, TEXT_SIZE, SINCE(3, 22, 16) ? L"%ls (%d). %ls" : L"%ls: %d %ls", tr(SINCE(3, 22, 16) ? L"Server error" : L"Server Failure"), code, reason);
  } else {
    copy(text, TEXT_SIZE, tr(reason));
  }
}

static void kill_call_timers(const struct call *call) {
  const UINT_PTR timers[] = {TIMER_DTMF, TIMER_ANSWER, TIMER_FORWARD, TIMER_LIMIT};
  for (int i = 0; i < 4; i++) KillTimer(main_window, timers[i] + (UINT_PTR)call->slot);
}

/* Called once inside a local hang-up with the state before, and once when DISCONNECTED arrives.
 * The hook runs only while the call owns a tab, so at most once. */
void ui_call_ended(struct call *call, enum call_state state, int code, const wchar_t *reason) {
  wchar_t info[TEXT_SIZE], text[TEXT_SIZE];
  int index = tab_of_call(call);
  bool was_selected = index >= 0 && index == tab_selected();
  kill_call_timers(call);
  end_text(call, state, code, reason, info);
  history_ended(call, info);
  recorder_stop(call);
  registration_text(text, TEXT_SIZE);
  status_bar_set(text);
  if (index >= 0) {
    tab_at(index)->call = NULL;
    /* 3.22.16 loses the text of a failed call in multi mode */
    messages_log(index, SINCE(3, 22, 16) && state == CALL_DISCONNECTED && code >= 300 ? L"" : info);
    messages_buttons();
    if (settings.singleMode && was_selected) dialer_clear_number();
  }
  dialer_update();
  if (index < 0) return;
  bool busy = state == CALL_DISCONNECTED && (code == 486 || code == 600 || code == 603);
  hook_run(busy ? HOOK_BUSY : HOOK_END, &call->remote);
  if (SINCE(3, 22, 16) && settings.singleMode) tab_close(index);
}

static void run_state_hooks(struct call *call, enum call_state state) {
  if (state == CALL_CALLING) hook_run(HOOK_OUTGOING, &call->remote);
  if (state != CALL_CONFIRMED) return;
  if (!call->outgoing) {
    hook_run(HOOK_ANSWER, &call->remote);
    if (call->video) hook_run(HOOK_ANSWER_VIDEO, &call->remote);
  }
  hook_run(HOOK_START, &call->remote);
}

static void update_tab(struct call *call, enum call_state state, const wchar_t *text) {
  wchar_t address[TEXT_SIZE];
  const wchar_t *number = call->remote.user[0] ? call->remote.user : call->remote.domain;
  bool to_front = call->outgoing || state == CALL_CONNECTING || state == CALL_CONFIRMED;
  identity_address(&call->remote, address, TEXT_SIZE);
  int index = tab_add(address, call_shown_name(call), number, call->diversion, call, to_front);
  if (text[0]) messages_log(index, text);
  messages_buttons();
  dialer_update();
  if (to_front && !settings.singleMode) messages_show();
}

static void confirmed(struct call *call) {
  SetTimer(main_window, TIMER_TICK, 1000, NULL);
  if (GetEnvironmentVariableW(L"STANDIN_UPDATES_CONTACT", NULL, 0)) sip_update_contact(call);
  if (call->dtmf_queue[0]) SetTimer(main_window, TIMER_DTMF + (UINT_PTR)call->slot, 1000, NULL);
  if (settings.autoHangUpTime > 0) SetTimer(main_window, TIMER_LIMIT + (UINT_PTR)call->slot, (UINT)settings.autoHangUpTime * 1000, NULL);
}

static void disconnected(struct call_event *event) {
  struct call *call = event->call;
  if (!call->outgoing && !call->answered) {
    history_lost(call, wcscmp(event->reason, L"Call completed elsewhere") == 0 ? 3 : 2);
  }
  ui_call_ended(call, event->state, event->code, event->reason);
  ring_destroy(call);
}

void ui_on_call_state(struct call_event *event) {
  struct call *call = event->call;
  wchar_t text[TEXT_SIZE];
  documented_on_state(event);
  if (event->state == CALL_DISCONNECTED) {
    disconnected(event);
    call->shown_state = event->state;
    return;
  }
  call->shown_state = event->state;
  if (!settings.singleMode && (event->state == CALL_CALLING || (event->state == CALL_CONNECTING && !settings.AC))) act_hold_others(call);
  if (event->state == CALL_CONFIRMED) confirmed(call);
  if (event->state == CALL_CONFIRMED && !settings.singleMode && settings.AC && calls_confirmed() > 1) act_merge_all();
  if (event->state >= CALL_CONNECTING && !call->outgoing) {
    KillTimer(main_window, TIMER_ANSWER + (UINT_PTR)call->slot);
    KillTimer(main_window, TIMER_FORWARD + (UINT_PTR)call->slot);
  }
  state_text(event, text);
  run_state_hooks(call, event->state);
  if (event->state == CALL_CONFIRMED) ui_call_tick();
  else if (text[0]) status_bar_set(text);
  if (call->state != CALL_DISCONNECTED) update_tab(call, event->state, text);
  if (call->outgoing || event->state >= CALL_EARLY) history_seen(call, call->outgoing ? 0 : 1);
  if (event->state >= CALL_CONNECTING) ring_destroy(call);
}

/* 180, then the ring hook, then the window and the tab, which wait in the queue meanwhile */
void ui_on_incoming(struct call *call) {
  if (call->state == CALL_DISCONNECTED || !pj_running) return;
  if (call->forward_timer_ms == 0) {
    sip_refuse(call, 302, L"Moved Temporarily");
    return;
  }
  call->offered = true;
  if (call->answer_timer_ms == 0) {
    act_answer(call, true);
    return;
  }
  sip_answer(call, 180);
  documented_on_ringing(call);
  PostMessageW(main_window, UM_RING_WINDOW, 0, (LPARAM)call);
  hook_run(HOOK_RING, &call->remote);
  if (call->answer_timer_ms > 0) SetTimer(main_window, TIMER_ANSWER + (UINT_PTR)call->slot, (UINT)call->answer_timer_ms, NULL);
  if (call->forward_timer_ms > 0) SetTimer(main_window, TIMER_FORWARD + (UINT_PTR)call->slot, (UINT)call->forward_timer_ms, NULL);
}

void ui_on_media(struct call *call) {
  int index = tab_of_call(call);
  const wchar_t *text = L"Call is Active";
  if (call->state == CALL_DISCONNECTED) return;
  if (call->local_hold) text = call->remote_hold ? L"Call on Hold" : L"Call on Local Hold";
  else if (call->remote_hold) text = L"Call on Remote Hold";
  if (call->state == CALL_CONFIRMED) messages_log(index, tr(text));
  documented_on_hold(call);
  messages_buttons();
  dialer_update();
  settings_save_later(); /* media becoming active refreshes the volumes, which arms the save */
}

void ui_on_transfer_status(struct call *call, int code) {
  wchar_t text[TEXT_SIZE];
  if (call->state == CALL_DISCONNECTED) return;
  format(text, TEXT_SIZE, L"Call Transfer: %d %ls", code, sip_reason(code));
  messages_log(tab_of_call(call), text);
  if (code >= 200 && code < 300) act_hang_up_fast(call, 0);
}

/* each second while a call is connected */
void ui_call_tick(void) {
  wchar_t text[TEXT_SIZE], first[64], second[64];
  struct call *only = NULL;
  int count = 0;
  ULONGLONG now = GetTickCount64();
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    if (!slots[i] || slots[i]->state != CALL_CONFIRMED) continue;
    only = slots[i];
    count++;
  }
  LeaveCriticalSection(&table_lock);
  if (count == 0) {
    KillTimer(main_window, TIMER_TICK);
    return;
  }
  if (count > 1) {
    format(text, TEXT_SIZE, L"%ls (%d)", tr(L"Connected"), count);
  } else {
    time_text(second, 64, (long long)(now - only->confirmed_at) / 1000);
    if (only->local_hold) {
      time_text(first, 64, (long long)(now - only->hold_since) / 1000);
      format(text, TEXT_SIZE, L"%ls %ls / %ls", tr(L"Hold"), first, second);
    } else {
      format(text, TEXT_SIZE, L"%ls %ls", tr(L"Connected"), second);
    }
  }
  status_bar_set(text);
}

/* the DTMF tail of the dialled text: one piece up to the next comma each time */
static void dtmf_step(struct call *call, UINT_PTR timer) {
  wchar_t piece[TEXT_SIZE];
  KillTimer(main_window, timer);
  if (call->state != CALL_CONFIRMED) return;
  size_t length = wcscspn(call->dtmf_queue, L",");
  copy(piece, TEXT_SIZE, call->dtmf_queue);
  piece[length] = 0;
  const wchar_t *rest = call->dtmf_queue + length;
  if (*rest) rest++;
  memmove(call->dtmf_queue, rest, (wcslen(rest) + 1) * sizeof *rest);
  if (piece[0]) act_dtmf(call, piece);
  if (call->dtmf_queue[0]) SetTimer(main_window, timer, 1000 + 200 * (UINT)length, NULL);
}

void ui_call_timer(UINT_PTR id) {
  if (id == TIMER_TICK) {
    ui_call_tick();
    return;
  }
  struct call *call = slots[id % 100 < (UINT_PTR)slot_count ? id % 100 : 0];
  if (!call) {
    KillTimer(main_window, id);
    return;
  }
  switch (id / 100 * 100) {
    case TIMER_DTMF: dtmf_step(call, id); break;
    case TIMER_ANSWER:
      KillTimer(main_window, id);
      act_answer(call, true);
      break;
    case TIMER_FORWARD:
      KillTimer(main_window, id);
      if (call_is_ringing_in(call)) sip_refuse(call, 302, L"Moved Temporarily");
      break;
    case TIMER_LIMIT:
      KillTimer(main_window, id);
      log_line("mainDlg.cpp", 0, "Duration (%d seconds) has been exceeded for call %d, disconnecting the call", settings.autoHangUpTime, call->slot);
      act_hang_up_fast(call, 0);
      break;
    default: break;
  }
}
