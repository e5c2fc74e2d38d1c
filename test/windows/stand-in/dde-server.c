/* The documented interface by DDE: service MicroSIP, topic Call. Nothing in MicroSIP does this; the README tells what was
 * made up. Like any DDE server it takes several commands in one text, so a parameter that left its quotes would be one. */
#include "control.h"
#include <ddeml.h>
#include <stdlib.h>

#define SERVICE L"MicroSIP"
#define TOPIC L"Call"
#define STATUS_ITEM L"Status"

static DWORD dde;
static HSZ service, topic, item;
/* a server of old, which knows no Unicode */
static bool ansi;

static const struct {
  const wchar_t *word, *command;
} words[] = {
    {L"Dial", L"dial"}, {L"Hangup", L"hangup"}, {L"Answer", L"answer"}, {L"Reject", L"reject"}, {L"Hold", L"hold"},
    {L"Transfer", L"transfer"}, {L"SendDTMF", L"dtmf"}, {L"Mute", L"mute"}, {L"SetVolume", L"volume"}, {L"Close", L"close"},
};

static const wchar_t *command_of(const wchar_t *word) {
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (wcscmp(words[i].word, word) == 0) return words[i].command;
  }
  return NULL;
}

/* one "[Word]" or "[Word("parameter")]" at *at, which goes behind it; false: it is none */
static bool next_command(const wchar_t **at, wchar_t *word, wchar_t *parameter) {
  const wchar_t *text = *at;
  size_t length = 0;
  if (*text++ != L'[') return false;
  while (iswalpha(*text) && length < 31) word[length++] = *text++;
  word[length] = 0;
  parameter[0] = 0;
  if (starts_with(text, L"(\"")) {
    const wchar_t *end = wcschr(text + 2, L'"');
    if (!end || !starts_with(end, L"\")") || (size_t)(end - text) > TEXT_SIZE) return false;
    copy(parameter, (size_t)(end - text) - 1, text + 2);
    text = end + 2;
  }
  if (*text != L']') return false;
  *at = text + 1;
  return true;
}

static DWORD execute(const wchar_t *text) {
  wchar_t word[32], parameter[TEXT_SIZE];
  DWORD answer = DDE_FNOTPROCESSED;
  while (next_command(&text, word, parameter)) {
    const wchar_t *command = command_of(word);
    if (!command) return DDE_FNOTPROCESSED;
    if (documented_run(command, parameter)) answer = DDE_FACK;
    else if (wcscmp(command, L"dial") == 0) return DDE_FBUSY;
    else return DDE_FNOTPROCESSED;
  }
  return *text ? DDE_FNOTPROCESSED : answer;
}

/* the library gives a server that was set up for ANSI the text of any client as ANSI */
static DWORD take(HDDEDATA data) {
  static BYTE bytes[TEXT_SIZE * sizeof(wchar_t)];
  wchar_t text[TEXT_SIZE];
  DWORD size = DdeGetData(data, NULL, 0, 0);
  if (size == 0 || size > sizeof bytes) return DDE_FNOTPROCESSED;
  memset(bytes, 0, sizeof bytes);
  DdeGetData(data, bytes, size, 0);
  bytes[sizeof bytes - 1] = bytes[sizeof bytes - 2] = 0;
  if (ansi) MultiByteToWideChar(CP_ACP, 0, (const char *)bytes, -1, text, TEXT_SIZE);
  else copy(text, TEXT_SIZE, (const wchar_t *)bytes);
  record_action(L"dde", ansi ? L"ansi" : L"unicode", text);
  DWORD answer = execute(text);
  if (answer != DDE_FACK) record_action(L"dde-refused", answer == DDE_FBUSY ? L"busy" : L"", text);
  return answer;
}

static HDDEDATA status_data(UINT format_id) {
  wchar_t text[16];
  char narrow[16];
  if (format_id == CF_UNICODETEXT && ansi) return NULL;
  format(text, 16, L"%d", (int)documented_run(L"status", L""));
  if (format_id == CF_UNICODETEXT)
    return DdeCreateDataHandle(dde, (BYTE *)text, (DWORD)(wcslen(text) + 1) * sizeof *text, 0, item, format_id, 0);
  if (format_id != CF_TEXT) return NULL;
  to_utf8(narrow, sizeof narrow, text);
  return DdeCreateDataHandle(dde, (BYTE *)narrow, (DWORD)strlen(narrow) + 1, 0, item, format_id, 0);
}

static HDDEDATA CALLBACK on_transaction(UINT type, UINT format_id, HCONV conversation, HSZ about, HSZ name, HDDEDATA data,
                                        ULONG_PTR one, ULONG_PTR two) {
  (void)conversation, (void)one, (void)two;
  switch (type) {
    case XTYP_CONNECT: return (HDDEDATA)(ULONG_PTR)(DdeCmpStringHandles(about, topic) == 0 && DdeCmpStringHandles(name, service) == 0);
    case XTYP_REQUEST: return DdeCmpStringHandles(name, item) == 0 ? status_data(format_id) : NULL;
    case XTYP_EXECUTE: return (HDDEDATA)(ULONG_PTR)take(data);
    default: return NULL;
  }
}

void dde_start(void) {
  const DWORD flags = APPCLASS_STANDARD | CBF_FAIL_ADVISES | CBF_FAIL_POKES | CBF_SKIP_REGISTRATIONS;
  if (dde) return;
  if ((ansi ? DdeInitializeA : DdeInitializeW)(&dde, on_transaction, flags, 0)) return;
  service = DdeCreateStringHandleW(dde, SERVICE, CP_WINUNICODE);
  topic = DdeCreateStringHandleW(dde, TOPIC, CP_WINUNICODE);
  item = DdeCreateStringHandleW(dde, STATUS_ITEM, CP_WINUNICODE);
  DdeNameService(dde, service, NULL, DNS_REGISTER);
}

static void dde_stop(void) {
  if (!dde) return;
  DdeNameService(dde, NULL, NULL, DNS_UNREGISTER);
  DdeUninitialize(dde);
  dde = 0;
}

static void ui_text(struct ui_request *ui) {
  dde_stop();
  ansi = _wtoi(ui->text);
  dde_start();
}

static void ui_serve(struct ui_request *ui) {
  if (_wtoi(ui->text)) dde_start();
  else dde_stop();
}

void verb_dde_server(struct request *r) {
  ui_post_field(ui_serve, r->field[1]);
}

void verb_dde_ansi(struct request *r) {
  ui_post_field(ui_text, r->field[1]);
}
