/* The life of a call in the PJSIP log: the pjsua_call lines and the INVITE, CANCEL and BYE exchanges. The
 * other exchanges within a call are in sip-trace-mid-call.c, the account's in sip-trace-account.c. */
#include "sip-dialog.h"
#include <stdio.h>
#include <stdlib.h>

static __thread struct message m;
static __thread char body[2048], reason_bytes[1024];

static const char *bytes_of(const wchar_t *text) {
  to_utf8(reason_bytes, sizeof reason_bytes, text);
  return reason_bytes;
}

static const char *inv_name(const struct sip_dialog *d) {
  static __thread char name[40];
  sprintf(name, "inv%016llx", d->inv);
  return name;
}

/* also without a log: the Call-ID is what tests and the history know a call by */
void trace_call_created(struct call *call) {
  static volatile LONG incoming;
  char hex[33];
  struct sip_dialog *d = calloc(1, sizeof *d);
  call->dialog = d;
  d->call = call;
  d->started_ms = unix_ms();
  d->inv = new_address();
  random_hex(d->local_tag, 32);
  random_hex(d->branch, 32);
  random_hex(d->their_branch, 8);
  random_hex(hex, 8);
  sprintf(d->remote_tag, call->outgoing ? "pbx%s" : "ft%s", hex);
  d->ssrc = (unsigned)strtoul(hex, NULL, 16);
  d->sdp_version = 1004369217;
  d->cseq = 10000 + (int)(d->ssrc % 30000);
  strcpy(d->target, "sip:pbx@127.0.0.1:5080");
  if (call->outgoing) {
    random_hex(call->call_id, 32);
    d->invite_cseq = d->cseq;
  } else {
    char domain[256];
    to_utf8(domain, sizeof domain, default_domain());
    random_hex(hex, 8);
    snprintf(call->call_id, sizeof call->call_id, "in-%ld-%s@%s", InterlockedIncrement(&incoming), hex, domain);
    d->their_cseq = d->invite_cseq = 101;
  }
}

void trace_invite_sent(struct call *call) {
  struct sip_dialog *d = call->dialog;
  snprintf(d->local, sizeof d->local, "%s", own_identity());
  to_utf8(d->remote, sizeof d->remote, call->from_header);
  snprintf(d->invite_uri, sizeof d->invite_uri, "%s", d->remote);
  log_line("pjsua_call.c", 0, "Making call with acc #0 to %s", d->invite_uri);
  media_created(d, 1);
  log_line(inv_name(d), 1, "UAC invite session created for dialog dlg%016llx", d->inv);
  sdp_ours(d, body, "sendrecv", true);
  message_request(&m, d, "INVITE", d->cseq, true);
  message_body(&m, "application/sdp", body, true);
  send_request(d, 1, "INVITE", d->cseq, &m, true);
  d->invite_tsx = d->tsx;
  inv_state(d, 6, CALL_CALLING, "TSX_STATE");
}

void trace_trying_received(struct call *call) {
  struct sip_dialog *d = call->dialog;
  message_response(&m, d, 100, "Trying", "INVITE", d->invite_cseq, false);
  message_end(&m, false);
  receive_response(d, 100, "INVITE", d->invite_cseq, &m, "Calling", "Proceeding");
}

void trace_response_received(struct call *call, int code, const wchar_t *reason) {
  struct sip_dialog *d = call->dialog;
  const char *to = code < 200 ? "Proceeding" : code < 300 ? "Terminated" : "Completed";
  d->tsx = d->invite_tsx;
  if (!d->first_response_ms) d->first_response_ms = unix_ms();
  message_response(&m, d, code, bytes_of(reason), "INVITE", d->invite_cseq, false);
  if (call->pai[0]) message_add(&m, "P-Asserted-Identity: %s\r\n", bytes_of(call->pai));
  if (code == 183 || code == 200) {
    sdp_theirs(d, body, "sendrecv");
    message_body(&m, "application/sdp", body, false);
  } else {
    message_end(&m, false);
  }
  receive_response(d, code, "INVITE", d->invite_cseq, &m, "Proceeding", to);
  if (code < 200) {
    inv_state(d, 4, CALL_EARLY, "TSX_STATE");
  } else if (code < 300) {
    inv_state(d, 4, CALL_CONNECTING, "TSX_STATE");
    log_line(inv_name(d), 4, "Got SDP answer in Response msg 200/INVITE/cseq=%d (rdata0000000000ce3868)", d->invite_cseq);
    log_line(inv_name(d), 4, "SDP negotiation done: Success");
    media_updated(d, 5, "sendrecv");
    log_line(inv_name(d), 4, "Received Response msg 200/INVITE/cseq=%d (rdata0000000000ce3868), sending ACK", d->invite_cseq);
    send_ack(d, d->invite_cseq, true);
    inv_state(d, 4, CALL_CONFIRMED, "TX_MSG");
    d->connected_ms = unix_ms();
  } else {
    inv_state(d, 4, CALL_DISCONNECTED, "TSX_STATE");
    media_removed(d, 5, true);
  }
}

