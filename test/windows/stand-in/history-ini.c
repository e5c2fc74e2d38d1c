/* [Calls] in the ini: docs/microsip/interface.md#6. Nothing is escaped, so a ';' in a name shifts the fields. */
#include "history.h"
#include <stdlib.h>

#define PLACES 1000

static int last_key = -1;

void ini_history_open(void) {
  last_key = (int)GetPrivateProfileIntW(L"Settings", L"callsLastKey", (UINT)-1, ini_path);
}

void ini_history_changed(const struct call *call) {
  static wchar_t number[ROW_TEXT], row[ROW_TEXT * 3];
  wchar_t key[16];
  if (call->history_row < 0) return;
  history_number(call, number);
  format(row, ROW_TEXT * 3, L"%ls;%ls;%d;%lld;%lld;%ls", number, history_name(call), call->history_type, call->history_time, history_duration(call),
         call->history_info);
  format(key, 16, L"%d", call->history_row);
  WritePrivateProfileStringW(L"Calls", key, row, ini_path);
}

void ini_history_made(struct call *call) {
  wchar_t key[16];
  last_key = (last_key + 1) % PLACES;
  call->history_row = last_key;
  call->history_time = unix_ms() / 1000;
  ini_history_changed(call);
  format(key, 16, L"%d", last_key);
  WritePrivateProfileStringW(L"Settings", L"callsLastKey", key, ini_path);
}

/* the text up to the next ';'; the last field takes the rest */
static wchar_t *next_field(wchar_t **at) {
  wchar_t *field = *at, *end = wcschr(field, L';');
  *at = end ? end + 1 : field + wcslen(field);
  if (end) *end = 0;
  return field;
}

static void parse(wchar_t *value, struct ini_entry *entry) {
  copy(entry->number, 256, next_field(&value));
  copy(entry->name, 256, next_field(&value));
  entry->type = _wtoi(next_field(&value));
  entry->time = _wtoi64(next_field(&value));
  entry->duration = _wtoi64(next_field(&value));
  copy(entry->info, 256, value);
}

static int by_time(const void *one, const void *other) {
  const struct ini_entry *a = one, *b = other;
  if (a->time != b->time) return a->time < b->time ? -1 : 1;
  return a->index - b->index;
}

int ini_history_read(struct ini_entry **entries) {
  wchar_t key[16], value[256];
  int count = 0;
  *entries = NULL;
  if (GetPrivateProfileStringW(L"Calls", NULL, L"", value, 256, ini_path) == 0) return 0;
  *entries = calloc(PLACES, sizeof **entries);
  for (int index = 0; index < PLACES; index++) {
    format(key, 16, L"%d", index);
    /* cut at 255 characters, like every value */
    if (GetPrivateProfileStringW(L"Calls", key, L"", value, 256, ini_path) == 0 || wcscmp(value, L"null") == 0) continue;
    (*entries)[count].index = index;
    parse(value, &(*entries)[count++]);
  }
  qsort(*entries, (size_t)count, sizeof **entries, by_time);
  return count;
}

void ini_history_delete(void) {
  WritePrivateProfileStringW(L"Calls", NULL, NULL, ini_path);
  WritePrivateProfileStringW(L"Settings", L"callsLastKey", NULL, ini_path);
}
