/* The account, its registration, and the status-bar text of it: docs/microsip/interface.md#7.1,
 * docs/microsip/3.22.16.md#9. */
#include "directory.h"
#include "sip-trace.h"

struct registration registration;
struct account account;
wchar_t memory_password[256], status_override[TEXT_SIZE];
volatile LONG registrar_code = 200; /* what the registrar answers; 0: nothing */

const wchar_t *default_domain(void) {
  return account.domain[0] ? account.domain : L"localhost";
}

const wchar_t *sip_reason(int code) {
  static const struct {
    int code;
    const wchar_t *reason;
  } reasons[] = {{100, L"Trying"},
                 {180, L"Ringing"},
                 {181, L"Call Is Being Forwarded"},
                 {182, L"Queued"},
                 {183, L"Session Progress"},
                 {200, L"OK"},
                 {202, L"Accepted"},
                 {302, L"Moved Temporarily"},
                 {400, L"Bad Request"},
                 {401, L"Unauthorized"},
                 {403, L"Forbidden"},
                 {404, L"Not Found"},
                 {407, L"Proxy Authentication Required"},
                 {408, L"Request Timeout"},
                 {410, L"Gone"},
                 {480, L"Temporarily Unavailable"},
                 {481, L"Call/Transaction Does Not Exist"},
                 {484, L"Address Incomplete"},
                 {486, L"Busy Here"},
                 {487, L"Request Terminated"},
                 {488, L"Not Acceptable Here"},
                 {500, L"Server Internal Error"},
                 {502, L"Bad Gateway"},
                 {503, L"Service Unavailable"},
                 {504, L"Server Time-out"},
                 {600, L"Busy Everywhere"},
                 {603, L"Decline"},
                 {604, L"Does Not Exist Anywhere"}};
  for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
    if (reasons[i].code == code) return reasons[i].reason;
  }
  return L"Default status message";
}

void registration_set(bool added, int status, const wchar_t *reason) {
  registration.added = added;
  registration.status = status;
  copy(registration.reason, 256, reason);
  PostMessageW(main_window, UM_REGISTRATION, 0, 0);
}

static void registrar_answers(struct job *job) {
  if (!registration.added || registrar_code == 0 || !pj_running) return;
  (void)job;
  int code = (int)registrar_code;
  trace_register_answered(code, sip_reason(code));
  if (code == 200) {
    voicemail_subscribe();
    directory_registered();
  }
  registration_set(true, code, sip_reason(code));
}

void registration_send(void) {
  EnterCriticalSection(&sip_lock);
  trace_register_sent(account.registerRefresh);
  LeaveCriticalSection(&sip_lock);
  job_queue(job_new(registrar_answers, NULL), 30);
}

void account_add(void) {
  if (!pj_running || !account.exists) return;
  if (memory_password[0]) copy(account.password, 256, memory_password);
  registration.added = true;
  registration.status = 0;
  registration.reason[0] = 0;
  EnterCriticalSection(&sip_lock);
  trace_account_added();
  LeaveCriticalSection(&sip_lock);
  if (account.server[0]) registration_send();
  main_title_update();
  registration_refresh();
}

static void delete_account(void) {
  if (!registration.added) return;
  EnterCriticalSection(&sip_lock);
  trace_account_removed(registration.status == 200);
  LeaveCriticalSection(&sip_lock);
}

void account_remove(void) {
  delete_account();
  registration_set(false, 0, L"");
  main_title_update();
  voicemail_reset();
  bottom_rebuild();
}

void account_activate(int id) {
  wchar_t number[16], value[16];
  format(number, 16, L"%d", id);
  if (settings.accountId != id) record_action(L"account", number, L"");
  settings.accountId = id;
  status_override[0] = 0;
  delete_account();
  registration.added = false;
  if (GetEnvironmentVariableW(L"STANDIN_REGISTRAR", value, 16)) {
    static bool used;
    if (!used) registrar_code = _wtoi(value);
    used = true;
  }
  voicemail_reset();
  account_load(id, &account);
  bottom_rebuild();
  account_add();
}

static void registered_text(wchar_t *to, size_t size) {
  const wchar_t *suffix = NULL;
  if (settings.forwardingNumber[0] && (wcscmp(settings.forwarding, L"all") == 0 || (settings.FWD && wcscmp(settings.forwarding, L"button") == 0))) {
    copy(to, size, tr(L"Call Forwarding"));
    return;
  }
  copy(to, size, tr(settings.DND && wcscmp(settings.denyIncoming, L"button") == 0 ? L"Do Not Disturb" : L"Online"));
  if (settings.AC && !settings.singleMode) suffix = L"Auto Conference";
  else if (wcscmp(settings.autoAnswer, L"all") == 0 || (settings.AA && wcscmp(settings.autoAnswer, L"button") == 0)) suffix = L"Auto Answer";
  if (suffix) {
    append(to, size, L" (");
    append(to, size, tr(suffix));
    append(to, size, L")");
  }
}

void registration_text(wchar_t *to, size_t size) {
  if (status_override[0]) copy(to, size, status_override);
  else if (!registration.added) copy(to, size, settings.accountId == 0 || settings.enableLocalAccount ? L"MicroSIP" : tr(L"Offline"));
  else if (!account.server[0]) copy(to, size, tr(L"Idle"));
  else if (registration.status == 0) format(to, size, L"%ls...", tr(L"Connecting"));
  else if (registration.status == 200) registered_text(to, size);
  else if (registration.status == 401 || registration.status == 403) copy(to, size, tr(L"Incorrect Password"));
  else if (registration.status == 502) copy(to, size, tr(L"Connection Failed"));
  else if (registration.reason[0] && wcscmp(registration.reason, L"Default status message") != 0) copy(to, size, tr(registration.reason));
  else format(to, size, SINCE(3, 20, 0) ? L"%ls: %d" : L"Response Code: %ls%d", SINCE(3, 20, 0) ? tr(L"The server returned an error code") : L"", registration.status);
}

/* a status refresh: also what lets a delayed dial go */
void registration_refresh(void) {
  wchar_t text[TEXT_SIZE];
  registration_text(text, TEXT_SIZE);
  if (calls_not_ringing_in(NULL) == 0) status_bar_set(text);
  voicemail_update();
  if (registration.added && account.server[0] && registration.status == 200) dial_release_delayed();
}
