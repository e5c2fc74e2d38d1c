/* The cmd* programs: docs/microsip/interface.md#3, docs/microsip/3.22.16.md#2. The caller waits up to ten seconds
 * and pumps nothing meanwhile; arguments lose their quotes; the parameter is appended raw. */
#include "stand-in.h"
#include <shellapi.h>

static const wchar_t *const names[] = {L"cmdIncomingCall", L"cmdCallRing",  L"cmdOutgoingCall", L"cmdCallAnswer",
                                       L"cmdCallAnswerVideo", L"cmdCallStart", L"cmdCallBusy",     L"cmdCallEnd"};

static void expand(wchar_t *value, size_t size, const struct identity *remote) {
  wchar_t encoded[TEXT_SIZE], time[32];
  format(time, 32, L"%lld", unix_ms() / 1000);
  const struct {
    const wchar_t *name, *text;
    bool raw;
  } places[] = {{L"{server}", account.server[0] ? account.server : L"localhost", true},
                {L"{extension}", account.username, true},
                {L"{password}", account.password, false},
                {L"{md5_password}", L"5f4dcc3b5aa765d61d8327deb882cf99", false},
                {L"{duration}", L"-1", true},
                {L"{time}", time, true},
                {L"{callid}", L"", true},
                {L"{direction}", L"", true},
                {L"{callerid}", remote->name[0] ? remote->name : remote->user, false},
                {L"{user}", remote->user, false},
                {L"{number}", remote->user, false},
                {L"{domain}", remote->domain, false},
                {L"{name}", remote->name, false}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    if (!wcsstr(value, places[i].name)) continue;
    if (places[i].raw) copy(encoded, TEXT_SIZE, places[i].text);
    else percent_encode_lower(encoded, TEXT_SIZE, places[i].text);
    replace_all(value, size, places[i].name, encoded);
  }
}

static void run_command(const wchar_t *command, const wchar_t *parameter) {
  static __thread wchar_t value[TEXT_SIZE * 2], arguments[TEXT_SIZE * 4];
  int count = 0;
  copy(value, TEXT_SIZE * 2, command);
  trim(value);
  wchar_t **parts = CommandLineToArgvW(value, &count);
  if (!parts || count < 1) {
    modal_box(main_window, L"Wrong command", MB_OK | MB_ICONERROR);
    return;
  }
  arguments[0] = 0;
  for (int i = 1; i < count; i++) {
    append(arguments, TEXT_SIZE * 4, parts[i]);
    append(arguments, TEXT_SIZE * 4, L" ");
  }
  /* "one blank and the raw parameter": after the last argument, or at the front when there is none */
  if (count == 1) append(arguments, TEXT_SIZE * 4, L" ");
  append(arguments, TEXT_SIZE * 4, parameter);
  SHELLEXECUTEINFOW info = {.cbSize = sizeof info,
                            .fMask = SEE_MASK_NOCLOSEPROCESS | SEE_MASK_FLAG_NO_UI,
                            .lpFile = parts[0],
                            .lpParameters = arguments,
                            .nShow = SW_HIDE};
  if (ShellExecuteExW(&info) && info.hProcess) {
    WaitForSingleObject(info.hProcess, 10000);
    CloseHandle(info.hProcess);
  }
  LocalFree(parts);
}

void hook_run(enum hook hook, const struct identity *remote) {
  static __thread wchar_t value[TEXT_SIZE * 2];
  const wchar_t *parameter = remote->user;
  if ((hook == HOOK_BUSY || hook == HOOK_END) && !parameter[0] && SINCE(3, 20, 0)) parameter = remote->domain;
  if (hook == HOOK_ANSWER_VIDEO && !SINCE(3, 21, 0)) return;
  if (!settings.hooks[hook][0]) return;
  copy(value, TEXT_SIZE * 2, settings.hooks[hook]);
  if (hook == HOOK_OUTGOING && SINCE(3, 21, 0)) expand(value, TEXT_SIZE * 2, remote);
  record_action(L"hook", names[hook], parameter);
  run_command(value, parameter);
}
