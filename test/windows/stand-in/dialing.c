/* From a dialled text to a call: docs/microsip/interface.md#2.6, docs/microsip/3.22.16.md#6,
 * docs/microsip/corrections.md#1 to #5. Much of it ends in silence. */
#include "stand-in.h"

wchar_t delayed_dial[TEXT_SIZE];

static bool local_account_valid(void) {
  return settings.enableLocalAccount && pj_running;
}

/* The gate for commands: while the account is not registered the text waits in the one slot, for ever. */
void dial_from_command(const wchar_t *text) {
  main_activate();
  bool now = local_account_valid();
  bool later = settings.enableLocalAccount;
  if (settings.accountId > 0) {
    now = registration.added && (!account.server[0] || registration.status == 200);
    later = true;
  }
  if (now) {
    dial_number(text);
  } else if (later) {
    copy(delayed_dial, TEXT_SIZE, text);
    record_action(L"delayed", text, L"");
  } else {
    record_action(L"dropped", L"no account", text);
  }
}

void dial_release_delayed(void) {
  wchar_t text[TEXT_SIZE];
  if (!delayed_dial[0]) return;
  copy(text, TEXT_SIZE, delayed_dial);
  delayed_dial[0] = 0;
  record_action(L"released", text, L"");
  dial_number(text);
}

bool dial_is_phone_number(const wchar_t *number) {
  if (SINCE(3, 22, 16) && wcslen(number) < 4) return false;
  if (number[0] == L'+') return true;
  return number[0] && number[wcsspn(number, L"0123456789*#.-()/ ")] == 0;
}

/* the part after the first comma is sent as tones later */
static void split_dtmf(wchar_t *number, wchar_t *queue) {
  wchar_t *comma = wcschr(number, L',');
  queue[0] = 0;
  if (!comma) return;
  if (!SINCE(3, 22, 16) && (comma == number || comma[1] == 0)) return;
  copy(queue, TEXT_SIZE, comma + 1);
  *comma = 0;
}

static void clean_phone_number(wchar_t *number) {
  wchar_t prefixed[TEXT_SIZE], *to = number;
  for (const wchar_t *at = number; *at; at++) {
    if (!wcschr(L".-()/ ", *at)) *to++ = *at;
  }
  *to = 0;
  if (account.dialingPrefix[0] && wcslen(number) > 3) {
    format(prefixed, TEXT_SIZE, L"%ls%ls", account.dialingPrefix, number[0] == L'+' ? number + 1 : number);
    copy(number, TEXT_SIZE, prefixed);
  }
}

/* How an alternative is written is not known; here x is a digit and a point at the end as many more as there are. */
static bool plan_alternative_fits(const wchar_t *number, const wchar_t *from, size_t length) {
  bool open = length && from[length - 1] == L'.';
  if (open) length--;
  if (open ? wcslen(number) < length : wcslen(number) != length) return false;
  for (size_t i = 0; i < length; i++) {
    if (from[i] == L'x' ? !iswdigit(number[i]) : from[i] != number[i]) return false;
  }
  return true;
}

static bool in_dial_plan(const wchar_t *number) {
  const wchar_t *at = account.dialPlan;
  if (!*at) return true;
  for (;;) {
    size_t length = wcscspn(at, L"|");
    if (plan_alternative_fits(number, at, length)) return true;
    if (!at[length]) return false;
    at += length + 1;
  }
}

/* what is dialled or transferred to; in angle brackets it is left as it is */
static void format_number(wchar_t *number) {
  if (wcschr(number, L'<') && wcschr(number, L'>')) return;
  if (dial_is_phone_number(number)) clean_phone_number(number);
  if (!in_dial_plan(number)) number[0] = 0;
}

static void remove_brackets(wchar_t *uri) {
  size_t length = wcslen(uri);
  if (length < 2 || uri[0] != L'<' || uri[length - 1] != L'>') return;
  memmove(uri, uri + 1, (length - 2) * sizeof *uri);
  uri[length - 2] = 0;
}

