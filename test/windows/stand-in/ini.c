/* microsip.ini: docs/microsip/interface.md#4, docs/microsip/3.22.16.md#1 and #2. Traps: opened exclusively by every
 * process at start (fatal in 3.22.16 when that fails), read once, known keys written back from memory, hook values
 * cut at 255 characters and saved with quotes. */
#include "stand-in.h"
#include <stdlib.h>

struct settings settings;
wchar_t ini_path[PATH_SIZE];

enum kind { NUMBER, TEXT, HOOK };
static const struct key {
  const wchar_t *name, *standard;
  enum kind kind;
  size_t offset, size;
} keys[] = {
#define NUMBER_KEY(name, standard) {L## #name, standard, NUMBER, offsetof(struct settings, name), 0}
#define TEXT_KEY(name, standard) {L## #name, standard, TEXT, offsetof(struct settings, name), sizeof settings.name / sizeof(wchar_t)}
#define HOOK_KEY(name, index) {L## #name, L"", HOOK, offsetof(struct settings, hooks) + (index) * sizeof settings.hooks[0], 256}
    NUMBER_KEY(accountId, L"0"),
    NUMBER_KEY(singleMode, L"1"),
    NUMBER_KEY(enableLog, L"0"),
    NUMBER_KEY(minimized, L"0"),
    NUMBER_KEY(bringToFrontOnIncoming, L"1"),
    NUMBER_KEY(noIgnoreCall, L"0"),
    NUMBER_KEY(callWaiting, L"1"),
    NUMBER_KEY(maxConcurrentCalls, L"0"),
    NUMBER_KEY(DND, L"0"),
    NUMBER_KEY(AA, L"0"),
    NUMBER_KEY(AC, L"0"),
    NUMBER_KEY(FWD, L"0"),
    NUMBER_KEY(autoAnswerDelay, L"0"),
    NUMBER_KEY(forwardingDelay, L"0"),
    NUMBER_KEY(DTMFMethod, L"0"),
    NUMBER_KEY(localDTMF, L"1"),
    NUMBER_KEY(volumeRing, L"100"),
    NUMBER_KEY(volumeOutput, L"100"),
    NUMBER_KEY(volumeInput, L"100"),
    NUMBER_KEY(enableLocalAccount, L"0"),
    NUMBER_KEY(autoHangUpTime, L"0"),
    NUMBER_KEY(enableFeatureCodeBT, L"0"),
    NUMBER_KEY(recordingButton, L"1"),
    NUMBER_KEY(autoRecording, L"0"),
    TEXT_KEY(recordingPath, L""),
    TEXT_KEY(recordingFormat, L"mp3"),
#if SINCE(3, 22, 0)
    NUMBER_KEY(buttonAC, L"1"),
    NUMBER_KEY(buttonCONF, L"1"),
#endif
    TEXT_KEY(denyIncoming, L"button"),
    TEXT_KEY(autoAnswer, L"button"),
    TEXT_KEY(autoAnswerNumber, L""),
    TEXT_KEY(autoAnswerCalls, L""),
    TEXT_KEY(forwarding, L""),
    TEXT_KEY(forwardingNumber, L""),
    TEXT_KEY(userAgent, L""),
    TEXT_KEY(featureCodeBT, L""),
    TEXT_KEY(usersDirectory, L""),
    HOOK_KEY(cmdIncomingCall, HOOK_INCOMING),
    HOOK_KEY(cmdCallRing, HOOK_RING),
    HOOK_KEY(cmdOutgoingCall, HOOK_OUTGOING),
    HOOK_KEY(cmdCallAnswer, HOOK_ANSWER),
#if SINCE(3, 21, 0)
    HOOK_KEY(cmdCallAnswerVideo, HOOK_ANSWER_VIDEO),
#endif
    HOOK_KEY(cmdCallStart, HOOK_START),
    HOOK_KEY(cmdCallBusy, HOOK_BUSY),
    HOOK_KEY(cmdCallEnd, HOOK_END),
};

static const struct key *key_named(const wchar_t *name) {
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (_wcsicmp(keys[i].name, name) == 0) return &keys[i];
  }
  return NULL;
}

bool setting_text(const wchar_t *name, wchar_t *to, size_t size) {
  const struct key *key = key_named(name);
  if (!key) return false;
  const wchar_t *value = (const wchar_t *)((char *)&settings + key->offset);
  if (key->kind == NUMBER) format(to, size, L"%d", *(const int *)value);
  else copy(to, size, value);
  return true;
}

bool setting_change(const wchar_t *name, const wchar_t *value) {
  const struct key *key = key_named(name);
  if (!key) return false;
  if (key->kind == NUMBER) *(int *)((char *)&settings + key->offset) = _wtoi(value);
  else copy((wchar_t *)((char *)&settings + key->offset), key->size, value);
  return true;
}

