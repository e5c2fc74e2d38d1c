/* The PJSIP log file: records of at most 3999 bytes, each written with one WriteFile. Truncated at every PJSIP
 * start; 3.22.16 first renames the old one to `_1`, unless that exists or a folder's name holds a dot
 * (docs/microsip/3.22.16.md#4). */
#include "stand-in.h"
#include <stdarg.h>
#include <stdio.h>

#define RECORD_MAX 3999
#define DUMP_PIECE 3920
#define SENDER_WIDTH 22 /* of a 64-bit build */

static HANDLE file = INVALID_HANDLE_VALUE;
static CRITICAL_SECTION lock;
static DWORD last_thread;
bool disk_full;

static void keep_old(const wchar_t *path) {
  wchar_t old[PATH_SIZE];
  copy(old, PATH_SIZE, path);
  wchar_t *dot = wcschr(old, L'.');
  if (!dot) return;
  format(dot, PATH_SIZE - (size_t)(dot - old), L"_1%ls", path + (dot - old));
  MoveFileW(path, old);
}

/* false: somebody holds the file without sharing it for writing, and PJSIP cannot start */
bool log_open(void) {
  static bool ready;
  wchar_t path[PATH_SIZE];
  if (!ready) InitializeCriticalSection(&lock);
  ready = true;
  if (!settings.enableLog) return true;
  format(path, PATH_SIZE, L"%ls\\%ls_log.txt", local_folder, exe_base);
  if (SINCE(3, 22, 16)) keep_old(path);
  file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, CREATE_ALWAYS, 0, NULL);
  last_thread = GetCurrentThreadId();
  return file != INVALID_HANDLE_VALUE;
}

void log_close(void) {
  if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
  file = INVALID_HANDLE_VALUE;
}

bool log_is_open(void) {
  return file != INVALID_HANDLE_VALUE;
}

static void write_bytes(const char *bytes, int length) {
  DWORD written;
  if (!disk_full) WriteFile(file, bytes, (DWORD)length, &written, NULL); /* nobody looks whether it worked */
}

/* HH:MM:SS.mmm SENDER F....; F is '!' when another thread writes than before */
static int begin_record(char *record, const char *sender, int depth) {
  char shown[SENDER_WIDTH + 1];
  SYSTEMTIME now;
  DWORD thread = GetCurrentThreadId();
  GetLocalTime(&now);
  snprintf(shown, sizeof shown, "%s", sender);
  int used = sprintf(record, "%02d:%02d:%02d.%03d %*s %c", now.wHour, now.wMinute, now.wSecond, now.wMilliseconds, SENDER_WIDTH, shown,
                     thread == last_thread ? ' ' : '!');
  last_thread = thread;
  for (int i = 0; i < depth && i < 80; i++) record[used++] = '.';
  return used;
}

/* a record, ended by CR LF */
void log_line(const char *sender, int depth, const char *pattern, ...) {
  char record[RECORD_MAX + 200];
  va_list args;
  if (file == INVALID_HANDLE_VALUE) return;
  EnterCriticalSection(&lock);
  int used = begin_record(record, sender, depth);
  va_start(args, pattern);
  int length = vsnprintf(record + used, sizeof record - (size_t)used, pattern, args);
  va_end(args);
  if (length > 0) used += length;
  if (used > RECORD_MAX - 2) used = RECORD_MAX - 2; /* longer ones are cut */
  record[used++] = '\r';
  record[used++] = '\n';
  write_bytes(record, used);
  LeaveCriticalSection(&lock);
}

/* a line without text that ends in LF alone, and then a text as it is, in pieces: PJSIP decorates nothing meanwhile */
void log_dump(const char *sender, int depth, const char *text) {
  char record[200];
  if (file == INVALID_HANDLE_VALUE) return;
  EnterCriticalSection(&lock);
  int used = begin_record(record, sender, depth);
  record[used++] = '\n';
  write_bytes(record, used);
  for (size_t left = strlen(text); left > 0;) {
    size_t piece = left < DUMP_PIECE ? left : DUMP_PIECE;
    write_bytes(text, (int)piece);
    text += piece;
    left -= piece;
  }
  LeaveCriticalSection(&lock);
}
