/* Control verbs for the call history. */
#include "control.h"
#include "database.h"
#include <stdio.h>

/* so many calls that came and were missed, written as fast as the history takes them */
static void ui_history_burst(struct ui_request *ui) {
  static struct call call;
  static unsigned serial;
  for (int i = 0; i < ui->number; i++) {
    memset(&call, 0, sizeof call);
    call.history_row = -1;
    serial++;
    snprintf(call.call_id, sizeof call.call_id, "burst-%lu-%u", GetCurrentProcessId(), serial);
    format(call.remote.user, TEXT_SIZE, L"7%05u", serial);
    copy(call.remote.domain, TEXT_SIZE, account.domain);
    history_seen(&call, 1);
    history_lost(&call, 2);
    history_ended(&call, L"Missed Call");
  }
}
void verb_history_burst(struct request *r) {
  ui_post_field(ui_history_burst, r->field[1]);
}
void verb_history_waits(struct request *r) {
  reply_number(r, db_waits.statements);
  reply_number(r, db_waits.waited);
  reply_number(r, db_waits.longest_ms);
}