/* without a byte order mark the file is taken for ANSI and converted */
static void convert_to_utf16(HANDLE file) {
  DWORD size = GetFileSize(file, NULL), done;
  char *bytes = malloc(size + 1);
  ReadFile(file, bytes, size, &done, NULL);
  bytes[done] = 0;
  bool marked = done >= 2 && (unsigned char)bytes[0] == 0xFF && (unsigned char)bytes[1] == 0xFE;
  if (!marked) {
    wchar_t *text = malloc((size + 1) * sizeof *text);
    int length = size ? MultiByteToWideChar(CP_ACP, 0, bytes, (int)done, text, (int)size) : 0;
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    SetEndOfFile(file);
    WriteFile(file, "\xFF\xFE", 2, &done, NULL);
    WriteFile(file, text, (DWORD)length * sizeof *text, &done, NULL);
    free(text);
  }
  free(bytes);
}

bool ini_open(void) {
  format(ini_path, PATH_SIZE, L"%ls\\%ls.ini", roaming_folder, exe_base);
  HANDLE file = CreateFileW(ini_path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) {
    if (!SINCE(3, 22, 16)) return true;
    wchar_t text[PATH_SIZE + 64];
    format(text, PATH_SIZE + 64, L"Failed to open file for writing: %ls", ini_path);
    modal_box(NULL, text, MB_OK | MB_ICONERROR);
    return false;
  }
  convert_to_utf16(file);
  CloseHandle(file);
  return true;
}

void settings_load(void) {
  wchar_t value[256];
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const struct key *key = &keys[i];
    /* takes one pair of quotes off and cuts at 255 characters, like the real one's reads */
    GetPrivateProfileStringW(L"Settings", key->name, key->standard, value, 256, ini_path);
    if (key->kind == NUMBER) *(int *)((char *)&settings + key->offset) = _wtoi(value[0] ? value : key->standard);
    else copy((wchar_t *)((char *)&settings + key->offset), key->size, value);
  }
  if (settings.accountId == 0 && !settings.enableLocalAccount) settings.accountId = 1;
  format(value, 256, L"%d.%d.%d.0", STANDIN_MAJOR, STANDIN_MINOR, STANDIN_PATCH);
  WritePrivateProfileStringW(SINCE(3, 22, 16) ? L"Global" : L"Settings", L"version", value, ini_path);
}

void settings_save(void) {
  wchar_t value[300], quoted[310];
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const struct key *key = &keys[i];
    setting_text(key->name, value, 300);
    if (key->kind == HOOK && SINCE(3, 21, 0)) format(quoted, 310, L"\"%ls\"", value);
    else copy(quoted, 310, value);
    WritePrivateProfileStringW(L"Settings", key->name, quoted, ini_path);
  }
}

static void CALLBACK save_now(HWND window, UINT message, UINT_PTR id, DWORD time) {
  (void)message;
  (void)time;
  KillTimer(window, id);
  settings_save();
}

void settings_save_later(void) {
  SetTimer(main_window, 90, 5000, save_now);
}

bool account_load(int id, struct account *out) {
  wchar_t section[32];
  format(section, 32, L"Account%d", id);
  memset(out, 0, sizeof *out);
  const struct {
    const wchar_t *key;
    wchar_t *to;
  } fields[] = {{L"label", out->label},       {L"server", out->server},           {L"domain", out->domain},
                {L"username", out->username}, {L"displayName", out->displayName}, {L"dialingPrefix", out->dialingPrefix},
                {L"dialPlan", out->dialPlan}, {L"password", out->password},
                {L"voicemailNumber", out->voicemailNumber}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    GetPrivateProfileStringW(section, fields[i].key, L"", fields[i].to, 256, ini_path);
  }
  out->registerRefresh = (int)GetPrivateProfileIntW(section, L"registerRefresh", 300, ini_path);
  out->exists = out->domain[0] != 0;
  return out->exists;
}

void account_write_password(int id, const wchar_t *password) {
  wchar_t section[32], hex[1024] = L"", digits[8];
  format(section, 32, L"Account%d", id);
  /* the real one encrypts before it writes hexadecimal digits; reversible is enough here */
  for (const wchar_t *at = password; *at; at++) {
    format(digits, 8, L"%02x", (*at ^ 0x5A) & 0xFF);
    append(hex, 1024, digits);
  }
  WritePrivateProfileStringW(section, L"password", hex, ini_path);
}

void dialed_add(const wchar_t *number) {
  wchar_t list[11][256], key[8];
  int count = 0;
  copy(list[count++], 256, number);
  for (int i = 0; i < 10 && count < 10; i++) {
    format(key, 8, L"%d", i);
    GetPrivateProfileStringW(L"Dialed", key, L"", list[count], 256, ini_path);
    if (list[count][0] && wcscmp(list[count], number) != 0) count++;
  }
  for (int i = 0; i < count; i++) {
    format(key, 8, L"%d", i);
    WritePrivateProfileStringW(L"Dialed", key, list[i], ini_path);
  }
}
