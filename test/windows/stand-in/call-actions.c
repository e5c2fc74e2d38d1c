/* What commands, buttons and menus do to calls: docs/microsip/interface.md#2.3, #2.4, #2.7 and #8,
 * docs/microsip/3.22.16.md#7. */
#include "stand-in.h"

/* copies the slots, since ending a call empties one */
static int each_call(struct call **to) {
  int count = 0;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    if (slots[i]) to[count++] = slots[i];
  }
  LeaveCriticalSection(&table_lock);
  return count;
}

/* The lowest slot that rings in, ignored ring windows included; the answer itself is posted. */
void act_answer_first(void) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) {
    if (call_is_ringing_in(calls[i]) && calls[i]->state != CALL_NULL) {
      PostMessageW(main_window, UM_ANSWER_SLOT, (WPARAM)calls[i]->slot, 0);
      return;
    }
  }
  record_action(L"dropped", L"answer without a ringing call", L"");
}

void act_answer(struct call *call, bool automatic) {
  if (!call_is_ringing_in(call)) return;
  if (settings.singleMode) {
    struct call *calls[MAX_SLOTS];
    int count = each_call(calls);
    for (int i = 0; i < count; i++) {
      if (calls[i] != call && !call_is_ringing_in(calls[i])) act_hang_up_fast(calls[i], 0);
    }
  }
  sip_answer(call, 200);
  if (!automatic || settings.bringToFrontOnIncoming) main_activate();
}

void act_decline(struct call *call) {
  if (!call_is_ringing_in(call)) return;
  call->declined = true;
  if (SINCE(3, 19, 0)) sip_refuse(call, 486, sip_reason(486));
  else sip_refuse(call, 603, sip_reason(603));
}

/* F4 in a window of ours while a call rings in: 603, since 3.22.16 by way of a hang-up (docs/microsip/3.22.16.md#2) */
void act_f4(struct call *call) {
  if (!call_is_ringing_in(call)) return;
  call->declined = true;
  if (SINCE(3, 22, 16)) act_hang_up_fast(call, 603);
  else sip_refuse(call, 603, sip_reason(603));
}

/* The local end in two passes: here with the state before, later the posted DISCONNECTED. */
void act_hang_up_fast(struct call *call, int code) {
  enum call_state before = call->state;
  if (before == CALL_DISCONNECTED || before == CALL_NULL) return;
  if (!SINCE(3, 22, 16)) call->remote = call->from; /* a P-Asserted-Identity is lost on this way */
  sip_hang_up(call, code);
  if (SINCE(3, 20, 0)) ui_call_ended(call, before, 0, L"");
}

void act_hang_up_all(void) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) {
    if (!call_is_ringing_in(calls[i])) act_hang_up_fast(calls[i], 0);
  }
}

void act_hang_up_incoming(void) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) {
    if (call_is_ringing_in(calls[i])) act_hang_up_fast(calls[i], 603);
  }
}

void act_hang_up_calling(void) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) {
    if (calls[i]->outgoing && calls[i]->state < CALL_CONFIRMED) act_hang_up_fast(calls[i], 0);
  }
}

/* the End button of the messages window, which ends a whole conference; or the menu command that ends one alone */
void act_hang_up_selected(bool alone) {
  struct call *calls[MAX_SLOTS];
  struct call *call = tab_selected_call();
  if (!call) return;
  if (call_is_ringing_in(call)) call->declined = true;
  bool all = call->in_conference && !alone;
  int count = all ? each_call(calls) : 0;
  for (int i = 0; i < count; i++) {
    if (calls[i] != call && calls[i]->in_conference) act_hang_up_fast(calls[i], 0);
  }
  act_hang_up_fast(call, 0);
}

/* Every other call joins the selected one and is resumed; the trap: also one that still rings, in or out --
 * docs/microsip/further.md#B.1. The selected one stays on hold when it is. */
void act_merge_all(void) {
  struct call *calls[MAX_SLOTS];
  struct call *selected = tab_selected_call();
  int count = each_call(calls);
  if (!selected || selected->state == CALL_DISCONNECTED) {
    record_action(L"dropped", L"merge without a call", L"");
    return;
  }
  for (int i = 0; i < count; i++) {
    if (calls[i]->state == CALL_NULL || calls[i]->state == CALL_DISCONNECTED) continue;
    calls[i]->in_conference = true;
    if (calls[i] != selected && calls[i]->local_hold) sip_hold(calls[i], false);
  }
  record_action(L"merge", L"", L"");
}

