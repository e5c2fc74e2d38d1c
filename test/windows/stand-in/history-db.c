/* The table call_log: docs/microsip/3.22.16.md#3. Open from start to exit, no WAL, and every statement is a
 * transaction of its own. A statement that fails ends the program: the real one throws through its window procedure. */
#include "history.h"
#include "database.h"
#include <stdio.h>
#include <stdlib.h>
#include <wincrypt.h>

#define ROWS_KEPT 1000
#define TEXT_BYTES (ROW_TEXT * 3)

static const char *const start_statements[] = {
    "CREATE TABLE IF NOT EXISTS call_log (id INTEGER PRIMARY KEY AUTOINCREMENT, callId TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, "
    "type INTEGER, time INTEGER, duration INTEGER, info TEXT NOT NULL)",
    "CREATE UNIQUE INDEX IF NOT EXISTS idx_call_log_callId_unique ON call_log (callId)",
};

struct texts {
  char number[TEXT_BYTES], name[TEXT_BYTES];
};

static long long row_count(void) {
  sqlite3_stmt *statement = db_prepare("SELECT count(*) FROM call_log");
  long long count = db_step(statement) ? sqlite3_column_int64(statement, 0) : 0;
  db_finish(statement);
  return count;
}

/* only here, so the table grows beyond that until the next start */
static void trim_rows(void) {
  sqlite3_stmt *statement = db_prepare("DELETE FROM call_log WHERE id NOT IN (SELECT id FROM call_log ORDER BY id DESC LIMIT ?)");
  sqlite3_bind_int(statement, 1, ROWS_KEPT);
  db_run(statement);
}

/* what is not valid is not written, and nobody is told */
static bool valid(const char *call_id, const struct texts *who, int type, long long time, long long duration) {
  return call_id[0] && who->number[0] && who->name[0] && type >= 0 && type <= 3 && time > 0 && duration >= 0;
}

static void insert(const char *call_id, const struct texts *who, int type, long long time, long long duration, const char *info) {
  if (!valid(call_id, who, type, time, duration)) return;
  sqlite3_stmt *statement = db_prepare("INSERT INTO call_log (callId, number, name, type, time, duration, info) VALUES (?, ?, ?, ?, ?, ?, ?)");
  db_bind_text(statement, 1, call_id);
  db_bind_text(statement, 2, who->number);
  db_bind_text(statement, 3, who->name);
  sqlite3_bind_int(statement, 4, type);
  sqlite3_bind_int64(statement, 5, time);
  sqlite3_bind_int64(statement, 6, duration);
  db_bind_text(statement, 7, info);
  db_run(statement);
}

static void md5_hex(const char *text, char *to) {
  HCRYPTPROV provider = 0;
  HCRYPTHASH hash = 0;
  BYTE bytes[16] = {0};
  DWORD size = sizeof bytes;
  CryptAcquireContextW(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT);
  CryptCreateHash(provider, CALG_MD5, 0, 0, &hash);
  CryptHashData(hash, (const BYTE *)text, (DWORD)strlen(text), 0);
  CryptGetHashParam(hash, HP_HASHVAL, bytes, &size, 0);
  CryptDestroyHash(hash);
  CryptReleaseContext(provider, 0);
  for (int i = 0; i < 16; i++) sprintf(to + 2 * i, "%02x", bytes[i]);
}

/* the history of an older version, into an empty table only */
static void import_ini(void) {
  static struct texts who;
  char id[48], call_id[33], info[1024];
  struct ini_entry *entries;
  int count = ini_history_read(&entries);
  if (!entries) return;
  for (int i = 0; i < count; i++) {
    const struct ini_entry *entry = &entries[i];
    sprintf(id, "%d-%lld", entry->index, entry->time);
    md5_hex(id, call_id);
    to_utf8(who.number, TEXT_BYTES, entry->number);
    to_utf8(who.name, TEXT_BYTES, entry->name);
    to_utf8(info, sizeof info, entry->info);
    insert(call_id, &who, entry->type, entry->time, entry->duration, info);
  }
  free(entries);
  ini_history_delete();
}

void db_history_open(void) {
  db_open();
  for (size_t i = 0; i < sizeof start_statements / sizeof *start_statements; i++) db_run(db_prepare(start_statements[i]));
  if (row_count() > ROWS_KEPT) trim_rows();
  if (row_count() == 0) import_ini();
}

/* 1: it is the same, 0: something changed, -1: there is no such row */
static int compare(const char *call_id, const struct texts *who, int type) {
  int result = -1;
  sqlite3_stmt *statement = db_prepare("SELECT number, name, type FROM call_log WHERE callId = ?");
  db_bind_text(statement, 1, call_id);
  if (db_step(statement)) {
    result = strcmp((const char *)sqlite3_column_text(statement, 0), who->number) == 0 &&
             strcmp((const char *)sqlite3_column_text(statement, 1), who->name) == 0 && sqlite3_column_int(statement, 2) == type;
  }
  db_finish(statement);
  return result;
}

void db_history_seen(const struct call *call, int type) {
  static struct texts who;
  static wchar_t number[ROW_TEXT];
  history_number(call, number);
  to_utf8(who.number, TEXT_BYTES, number);
  to_utf8(who.name, TEXT_BYTES, history_name(call));
  int same = compare(call->call_id, &who, type);
  if (same < 0) {
    insert(call->call_id, &who, type, unix_ms() / 1000, 0, "");
  } else if (same == 0 && who.number[0] && who.name[0]) {
    sqlite3_stmt *statement = db_prepare("UPDATE call_log SET number = ?, name = ?, type = ? WHERE callId = ?");
    db_bind_text(statement, 1, who.number);
    db_bind_text(statement, 2, who.name);
    sqlite3_bind_int(statement, 3, type);
    db_bind_text(statement, 4, call->call_id);
    db_run(statement);
  }
}

/* two statements, so a reader may find the duration without the reason */
void db_history_ended(const struct call *call, const wchar_t *info) {
  char bytes[1024];
  sqlite3_stmt *statement = db_prepare("UPDATE call_log SET duration = ? WHERE callId = ?");
  sqlite3_bind_int64(statement, 1, history_duration(call));
  db_bind_text(statement, 2, call->call_id);
  db_run(statement);
  to_utf8(bytes, sizeof bytes, info);
  statement = db_prepare("UPDATE call_log SET info = ? WHERE callId = ?");
  db_bind_text(statement, 1, bytes);
  db_bind_text(statement, 2, call->call_id);
  db_run(statement);
}
