/* One SIP message and the log lines PJSIP writes around it. */
#include "sip-dialog.h"
#include <stdio.h>

#define UDP_SENDER "udp0000000000ce2200"

static const char *object(const char *kind, unsigned long long address) {
  static __thread char names[8][40];
  static __thread int turn;
  char *name = names[turn++ & 7];
  sprintf(name, "%s%016llx", kind, address);
  return name;
}

/* addresses are re-used, as a heap does */
unsigned long long new_address(void) {
  static volatile LONG next;
  return 0xcf0000ULL + (unsigned long long)((InterlockedIncrement(&next) * 0x1438) % 0x80000 & ~7);
}

void log_tx(int depth, const char *what, unsigned long long tdta, const struct message *m) {
  log_line("pjsua_core.c", depth, "TX %d bytes %s (%s) to UDP 127.0.0.1:5080:\n%s\n--end msg--", m->length, what, object("tdta", tdta), m->text);
  log_line(UDP_SENDER, depth, "%s (%s) sent successfully", what, object("tdta", tdta));
}

void log_rx(const char *what, const struct message *m) {
  log_line("sip_endpoint.c", 0, "Processing incoming message: %s (rdata0000000000ce3868)", what);
  log_line("pjsua_core.c", 1, "RX %d bytes %s (rdata0000000000ce3868) from UDP 127.0.0.1:5080:\n%s\n--end msg--", m->length, what, m->text);
}

/* only since pjsip 2.14 */
void inv_state(struct sip_dialog *d, int depth, enum call_state to, const char *event) {
  if (SINCE(3, 21, 4)) log_line(object("inv", d->inv), depth, "State changed from %s to %s, event=%s", call_state_name(d->logged), call_state_name(to), event);
  d->logged = to;
}

void send_request(struct sip_dialog *d, int depth, const char *method, int cseq, const struct message *m, bool by_invite) {
  char what[64];
  const char *dlg = object("dlg", d->inv), *tdta;
  sprintf(what, "Request msg %s/cseq=%d", method, cseq);
  d->tdta = new_address();
  d->tsx = new_address();
  tdta = object("tdta", d->tdta);
  const char *tsx = object("tsx", d->tsx);
  log_line("sip_util.c", depth, "%s (%s) created.", what, tdta);
  if (by_invite) log_line(object("inv", d->inv), depth, "Sending %s (%s)", what, tdta);
  log_line(dlg, depth + 1, "Sending %s (%s)", what, tdta);
  log_line(tsx, depth + 2, "Transaction created for %s (%s)", what, tdta);
  log_line(tsx, depth + 1, "Sending %s (%s) in state Null", what, tdta);
  log_line("sip_resolve.c", depth + 2, "Target '127.0.0.1:5080' type=UDP resolved to '127.0.0.1:5080' type=UDP (UDP transport)");
  log_tx(depth + 2, what, d->tdta, m);
  log_line(tsx, depth + 2, "State changed from Null to Calling, event=TX_MSG");
  log_line(dlg, depth + 3, "Transaction %s state changed to Calling", tsx);
}

void send_response(struct sip_dialog *d, int depth, int code, const char *method, int cseq, const struct message *m, const char *from, const char *to) {
  char what[64];
  const char *dlg = object("dlg", d->inv), *tsx = object("tsx", d->tsx);
  sprintf(what, "Response msg %d/%s/cseq=%d", code, method, cseq);
  d->tdta = new_address();
  const char *tdta = object("tdta", d->tdta);
  if (strcmp(method, "INVITE") == 0) log_line(object("inv", d->inv), depth, "Sending %s (%s)", what, tdta);
  log_line(dlg, depth + 1, "Sending %s (%s)", what, tdta);
  log_line(tsx, depth + 1, "Sending %s (%s) in state %s", what, tdta, from);
  log_tx(depth + 2, what, d->tdta, m);
  log_line(tsx, depth + 2, "State changed from %s to %s, event=TX_MSG", from, to);
  log_line(dlg, depth + 3, "Transaction %s state changed to %s", tsx, to);
}

