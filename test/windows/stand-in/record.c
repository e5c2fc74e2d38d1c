/* The record: every WM_COPYDATA received and every action really taken, in memory for the control verb
 * `record` and at once in standin-record.txt beside the exe, so that it survives a crash. */
#include "stand-in.h"
#include <stdio.h>
#include <stdlib.h>

static CRITICAL_SECTION lock;
static char **records;
static int count;
static long probes;
static HANDLE file = INVALID_HANDLE_VALUE;

void record_open(void) {
  wchar_t path[PATH_SIZE];
  InitializeCriticalSection(&lock);
  format(path, PATH_SIZE, L"%ls\\standin-record.txt", exe_folder);
  file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, 0, NULL);
}

/* takes a malloced record, parts joined by '|' */
static void keep(char *record) {
  EnterCriticalSection(&lock);
  records = realloc(records, (size_t)(count + 1) * sizeof *records);
  records[count++] = record;
  if (file != INVALID_HANDLE_VALUE) {
    size_t length = strlen(record);
    char *line = malloc(length + 3);
    DWORD written;
    memcpy(line, record, length + 1);
    for (char *at = line; *at; at++) {
      if (*at == '|') *at = '\t';
    }
    memcpy(line + length, "\r\n", 3);
    WriteFile(file, line, (DWORD)length + 2, &written, NULL);
    free(line);
  }
  LeaveCriticalSection(&lock);
}

void record_copydata(const COPYDATASTRUCT *data) {
  const unsigned char *bytes = data->lpData;
  size_t length = bytes ? data->cbData : 0;
  bool empty = !bytes || data->cbData < 2 || (bytes[0] == 0 && bytes[1] == 0);
  bool probe = data->dwData == 1 && empty;
  char *record = malloc(length * 2 + 100);
  int used = sprintf(record, "%lld|copydata|%llu|%lu|", unix_ms(), (unsigned long long)data->dwData, data->cbData);
  for (size_t i = 0; i < length; i++) used += sprintf(record + used, "%02x", bytes[i]);
  sprintf(record + used, "|%s", probe ? "probe" : "");
  if (probe) InterlockedIncrement(&probes);
  keep(record);
}

static void encode_part(char *to, size_t size, const wchar_t *text) {
  static __thread char bytes[TEXT_SIZE * 3];
  to_utf8(bytes, sizeof bytes, text ? text : L"");
  percent_encode(to, size, bytes);
}

void record_action(const wchar_t *action, const wchar_t *first, const wchar_t *second) {
  size_t size = TEXT_SIZE * 10;
  char *record = malloc(size * 2 + 200);
  int used = sprintf(record, "%lld|action|", unix_ms());
  encode_part(record + used, 100, action);
  const wchar_t *parts[] = {first, second};
  for (int i = 0; i < 2; i++) {
    strcat(record, "|");
    encode_part(record + strlen(record), size, parts[i]);
  }
  keep(record);
}

void record_call_action(const wchar_t *action, const struct call *call, const wchar_t *detail) {
  wchar_t slot[16];
  format(slot, 16, L"%d", call->slot);
  record_action(action, slot, detail);
}

char *record_text(const char *kind) {
  EnterCriticalSection(&lock);
  size_t size = 1;
  for (int i = 0; i < count; i++) size += strlen(records[i]) + 1;
  char *text = malloc(size);
  char *at = text;
  for (int i = 0; i < count; i++) {
    const char *found = strchr(records[i], '|');
    if (*kind && strncmp(found + 1, kind, strlen(kind)) != 0) continue;
    at += sprintf(at, "\t%s", records[i]);
  }
  *at = 0;
  LeaveCriticalSection(&lock);
  return text;
}

void record_clear(void) {
  EnterCriticalSection(&lock);
  for (int i = 0; i < count; i++) free(records[i]);
  count = 0;
  probes = 0;
  LeaveCriticalSection(&lock);
}

long record_probe_count(void) {
  return probes;
}
