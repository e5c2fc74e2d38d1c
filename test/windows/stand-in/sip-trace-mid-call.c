/* Hold, transfer, tones and messages in the PJSIP log. */
#include "sip-dialog.h"
#include <stdio.h>

static __thread struct message m;
static __thread char body[2048];

static const char *inv_name(const struct sip_dialog *d) {
  static __thread char name[40];
  sprintf(name, "inv%016llx", d->inv);
  return name;
}

/* what we send in each case; what they send is the mirror of it */
static const char *our_direction(const struct call *call, bool hold) {
  if (hold) return call->remote_hold ? "inactive" : "sendonly";
  return call->remote_hold ? "recvonly" : "sendrecv";
}

static const char *mirror(const char *direction) {
  if (strcmp(direction, "sendonly") == 0) return "recvonly";
  if (strcmp(direction, "recvonly") == 0) return "sendonly";
  return direction;
}

static void next_request(struct sip_dialog *d, const char *method) {
  d->cseq++;
  random_hex(d->branch, 32);
  message_request(&m, d, method, d->cseq, true);
}

void trace_hold_sent(struct call *call, bool on) {
  struct sip_dialog *d = call->dialog;
  log_line("pjsua_call.c", 0, on ? "Putting call %d on hold" : "Sending re-INVITE on call %d", call->slot);
  if (!on) log_line("pjsua_media.c", 1, "Call %d: re-initializing media..", call->slot);
  next_request(d, "INVITE");
  sdp_ours(d, body, our_direction(call, on), true);
  message_body(&m, "application/sdp", body, true);
  send_request(d, 2, "INVITE", d->cseq, &m, true);
}

/* called when the call is already marked as held or not */
void trace_hold_answered(struct call *call, bool on) {
  struct sip_dialog *d = call->dialog;
  const char *ours = our_direction(call, on);
  message_response(&m, d, 200, "OK", "INVITE", d->cseq, false);
  sdp_theirs(d, body, mirror(ours));
  message_body(&m, "application/sdp", body, false);
  receive_response(d, 200, "INVITE", d->cseq, &m, "Calling", "Terminated");
  log_line(inv_name(d), 4, "Got SDP answer in Response msg 200/INVITE/cseq=%d (rdata0000000000ce3868)", d->cseq);
  log_line(inv_name(d), 4, "SDP negotiation done: Success");
  media_updated(d, 5, ours);
  log_line(inv_name(d), 4, "Received Response msg 200/INVITE/cseq=%d (rdata0000000000ce3868), sending ACK", d->cseq);
  send_ack(d, d->cseq, true);
}

void trace_hold_received(struct call *call, bool on) {
  struct sip_dialog *d = call->dialog;
  const char *theirs = on ? call->local_hold ? "inactive" : "sendonly" : call->local_hold ? "recvonly" : "sendrecv";
  d->their_cseq++;
  random_hex(d->their_branch, 8);
  message_request(&m, d, "INVITE", d->their_cseq, false);
  sdp_theirs(d, body, theirs);
  message_body(&m, "application/sdp", body, false);
  receive_request(d, "INVITE", d->their_cseq, &m);
  d->invite_tsx = d->tsx;
  log_line(inv_name(d), 5, "Got SDP offer in Request msg INVITE/cseq=%d (rdata0000000000ce3868)", d->their_cseq);
  log_line("pjsua_call.c", 5, "Call %d: received updated media offer", call->slot);
  log_line("pjsua_media.c", 6, "Call %d: re-initializing media..", call->slot);
  log_line(inv_name(d), 5, "SDP negotiation done: Success");
  media_updated(d, 6, mirror(theirs));
  message_response(&m, d, 200, "OK", "INVITE", d->their_cseq, true);
  sdp_ours(d, body, mirror(theirs), false);
  message_body(&m, "application/sdp", body, true);
  send_response(d, 6, 200, "INVITE", d->their_cseq, &m, "Trying", "Completed");
  receive_ack(d, d->their_cseq, true);
}

void trace_refer_sent(struct call *call, const wchar_t *target) {
  struct sip_dialog *d = call->dialog;
  char number[512], domain[256];
  to_utf8(number, sizeof number, target);
  to_utf8(domain, sizeof domain, default_domain());
  log_line("pjsua_call.c", 0, strchr(number, '@') ? "Transferring call %d to sip:%s" : "Transferring call %d to sip:%s@%s", call->slot, number, domain);
  next_request(d, "REFER");
  message_add(&m, "Event: refer\r\nExpires: 600\r\nSupported: replaces, 100rel, timer, norefersub\r\nAccept: message/sipfrag;version=2.0\r\n"
                  "Allow-Events: presence, dialog, message-summary, refer\r\n");
  message_add(&m, strchr(number, '@') ? "Refer-To: sip:%s\r\n" : "Refer-To: sip:%s@%s\r\n", number, domain);
  message_add(&m, "Referred-By: %s\r\n", own_identity());
  message_end(&m, true);
  send_request(d, 1, "REFER", d->cseq, &m, false);
}