void receive_request(struct sip_dialog *d, const char *method, int cseq, const struct message *m) {
  char what[64];
  const char *dlg = object("dlg", d->inv);
  sprintf(what, "Request msg %s/cseq=%d", method, cseq);
  log_rx(what, m);
  d->tsx = new_address();
  const char *tsx = object("tsx", d->tsx);
  log_line(dlg, 1, "Received %s (rdata0000000000ce3868)", what);
  log_line(tsx, 3, "Transaction created for %s (rdata0000000000ce3868)", what);
  log_line(tsx, 2, "Incoming %s (rdata0000000000ce3868) in state Null", what);
  log_line(tsx, 3, "State changed from Null to Trying, event=RX_MSG");
  log_line(dlg, 4, "Transaction %s state changed to Trying", tsx);
}

void receive_response(struct sip_dialog *d, int code, const char *method, int cseq, const struct message *m, const char *from, const char *to) {
  char what[64];
  const char *dlg = object("dlg", d->inv), *tsx = object("tsx", d->tsx);
  sprintf(what, "Response msg %d/%s/cseq=%d", code, method, cseq);
  log_rx(what, m);
  log_line(tsx, 1, "Incoming %s (rdata0000000000ce3868) in state %s", what, from);
  if (code >= 300 && strcmp(method, "INVITE") == 0) send_ack(d, cseq, false);
  log_line(tsx, 2, "State changed from %s to %s, event=RX_MSG", from, to);
  log_line(dlg, 3, "Received %s (rdata0000000000ce3868)", what);
  log_line(dlg, 3, "Transaction %s state changed to %s", tsx, to);
}

/* accepted: the ACK of a 2xx, with a branch of its own and the remote target */
void send_ack(struct sip_dialog *d, int cseq, bool accepted) {
  static __thread struct message m;
  char what[64], kept[33];
  const char *dlg = object("dlg", d->inv);
  int depth = accepted ? 4 : 2, initial = d->invite_cseq;
  sprintf(what, "Request msg ACK/cseq=%d", cseq);
  memcpy(kept, d->branch, sizeof kept);
  if (accepted) random_hex(d->branch, 32);
  message_request(&m, d, "ACK", cseq, true);
  if (!accepted && cseq == initial) {
    /* to the original URI */
    static __thread struct message other;
    other.length = 0;
    message_add(&other, "ACK %s SIP/2.0%s", d->invite_uri, strchr(m.text, '\r'));
    m = other;
  }
  message_end(&m, true);
  memcpy(d->branch, kept, sizeof kept);
  d->tdta = new_address();
  log_line("sip_util.c", depth, "%s (%s) created.", what, object("tdta", d->tdta));
  if (accepted) {
    log_line(dlg, 5, "Sending %s (%s)", what, object("tdta", d->tdta));
    log_line("sip_resolve.c", 5, "Target '127.0.0.1:5080' type=UDP resolved to '127.0.0.1:5080' type=UDP (UDP transport)");
  }
  log_tx(accepted ? 5 : 2, what, d->tdta, &m);
}

void receive_ack(struct sip_dialog *d, int cseq, bool accepted) {
  static __thread struct message m;
  char what[64];
  const char *dlg = object("dlg", d->inv), *tsx = object("tsx", d->invite_tsx);
  sprintf(what, "Request msg ACK/cseq=%d", cseq);
  if (accepted) random_hex(d->their_branch, 8);
  message_request(&m, d, "ACK", cseq, false);
  message_end(&m, false);
  log_rx(what, &m);
  if (accepted) {
    log_line(dlg, 1, "Received %s (rdata0000000000ce3868)", what);
    log_line(tsx, 2, "Request to terminate transaction");
    log_line(tsx, 3, "State changed from Completed to Terminated, event=USER");
    log_line(dlg, 4, "Transaction %s state changed to Terminated", tsx);
  } else {
    log_line(tsx, 1, "Incoming %s (rdata0000000000ce3868) in state Completed", what);
    log_line(tsx, 2, "State changed from Completed to Confirmed, event=RX_MSG");
    log_line(dlg, 3, "Transaction %s state changed to Confirmed", tsx);
  }
}
