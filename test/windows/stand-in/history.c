/* The call history. Up to 3.22.4: a ring of entries in the ini's [Calls], interface reference 6. From
 * 3.22.5 it is the SQLite file call_log.db (3.22.16 reference 3): every moment at which that is written
 * calls one of these functions, the file itself is not written yet. */
#include "stand-in.h"

static int last_key = -1;

void history_open(void) {
  if (SINCE(3, 22, 5)) return;
  last_key = GetPrivateProfileIntW(L"Settings", L"callsLastKey", -1, ini_path);
}

static void write_row(const struct call *call) {
  static wchar_t row[TEXT_SIZE * 3];
  wchar_t key[16], number[TEXT_SIZE];
  if (SINCE(3, 22, 5) || call->history_row < 0) return;
  long long duration = 0;
  if (call->confirmed_at && call->ended_at) duration = (long long)(call->ended_at - call->confirmed_at + 500) / 1000;
  if (_wcsicmp(call->remote.domain, account.domain) == 0 && call->remote.user[0]) copy(number, TEXT_SIZE, call->remote.user);
  else identity_address(&call->remote, number, TEXT_SIZE);
  const wchar_t *tail = call->outgoing ? wcschr(call->dialled, L',') : NULL;
  if (tail) append(number, TEXT_SIZE, tail);
  format(row, TEXT_SIZE * 3, L"%ls;%ls;%d;%lld;%lld;%ls", number, identity_shown_name(&call->remote), call->history_type, call->created_unix, duration, call->history_info);
  format(key, 16, L"%d", call->history_row);
  WritePrivateProfileStringW(L"Calls", key, row, ini_path);
}

/* the row is made when a call is dialled (type 0) or rings (type 1), or when it was refused at once (2) */
void history_started(struct call *call, int type) {
  wchar_t key[16];
  if (call->history_row >= 0 || call->no_history) return;
  call->history_type = type;
  last_key = (last_key + 1) % 1000;
  call->history_row = last_key;
  if (SINCE(3, 22, 5)) return;
  write_row(call);
  format(key, 16, L"%d", last_key);
  WritePrivateProfileStringW(L"Settings", L"callsLastKey", key, ini_path);
}

void history_type(struct call *call, int type) {
  if (call->no_history) return;
  if (call->history_row < 0) {
    history_started(call, type);
    return;
  }
  call->history_type = type;
  write_row(call);
}

void history_ended(struct call *call, const wchar_t *info) {
  copy(call->history_info, 256, info);
  write_row(call);
}