static void notify(struct sip_dialog *d, int code, const char *reason) {
  sprintf(body, "SIP/2.0 %d %s\r\n", code, reason);
  d->their_cseq++;
  random_hex(d->their_branch, 8);
  message_request(&m, d, "NOTIFY", d->their_cseq, false);
  message_add(&m, "Event: refer\r\nSubscription-State: %s\r\n", code < 200 ? "active;expires=60" : "terminated;reason=noresource");
  message_body(&m, "message/sipfrag;version=2.0", body, false);
  receive_request(d, "NOTIFY", d->their_cseq, &m);
  message_response(&m, d, 200, "OK", "NOTIFY", d->their_cseq, true);
  message_end(&m, true);
  send_response(d, 5, 200, "NOTIFY", d->their_cseq, &m, "Trying", "Completed");
}

void trace_refer_progress(struct call *call, int code, const wchar_t *reason) {
  struct sip_dialog *d = call->dialog;
  char text[256];
  message_response(&m, d, 202, "Accepted", "REFER", d->cseq, false);
  message_end(&m, false);
  receive_response(d, 202, "REFER", d->cseq, &m, "Calling", "Completed");
  notify(d, 100, "Trying");
  to_utf8(text, sizeof text, reason);
  notify(d, code, text);
}

static void send_info(struct call *call, char digit) {
  struct sip_dialog *d = call->dialog;
  log_line("pjsua_call.c", 0, "Call %d sending INFO request..", call->slot);
  next_request(d, "INFO");
  sprintf(body, "Signal=%c\r\nDuration=160", digit);
  message_body(&m, "application/dtmf-relay", body, true);
  send_request(d, 1, "INFO", d->cseq, &m, false);
  message_response(&m, d, 200, "OK", "INFO", d->cseq, false);
  message_end(&m, false);
  receive_response(d, 200, "INFO", d->cseq, &m, "Calling", "Completed");
  log_line("pjsua_call.c", 5, "Call %d: DTMF sent successfully with INFO", call->slot);
}

void trace_dtmf_sent(struct call *call, const wchar_t *digits) {
  char text[256], stream[40];
  to_utf8(text, sizeof text, digits);
  if (settings.DTMFMethod == 3) {
    for (const char *at = text; *at; at++) send_info(call, *at);
    return;
  }
  if (settings.DTMFMethod == 1) return; /* in-band tones leave no line */
  log_line("pjsua_aud.c", 0, "Call %d dialing DTMF %s", call->slot, text);
  sprintf(stream, "strm%016llx", call->dialog->stream);
  for (const char *at = text; *at; at++) log_line(stream, 0, "Sending DTMF digit id %c", *at);
}

/* outside of any call: a Call-ID and a transaction of its own */
void trace_message_sent(const wchar_t *uri, const wchar_t *text) {
  static __thread char target[TEXT_SIZE * 2], bytes[TEXT_SIZE * 3];
  char call_id[33], branch[33], tag[33], their_tag[9], what[64];
  int cseq = 10000 + (int)(GetTickCount() % 30000);
  if (!log_is_open()) return;
  random_hex(call_id, 32);
  random_hex(branch, 32);
  random_hex(tag, 32);
  random_hex(their_tag, 8);
  to_utf8(target, sizeof target, uri);
  to_utf8(bytes, sizeof bytes, text);
  m.length = 0;
  message_add(&m, "MESSAGE %s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\nMax-Forwards: 70\r\nFrom: %s;tag=%s\r\n", target, branch,
              own_identity(), tag);
  message_add(&m, "To: <%s>\r\nCall-ID: %s\r\nCSeq: %d MESSAGE\r\nAccept: text/plain, application/im-iscomposing+xml\r\n", target, call_id, cseq);
  message_body(&m, "text/plain", bytes, true);
  sprintf(what, "Request msg MESSAGE/cseq=%d", cseq);
  log_tx(1, what, new_address(), &m);
  m.length = 0;
  message_add(&m, "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\nFrom: %s;tag=%s\r\n", branch, own_identity(), tag);
  message_add(&m, "To: <%s>;tag=pbx%s\r\nCall-ID: %s\r\nCSeq: %d MESSAGE\r\nServer: TestPBX/1.0\r\n", target, their_tag, call_id, cseq);
  message_end(&m, false);
  sprintf(what, "Response msg 200/MESSAGE/cseq=%d", cseq);
  log_rx(what, &m);
  log_line("pjsua_im.h", 3, "Message '%s' delivered successfully", bytes);
}