static void incoming_invite(struct call *call) {
  struct sip_dialog *d = call->dialog;
  char to[256], text[TEXT_SIZE * 2];
  to_utf8(to, sizeof to, call->to);
  to_utf8(text, 256, default_domain());
  snprintf(d->local, sizeof d->local, "<sip:%s@%s>", to, text);
  to_utf8(d->remote, sizeof d->remote, call->from_header);
  message_request(&m, d, "INVITE", d->their_cseq, false);
  if (call->pai[0]) {
    to_utf8(text, sizeof text, call->pai);
    message_add(&m, "P-Asserted-Identity: %s\r\n", text);
  }
  if (call->diversion[0]) {
    to_utf8(text, sizeof text, call->diversion);
    message_add(&m, "Diversion: %s\r\n", text);
  }
  sdp_theirs(d, body, "sendrecv");
  message_body(&m, "application/sdp", body, false);
}

void trace_invite_received(struct call *call) {
  struct sip_dialog *d = call->dialog;
  char tsx[40], dlg[40], what[64];
  incoming_invite(call);
  sprintf(what, "Request msg INVITE/cseq=%d", d->their_cseq);
  log_rx(what, &m);
  d->tsx = d->invite_tsx = new_address();
  sprintf(tsx, "tsx%016llx", d->tsx);
  sprintf(dlg, "dlg%016llx", d->inv);
  log_line("pjsua_call.c", 1, "Incoming %s (rdata0000000000ce3868)", what);
  log_line(tsx, 3, "Transaction created for %s (rdata0000000000ce3868)", what);
  log_line(tsx, 2, "Incoming %s (rdata0000000000ce3868) in state Null", what);
  log_line(tsx, 3, "State changed from Null to Trying, event=RX_MSG");
  log_line(dlg, 4, "Transaction %s state changed to Trying", tsx);
  log_line(dlg, 2, "UAS dialog created");
  log_line(inv_name(d), 2, "UAS invite session created for dialog %s", dlg);
  media_created(d, 2);
  message_response(&m, d, 100, "Trying", "INVITE", d->their_cseq, true);
  message_end(&m, true);
  send_response(d, 3, 100, "INVITE", d->their_cseq, &m, "Trying", "Proceeding");
  inv_state(d, 7, CALL_INCOMING, "TSX_STATE");
}

/* all slots taken: 486 without a call */
void trace_invite_refused_no_slot(struct call *call) {
  struct sip_dialog *d = call->dialog;
  char what[64];
  incoming_invite(call);
  sprintf(what, "Request msg INVITE/cseq=%d", d->their_cseq);
  log_rx(what, &m);
  log_line("pjsua_call.c", 1, "Incoming %s (rdata0000000000ce3868)", what);
  log_line("pjsua_call.c", 2, "Unable to accept incoming call (too many calls)");
  message_response(&m, d, 486, "Busy Here", "INVITE", d->their_cseq, true);
  message_end(&m, true);
  sprintf(what, "Response msg 486/INVITE/cseq=%d", d->their_cseq);
  log_tx(2, what, new_address(), &m);
}

void trace_answer_sent(struct call *call, int code, const wchar_t *reason, const wchar_t *extra_header) {
  struct sip_dialog *d = call->dialog;
  d->tsx = d->invite_tsx;
  if (code < 300) log_line("pjsua_call.c", 0, "Answering call %d: code=%d", call->slot, code);
  else log_line("pjsua_call.c", 0, "Call %d hanging up: code=%d..", call->slot, code);
  if (!d->first_response_ms) d->first_response_ms = unix_ms();
  message_response(&m, d, code, bytes_of(reason), "INVITE", d->invite_cseq, true);
  if (extra_header) message_add(&m, "%s\r\n", bytes_of(extra_header));
  if (code == 302) message_add(&m, "Contact: <sip:%s>\r\n", bytes_of(settings.forwardingNumber));
  if (code == 200) {
    log_line(inv_name(d), 2, "SDP negotiation done: Success");
    media_updated(d, 3, "sendrecv");
    sdp_ours(d, body, "sendrecv", false);
    message_body(&m, "application/sdp", body, true);
  } else {
    if (code >= 300) media_removed(d, 1, false);
    message_end(&m, true);
  }
  send_response(d, 2, code, "INVITE", d->invite_cseq, &m, "Proceeding", code < 200 ? "Proceeding" : "Completed");
  inv_state(d, 6, code < 200 ? CALL_EARLY : code < 300 ? CALL_CONNECTING : CALL_DISCONNECTED, "TSX_STATE");
  if (code >= 300) receive_ack(d, d->invite_cseq, false);
}

