/* The PJSIP log file: records of at most 3999 bytes, each written with one WriteFile. Truncated at every PJSIP
 * start; 3.22.16 first renames the old one to `_1`, unless that exists or a folder's name holds a dot
 * (docs/microsip/3.22.16.md#4). */
#include "stand-in.h"
#include <stdarg.h>
#include <stdio.h>

#define RECORD_MAX 3999
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

/* HH:MM:SS.mmm SENDER F....text CR LF; F is '!' when another thread writes than before */
void log_line(const char *sender, int depth, const char *pattern, ...) {
  char record[RECORD_MAX + 200], shown[SENDER_WIDTH + 1];
  SYSTEMTIME now;
  DWORD written, thread = GetCurrentThreadId();
  va_list args;
  if (file == INVALID_HANDLE_VALUE) return;
  GetLocalTime(&now);
  snprintf(shown, sizeof shown, "%s", sender);
  EnterCriticalSection(&lock);
  int used = sprintf(record, "%02d:%02d:%02d.%03d %*s %c", now.wHour, now.wMinute, now.wSecond, now.wMilliseconds, SENDER_WIDTH, shown,
                     thread == last_thread ? ' ' : '!');
  last_thread = thread;
  for (int i = 0; i < depth && i < 80; i++) record[used++] = '.';
  va_start(args, pattern);
  int length = vsnprintf(record + used, sizeof record - (size_t)used, pattern, args);
  va_end(args);
  if (length > 0) used += length;
  if (used > RECORD_MAX - 2) used = RECORD_MAX - 2; /* longer ones are cut */
  record[used++] = '\r';
  record[used++] = '\n';
  if (!disk_full) WriteFile(file, record, (DWORD)used, &written, NULL); /* nobody looks whether it worked */
  LeaveCriticalSection(&lock);
}
