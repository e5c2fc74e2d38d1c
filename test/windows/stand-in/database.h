/* SQLite as MicroSIP uses it: one connection, UI thread only, any failure is fatal. */
#ifndef DATABASE_H
#define DATABASE_H
#include <sqlite3.h>
#include <stdbool.h>

struct db_waits {
  long statements; /* that were run */
  long waited;     /* that found the file locked by somebody else */
  long longest_ms; /* that one of them was held up */
};
extern struct db_waits db_waits;

void db_open(void);
sqlite3_stmt *db_prepare(const char *sql);
void db_bind_text(sqlite3_stmt *statement, int place, const char *text);
bool db_step(sqlite3_stmt *statement); /* true: there is a row */
void db_finish(sqlite3_stmt *statement);
void db_run(sqlite3_stmt *statement); /* to its end */

#endif