/* the selected call leaves the conference; one that is left alone is none any more */
void act_separate(void) {
  struct call *calls[MAX_SLOTS];
  struct call *selected = tab_selected_call();
  struct call *last = NULL;
  int members = 0, count = each_call(calls);
  if (!selected || !selected->in_conference) {
    record_action(L"dropped", L"separate without a conference", L"");
    return;
  }
  selected->in_conference = false;
  for (int i = 0; i < count; i++) {
    if (!calls[i]->in_conference) continue;
    members++;
    last = calls[i];
  }
  if (members == 1) last->in_conference = false;
  record_call_action(L"separate", selected, L"");
}

void act_separate_all(void) {
  struct call *calls[MAX_SLOTS];
  struct call *selected = tab_selected_call();
  int count = each_call(calls);
  for (int i = 0; i < count; i++) calls[i]->in_conference = false;
  if (selected && !selected->local_hold) sip_hold(selected, true);
  record_action(L"separate-all", L"", L"");
}

void act_hang_up_everything(void) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) act_hang_up_fast(calls[i], 0);
}

/* those that are not in its conference */
void act_hold_others(struct call *except) {
  struct call *calls[MAX_SLOTS];
  int count = each_call(calls);
  for (int i = 0; i < count; i++) {
    if (except && except->in_conference && calls[i]->in_conference) continue;
    if (calls[i] != except && calls[i]->state == CALL_CONFIRMED && !calls[i]->local_hold) sip_hold(calls[i], true);
  }
}

void act_hold_toggle(void) {
  struct call *call = tab_selected_call();
  if (!call || call->state != CALL_CONFIRMED) {
    record_action(L"dropped", L"hold without a confirmed call", L"");
    return;
  }
  if (call->local_hold) {
    if (settings.singleMode || !settings.AC) act_hold_others(call);
    sip_hold(call, false);
  } else {
    sip_hold(call, true);
  }
}

void act_transfer(const wchar_t *target) {
  struct call *call = tab_selected_call();
  wchar_t digits[TEXT_SIZE], uri[TEXT_SIZE];
  struct identity party;
  if (!call || call->state < CALL_EARLY || call->state > CALL_CONFIRMED) {
    record_action(L"dropped", L"transfer without a call", target);
    return;
  }
  if (call->in_conference) {
    record_action(L"dropped", L"transfer in a conference", target);
    return;
  }
  if (!dial_transfer_target(target, uri)) {
    record_action(L"dropped", L"transfer to an invalid number", target);
    return;
  }
  identity_parse(uri, &party);
  if (SINCE(3, 22, 16) && wcscmp(party.user, call->remote.user) == 0) {
    record_action(L"dropped", L"transfer to the current peer", target);
    return;
  }
  if (settings.enableFeatureCodeBT) {
    format(digits, TEXT_SIZE, L"%ls%ls", settings.featureCodeBT, party.user);
    act_dtmf(call, digits);
    return;
  }
  sip_transfer(call, wcscmp(party.domain, default_domain()) == 0 ? party.user : uri + 4);
}

/* false: nothing was sent */
/* the RFC 2833 queue takes fewer than 32 digits, those not yet played included, or nothing --
 * docs/microsip/corrections.md#7 */
static bool queue_takes(struct call *call, size_t digits) {
  enum { DIGIT_TIME = 210, TAKEN = 32 };
  ULONGLONG now = GetTickCount64();
  if (call->digits_until < now) call->digits_until = now;
  if ((call->digits_until - now + DIGIT_TIME - 1) / DIGIT_TIME + digits >= TAKEN) return false;
  call->digits_until += digits * DIGIT_TIME;
  return true;
}

bool act_dtmf(struct call *call, const wchar_t *digits) {
  wchar_t sent[TEXT_SIZE];
  if (!call || call->state != CALL_CONFIRMED || !call->media_active) {
    record_action(L"dropped", L"dtmf without active media", digits);
    return false;
  }
  copy(sent, TEXT_SIZE, digits);
  bool in_band = settings.DTMFMethod == 1;
  if (settings.DTMFMethod == 0 || settings.DTMFMethod == 2) {
    bool taken = queue_takes(call, wcslen(sent));
    if (!taken && settings.DTMFMethod == 2) {
      record_action(L"dropped", L"dtmf beyond the queue", digits);
      return false;
    }
    in_band = !taken;
  }
  if (in_band && wcslen(sent) > 16) {
    record_action(L"dropped", L"dtmf beyond 16 digits", sent + 16);
    sent[16] = 0;
  }
  sip_dtmf(call, sent);
  return true;
}

/* an instant message: no call, no window, the result is not looked at */
void act_message(const wchar_t *number, const wchar_t *text) {
  wchar_t uri[TEXT_SIZE];
  dial_build_uri(number, uri);
  if (!sip_uri_valid(uri)) {
    record_action(L"dropped", L"message to an invalid number", number);
    return;
  }
  record_action(L"message", number, text);
  sip_message(uri, text);
}
