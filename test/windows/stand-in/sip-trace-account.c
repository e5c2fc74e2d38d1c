/* PJSIP's start and end and the account's registration in the log. */
#include "sip-dialog.h"
#include <stdio.h>

static struct {
  char call_id[33], tag[33], branch[33], their_tag[9];
  int cseq, expires;
  unsigned long long tsx;
  bool sent;
} reg;
static __thread struct message m;

void trace_start(void) {
  static const char *const modules[] = {"pjsua-log", "tsx-layer", "stateful-util", "ua", "100rel", "pjsua", "invite", "evsub", "presence", "dlg_even", "mwi", "refer", "pjsua-pres", "pjsua-im", "pjsua-options"};
  random_hex(reg.call_id, 32);
  random_hex(reg.their_tag, 8);
  reg.cseq = 10000 + (int)(GetTickCount() % 30000);
  reg.sent = false;
  for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) log_line("sip_endpoint.c", 1, "Module \"mod-%s\" registered", modules[i]);
  log_line("pjsua_core.c", 1, "1 SIP worker threads created");
  log_line("pjsua_core.c", 1, "pjsua version %s for  initialized", SINCE(3, 21, 4) ? "2.15.1" : "2.10");
  log_line("pjsua_core.c", 1, "PJSUA state changed: CREATED --> INIT");
  log_line("pjsua_core.c", 0, "PJSUA state changed: INIT --> STARTING");
  log_line("sip_endpoint.c", 1, "Module \"mod-unsolicited-mwi\" registered");
  log_line("pjsua_core.c", 1, "PJSUA state changed: STARTING --> RUNNING");
  log_line("mainDlg.cpp", 0, "Set audio codecs");
  log_line("mainDlg.cpp", 0, "Create transport");
  log_line("pjsua_core.c", 0, "SIP UDP socket reachable at 127.0.0.1:5070");
  log_line("udp0000000000ce2200", 0, "SIP UDP transport started, published address is 127.0.0.1:5070");
}

static void register_request(void) {
  char domain[256];
  to_utf8(domain, sizeof domain, default_domain());
  random_hex(reg.branch, 32);
  m.length = 0;
  message_add(&m, "REGISTER sip:%s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\n", domain, reg.branch);
  message_add(&m, "Route: <sip:127.0.0.1:5080;lr>\r\nMax-Forwards: 70\r\nFrom: %s;tag=%s\r\nTo: %s\r\n", own_identity(), reg.tag, own_identity());
  message_add(&m, "Call-ID: %s\r\nCSeq: %d REGISTER\r\nUser-Agent: %s\r\nContact: %s\r\nExpires: %d\r\n", reg.call_id, reg.cseq, own_agent(), own_contact(), reg.expires);
  if (reg.expires) message_add(&m, "Allow: PRACK, INVITE, ACK, BYE, CANCEL, UPDATE, INFO, SUBSCRIBE, NOTIFY, REFER, MESSAGE, OPTIONS\r\n");
  message_add(&m, "Content-Length:  0\r\n\r\n");
}

void trace_account_added(void) {
  log_line("pjsua_acc.c", 0, "Adding account: id=%s", own_identity());
  log_line("pjsua_acc.c", 1, "Account %s added with id 0", own_identity());
}

void trace_register_sent(int expires) {
  char what[64], tsx[40];
  unsigned long long tdta = new_address();
  reg.expires = expires;
  reg.sent = true;
  reg.cseq++;
  random_hex(reg.tag, 32);
  register_request();
  sprintf(what, "Request msg REGISTER/cseq=%d", reg.cseq);
  log_line("pjsua_acc.c", 1, expires ? "Acc 0: setting registration.." : "Acc 0: setting unregistration..");
  if (expires) log_line("pjsua_acc.c", 2, "Contact for acc 0 updated: %s", own_contact());
  log_line("sip_util.c", 2, "%s (tdta%016llx) created.", what, tdta);
  reg.tsx = new_address();
  sprintf(tsx, "tsx%016llx", reg.tsx);
  log_line(tsx, 3, "Transaction created for %s (tdta%016llx)", what, tdta);
  log_line(tsx, 2, "Sending %s (tdta%016llx) in state Null", what, tdta);
  log_line("sip_resolve.c", 3, "Target '127.0.0.1:5080' type=UDP resolved to '127.0.0.1:5080' type=UDP (UDP transport)");
  log_tx(3, what, tdta, &m);
  log_line(tsx, 3, "State changed from Null to Calling, event=TX_MSG");
  log_line("pjsua_acc.c", 2, expires ? "Acc 0: Registration sent" : "Acc 0: Unregistration sent");
}

