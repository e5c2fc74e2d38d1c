/* What the files of the call history share. */
#ifndef HISTORY_H
#define HISTORY_H
#include "stand-in.h"

#define ROW_TEXT (TEXT_SIZE * 2 + 2)

/* who a call is with, as the history words it */
void history_number(const struct call *call, wchar_t *to);
const wchar_t *history_name(const struct call *call);
/* connected time, rounded */
long long history_duration(const struct call *call);

/* history-ini.c: up to 3.22.4 */
struct ini_entry {
  int index, type;
  long long time, duration;
  wchar_t number[256], name[256], info[256];
};
void ini_history_open(void);
void ini_history_made(struct call *call);
void ini_history_changed(const struct call *call);
int ini_history_read(struct ini_entry **entries); /* malloced, sorted by time */
void ini_history_delete(void);

/* history-db.c: from 3.22.5 */
void db_history_open(void);
void db_history_seen(const struct call *call, int type);
void db_history_ended(const struct call *call, const wchar_t *info);

#endif