/* 3.22.16 takes these parameters out of a dialled URI */
static void remove_transport(wchar_t *uri) {
  static const wchar_t *const names[] = {L";transport", L";ttl", L";maddr"};
  for (int i = 0; i < 3; i++) {
    wchar_t *found = wcsstr(uri, names[i]);
    if (!found) continue;
    size_t length = 1 + wcscspn(found + 1, L";");
    memmove(found, found + length, (wcslen(found + length) + 1) * sizeof *found);
  }
}

/* a text with "sip:" anywhere gets no scheme */
void dial_build_uri(const wchar_t *number, wchar_t *uri) {
  bool has_scheme = wcsstr(number, L"sip:") != NULL;
  if (!has_scheme && SINCE(3, 22, 16) && starts_with_any_case(number, L"sips:")) number += 5;
  format(uri, TEXT_SIZE, wcschr(number, L'@') ? L"%ls%ls" : L"%ls%ls@%ls", has_scheme ? L"" : L"sip:", number, default_domain());
  remove_brackets(uri);
  if (SINCE(3, 22, 16)) remove_transport(uri);
}

/* false: MicroSIP finds that there is nothing to transfer to */
bool dial_transfer_target(const wchar_t *target, wchar_t *uri) {
  wchar_t number[TEXT_SIZE];
  copy(number, TEXT_SIZE, target);
  format_number(number);
  dial_build_uri(number, uri);
  return number[0] && sip_uri_valid(uri);
}

static bool have_account(const wchar_t *number) {
  if (registration.added || local_account_valid()) return true;
  if (!dial_is_phone_number(number)) return local_account_valid();
  struct account first;
  if (account_load(1, &first)) {
    account_activate(1);
    return registration.added;
  }
  modal_box(main_window, SINCE(3, 22, 16) ? L"No account. Please create an account first." : L"No account", MB_OK | MB_ICONWARNING);
  return false;
}

static void start_call(const wchar_t *uri, const wchar_t *tail, const wchar_t *dialled) {
  struct identity party;
  wchar_t address[TEXT_SIZE];
  identity_parse(uri, &party);
  identity_address(&party, address, TEXT_SIZE);
  int tab = tab_find(address);
  if (tab >= 0 && tab_at(tab)->call) {
    record_action(L"dropped", L"this number already has a call", dialled);
    return;
  }
  struct call *call = sip_dial(uri, dialled);
  if (!call) {
    modal_box(main_window, L"Too many calls", MB_OK | MB_ICONWARNING);
    return;
  }
  if (tail[0]) {
    copy(call->dtmf_queue, TEXT_SIZE, tail);
    format(call->dtmf_tail, TEXT_SIZE, L",%ls", tail);
    if (SINCE(3, 22, 16)) call->dialled[wcscspn(call->dialled, L",")] = 0;
  }
  history_seen(call, 0);
  tab_add(address, call_shown_name(call), party.user[0] ? party.user : party.domain, L"", call, true);
}

static void make_call(const wchar_t *text) {
  wchar_t number[TEXT_SIZE], queue[TEXT_SIZE], uri[TEXT_SIZE];
  dialed_add(text);
  if (settings.singleMode && calls_not_ringing_in(NULL) > 0) {
    record_action(L"dropped", L"single mode with a call", text);
    return;
  }
  if (!have_account(text)) return;
  copy(number, TEXT_SIZE, text);
  split_dtmf(number, queue);
  format_number(number);
  dial_build_uri(number, uri);
  if (!number[0] || !sip_uri_valid(uri)) {
    modal_box(main_window, L"Invalid Number", MB_OK | MB_ICONWARNING);
    return;
  }
  start_call(uri, queue, text);
}

/* Everything up to the first blank is the number; the rest makes it an instant message. */
void dial_number(const wchar_t *text) {
  wchar_t number[TEXT_SIZE], message[TEXT_SIZE] = L"";
  copy(number, TEXT_SIZE, text);
  trim(number);
  wchar_t *blank = wcschr(number, L' ');
  if (blank) {
    copy(message, TEXT_SIZE, blank + 1);
    trim(message);
    *blank = 0;
  }
  if (SINCE(3, 21, 0)) {
    replace_all(number, TEXT_SIZE, L"%20", L" ");
    replace_all(number, TEXT_SIZE, L"%2B", L"+");
    trim(number);
  }
  if (!number[0]) return;
  if (message[0]) act_message(number, message);
  else make_call(number);
}