/* a 408 is what PJSIP makes of no answer at all, so no message is logged */
static void no_answer(void) {
  char tsx[40];
  sprintf(tsx, "tsx%016llx", reg.tsx);
  log_line(tsx, 0, "Timeout timer event");
  log_line(tsx, 1, "State changed from Calling to Terminated, event=TIMER");
}

static void answer(int code, const char *phrase) {
  char what[64], tsx[40];
  m.length = 0;
  message_add(&m, "SIP/2.0 %d %s\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\n", code, phrase, reg.branch);
  message_add(&m, "From: %s;tag=%s\r\nTo: %s;tag=pbx%s\r\nCall-ID: %s\r\nCSeq: %d REGISTER\r\nServer: TestPBX/1.0\r\n", own_identity(), reg.tag, own_identity(),
              reg.their_tag, reg.call_id, reg.cseq);
  if (code == 200 && reg.expires) message_add(&m, "Contact: %s;expires=%d\r\nExpires: %d\r\n", own_contact(), reg.expires, reg.expires);
  message_end(&m, false);
  sprintf(what, "Response msg %d/REGISTER/cseq=%d", code, reg.cseq);
  log_rx(what, &m);
  sprintf(tsx, "tsx%016llx", reg.tsx);
  log_line(tsx, 1, "Incoming %s (rdata0000000000ce3868) in state Calling", what);
  log_line(tsx, 2, "State changed from Calling to Completed, event=RX_MSG");
}

void trace_register_answered(int code, const wchar_t *reason) {
  char phrase[256];
  to_utf8(phrase, sizeof phrase, reason);
  if (code == 408) no_answer();
  else answer(code, phrase);
  if (code == 200 && !reg.expires) {
    log_line("pjsua_acc.c", 5, "%s: unregistration success", own_identity());
  } else if (code == 200) {
    log_line("pjsua_acc.c", 4, "%s: registration success, status=200 (OK), will re-register in %d seconds", own_identity(), reg.expires);
  } else if (code == 401 || code == 407) {
    log_line("pjsua_acc.c", 4, "SIP registration error: Maximum number of stale retries exceeded (PJSIP_EAUTHSTALECOUNT) [status=171111]");
  } else {
    log_line("pjsua_acc.c", 4, "SIP registration failed, status=%d (%s)", code, phrase);
  }
  if (code != 200) log_line("pjsua_acc.c", 4, "Service-Route updated for acc 0 with 0 URI(s)");
  if (code == 408 || code >= 500) log_line("pjsua_acc.c", 4, "Scheduling re-registration retry for acc 0 in 300 seconds..");
}

void trace_account_removed(bool registered) {
  log_line("pjsua_acc.c", 0, "Deleting account 0..");
  if (registered) trace_register_sent(0);
  log_line("pjsua_acc.c", 1, "Account id 0 deleted");
  reg.sent = false;
}

void trace_stop(void) {
  log_line("pjsua_core.c", 0, "Shutting down, flags=0...");
  log_line("pjsua_core.c", 0, "PJSUA state changed: RUNNING --> CLOSING");
  log_line("pjsua_call.c", 1, "Hangup all calls..");
  log_line("pjsua_pres.c", 1, "Shutting down presence..");
  if (reg.sent && registrar_code == 200) {
    trace_register_sent(0);
    trace_register_answered(200, L"OK");
  }
  log_line("pjsua_core.c", 1, "Destroying...");
  log_line("sip_transport.c", 1, "Transport udp0000000000ce2200 shutting down, force=0");
  log_line("pjsua_media.c", 1, "Shutting down media..");
  log_line("pjsua_core.c", 1, "PJSUA state changed: CLOSING --> NULL");
  log_line("pjsua_core.c", 1, "PJSUA destroyed...");
}
