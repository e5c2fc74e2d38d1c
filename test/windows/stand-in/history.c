/* The call history: a ring of entries in the ini's [Calls] up to 3.22.4 (docs/microsip/interface.md#6), the SQLite
 * file call_log.db from 3.22.5 (docs/microsip/3.22.16.md#3). Here is when it is written and in which words. */
#include "history.h"

void history_open(void) {
  if (SINCE(3, 22, 5)) db_history_open();
  else ini_history_open();
}

/* user part; with domain and parameters when the domain is another one than the account's or there are parameters */
void history_number(const struct call *call, wchar_t *to) {
  const struct identity *remote = &call->remote;
  const wchar_t *parameters = SINCE(3, 22, 5) ? remote->parameters : L"";
  bool own_domain = _wcsicmp(remote->domain, account.domain) == 0;
  if (remote->user[0] && own_domain && !parameters[0]) copy(to, ROW_TEXT, remote->user);
  else identity_address(remote, to, ROW_TEXT);
  if (remote->user[0]) append(to, ROW_TEXT, parameters);
  size_t prefix = wcslen(account.dialingPrefix);
  if (prefix && starts_with(to, account.dialingPrefix) && to[prefix]) memmove(to, to + prefix, (wcslen(to + prefix) + 1) * sizeof *to);
  append(to, ROW_TEXT, call->dtmf_tail);
}

const wchar_t *history_name(const struct call *call) {
  if (SINCE(3, 22, 5) && !call->remote.name[0] && call->dialled[0]) return call->dialled;
  return identity_shown_name(&call->remote);
}

long long history_duration(const struct call *call) {
  if (!call->confirmed_at || !call->ended_at) return 0;
  return (long long)(call->ended_at - call->confirmed_at + 500) / 1000;
}

/* when a call is dialled (type 0), and at each state from ringing on (0 or 1) */
void history_seen(struct call *call, int type) {
  if (call->no_history) return;
  if (SINCE(3, 22, 5)) {
    db_history_seen(call, type);
  } else if (call->history_row < 0) {
    call->history_type = type;
    ini_history_made(call);
  }
}

/* an incoming call ends that was never connected (2 or 3); one that was refused at once has no entry yet */
void history_lost(struct call *call, int type) {
  if (call->no_history) return;
  if (SINCE(3, 22, 5)) {
    db_history_seen(call, type);
  } else {
    call->history_type = type;
    if (call->history_row < 0) ini_history_made(call);
    else ini_history_changed(call);
  }
}

void history_ended(struct call *call, const wchar_t *info) {
  if (SINCE(3, 22, 5)) {
    db_history_ended(call, info);
  } else {
    copy(call->history_info, 256, info);
    ini_history_changed(call);
  }
}