void trace_ack_received(struct call *call) {
  struct sip_dialog *d = call->dialog;
  receive_ack(d, d->invite_cseq, true);
  inv_state(d, 2, CALL_CONFIRMED, "RX_MSG");
  d->connected_ms = unix_ms();
}

void trace_cancel_received(struct call *call, int cause, const wchar_t *reason) {
  struct sip_dialog *d = call->dialog;
  char what[64], text[1024];
  message_request(&m, d, "CANCEL", d->invite_cseq, false);
  to_utf8(text, sizeof text, reason);
  if (text[0]) message_add(&m, "Reason: SIP;cause=%d;text=\"%s\"\r\n", cause, text);
  message_end(&m, false);
  receive_request(d, "CANCEL", d->invite_cseq, &m);
  message_response(&m, d, 200, "OK", "CANCEL", d->invite_cseq, true);
  message_end(&m, true);
  send_response(d, 5, 200, "CANCEL", d->invite_cseq, &m, "Trying", "Completed");
  d->tsx = d->invite_tsx;
  message_response(&m, d, 487, "Request Terminated", "INVITE", d->invite_cseq, true);
  message_end(&m, true);
  sprintf(what, "Response msg 487/INVITE/cseq=%d", d->invite_cseq);
  log_tx(7, what, new_address(), &m);
  inv_state(d, 9, CALL_DISCONNECTED, "TSX_STATE");
  media_removed(d, 10, true);
  receive_ack(d, d->invite_cseq, false);
}

void trace_cancel_sent(struct call *call) {
  struct sip_dialog *d = call->dialog;
  log_line("pjsua_call.c", 0, "Call %d hanging up: code=0..", call->slot);
  media_removed(d, 1, false);
  message_request(&m, d, "CANCEL", d->invite_cseq, true);
  message_end(&m, true);
  send_request(d, 2, "CANCEL", d->invite_cseq, &m, true);
}

void trace_cancel_answered(struct call *call) {
  struct sip_dialog *d = call->dialog;
  message_response(&m, d, 200, "OK", "CANCEL", d->invite_cseq, false);
  message_end(&m, false);
  receive_response(d, 200, "CANCEL", d->invite_cseq, &m, "Calling", "Completed");
  d->tsx = d->invite_tsx;
  message_response(&m, d, 487, "Request Terminated", "INVITE", d->invite_cseq, false);
  message_end(&m, false);
  receive_response(d, 487, "INVITE", d->invite_cseq, &m, "Proceeding", "Completed");
  inv_state(d, 4, CALL_DISCONNECTED, "TSX_STATE");
}

void trace_bye_received(struct call *call) {
  struct sip_dialog *d = call->dialog;
  d->their_cseq++;
  random_hex(d->their_branch, 8);
  message_request(&m, d, "BYE", d->their_cseq, false);
  message_end(&m, false);
  receive_request(d, "BYE", d->their_cseq, &m);
  message_response(&m, d, 200, "OK", "BYE", d->their_cseq, true);
  message_end(&m, true);
  send_response(d, 5, 200, "BYE", d->their_cseq, &m, "Trying", "Completed");
  inv_state(d, 5, CALL_DISCONNECTED, "TSX_STATE");
  media_removed(d, 6, true);
}

void trace_bye_sent(struct call *call) {
  struct sip_dialog *d = call->dialog;
  log_line("pjsua_call.c", 0, "Call %d hanging up: code=0..", call->slot);
  media_removed(d, 1, false);
  d->cseq++;
  random_hex(d->branch, 32);
  message_request(&m, d, "BYE", d->cseq, true);
  message_end(&m, true);
  send_request(d, 2, "BYE", d->cseq, &m, true);
}

void trace_bye_answered(struct call *call) {
  struct sip_dialog *d = call->dialog;
  message_response(&m, d, 200, "OK", "BYE", d->cseq, false);
  message_end(&m, false);
  receive_response(d, 200, "BYE", d->cseq, &m, "Calling", "Completed");
  inv_state(d, 4, CALL_DISCONNECTED, "TSX_STATE");
}
