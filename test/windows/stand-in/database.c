/* See database.h. What SQLite's own busy timeout does is done here by hand, to count what readers cost. */
#include "database.h"
#include "stand-in.h"
#include <stdio.h>

#define BUSY_TIMEOUT 5000

struct db_waits db_waits;
static sqlite3 *database, *contacts;
static bool failed;

/* "database is locked" and the like: a box, then exit code 1 */
static void fail_for_ever(void) {
  wchar_t why[512];
  if (failed) return; /* the box pumps messages, and what they lead to must not put up another one */
  failed = true;
  from_utf8(why, 512, sqlite3_errmsg(database));
  modal_box(main_window, why, MB_OK | MB_ICONERROR);
  TerminateProcess(GetCurrentProcess(), 1);
}

static int wait_a_little(void *unused, int count) {
  static const int delays[] = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};
  static ULONGLONG since;
  const int last = sizeof delays / sizeof *delays - 1;
  (void)unused;
  ULONGLONG now = GetTickCount64();
  if (count == 0) {
    since = now;
    db_waits.waited++;
  }
  if (now - since >= BUSY_TIMEOUT) return 0;
  Sleep((DWORD)delays[count < last ? count : last]);
  long held = (long)(GetTickCount64() - since);
  if (held > db_waits.longest_ms) db_waits.longest_ms = held;
  return 1;
}

static void open_file(const wchar_t *name, sqlite3 **to) {
  wchar_t path[PATH_SIZE];
  char bytes[PATH_SIZE * 3];
  format(path, PATH_SIZE, L"%ls\\%ls", roaming_folder, name);
  to_utf8(bytes, sizeof bytes, path);
  if (sqlite3_open_v2(bytes, to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) fail_for_ever();
  sqlite3_busy_handler(*to, wait_a_little, NULL);
}

void db_open(void) {
  open_file(L"contacts.db", &contacts); /* nothing is ever put into it */
  open_file(L"call_log.db", &database);
}

sqlite3_stmt *db_prepare(const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (!failed && sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) fail_for_ever();
  return statement;
}

void db_bind_text(sqlite3_stmt *statement, int place, const char *text) {
  sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

bool db_step(sqlite3_stmt *statement) {
  if (!statement) return false;
  db_waits.statements++;
  int result = sqlite3_step(statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE) fail_for_ever();
  return result == SQLITE_ROW;
}

void db_finish(sqlite3_stmt *statement) {
  sqlite3_finalize(statement);
}

void db_run(sqlite3_stmt *statement) {
  while (db_step(statement)) continue;
  db_finish(statement);
}
