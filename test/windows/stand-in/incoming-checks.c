/* What MicroSIP decides on the worker before an incoming call may ring: docs/microsip/interface.md#4 (keys) and #3
 * (table "Incoming, DND / denyIncoming / call limit / same caller already in a call"). */
#include "stand-in.h"

static bool same_party_in_call(const struct call *call) {
  bool found = false;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    const struct call *other = slots[i];
    if (!other || other == call) continue;
    if (_wcsicmp(other->remote.user, call->remote.user) == 0 && _wcsicmp(other->remote.domain, call->remote.domain) == 0) found = true;
  }
  LeaveCriticalSection(&table_lock);
  return found;
}

static int calls_in_use(void) {
  int count = 0;
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) count += slots[i] != NULL;
  LeaveCriticalSection(&table_lock);
  return count;
}

static bool denied(const struct call *call) {
  const wchar_t *rule = settings.denyIncoming;
  if (wcscmp(rule, L"all") == 0) return true;
  if (wcscmp(rule, L"user") == 0) return wcscmp(call->to, account.username) != 0;
  if (wcscmp(rule, L"remotedomain") == 0) return _wcsicmp(call->remote.domain, account.domain) != 0;
  return false;
}

bool incoming_refused(struct call *call, const wchar_t **reason) {
  bool newer = SINCE(3, 22, 16);
  if (same_party_in_call(call)) {
    *reason = newer ? L"Already in call with this contact" : L"Call already exists";
    call->no_history = true;
  } else if ((!settings.callWaiting && calls_in_use() > 1) || (settings.maxConcurrentCalls > 0 && calls_in_use() > settings.maxConcurrentCalls)) {
    *reason = newer ? L"Maximum concurrent calls reached" : L"Active calls limit";
  } else if (settings.DND && wcscmp(settings.denyIncoming, L"button") == 0) {
    *reason = L"Do Not Disturb";
  } else if (denied(call)) {
    *reason = newer ? L"Incoming calls blocked by user" : L"Denied";
  } else {
    return false;
  }
  return true;
}

/* decides on automatic answer and forwarding; -1: no, else after so many milliseconds */
void incoming_plan(struct call *call) {
  bool answer = wcscmp(settings.autoAnswer, L"all") == 0 || (settings.AA && wcscmp(settings.autoAnswer, L"button") == 0);
  bool forward = settings.forwardingNumber[0] && (wcscmp(settings.forwarding, L"all") == 0 || (settings.FWD && wcscmp(settings.forwarding, L"button") == 0));
  if (answer && !settings.autoAnswerCalls[0] && calls_in_use() > 1) answer = false;
  call->answer_timer_ms = answer ? settings.autoAnswerDelay * 1000 : -1;
  call->forward_timer_ms = forward ? settings.forwardingDelay * 1000 : -1;
}
