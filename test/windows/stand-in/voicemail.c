/* Voicemail (docs/microsip/further.md, part E): an account with a voicemailNumber subscribes to its mailbox; what the
 * server says of it is in the log, and on one of two buttons of the dialer page. Servers also tell without being asked. */
#include "sip-dialog.h"
#include <stdio.h>
#include <string.h>

static bool has_mail, subscribed;
static struct message m;

static void show(int id, bool visible) {
  HWND control = GetDlgItem(dialer_page, id);
  if (((GetWindowLongW(control, GWL_STYLE) & WS_VISIBLE) != 0) != visible) ShowWindow(control, visible ? SW_SHOW : SW_HIDE);
}

void voicemail_update(void) {
  bool offered = registration.added && account.voicemailNumber[0];
  show(IDC_VOICEMAIL, offered && has_mail);
  show(IDC_NO_VOICEMAIL, offered && !has_mail);
}

/* whenever PJSIP stops, and when the account is put out of use */
void voicemail_reset(void) {
  has_mail = false;
  subscribed = false;
  voicemail_update();
}

/* after the first success of the registration; the messages of the subscription itself are left out */
void voicemail_subscribe(void) {
  if (subscribed || !account.voicemailNumber[0]) return;
  subscribed = true;
  log_line("pjsua_pres.c", 3, "Starting MWI subscription..");
  log_line("pjsua_pres.c", 2, "MWI subscription for %s is ACTIVE", own_identity());
}

/* the first Messages-Waiting counts, a body without one says that there is none, an empty one says nothing */
static bool read_body(const char *body, bool *mail) {
  const char *at = body;
  if (!*body) return false;
  *mail = false;
  for (;;) {
    const char *colon = strchr(at, ':');
    if (!colon) return true;
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') at++;
    size_t length = (size_t)(colon - at);
    while (length && at[length - 1] == ' ') length--;
    const char *value = colon + 1;
    size_t size = strcspn(value, "\r\n");
    while (size && (*value == ' ' || *value == '\t')) value++, size--;
    while (size && (value[size - 1] == ' ' || value[size - 1] == '\t')) size--;
    if (length == 16 && _strnicmp(at, "Messages-Waiting", 16) == 0) {
      *mail = size == 3 && _strnicmp(value, "yes", 3) == 0;
      return true;
    }
    at = colon + 1 + strcspn(colon + 1, "\r\n");
  }
}

/* type: empty for none */
void voicemail_notify(const char *body, const char *type) {
  char branch[20], tag[10];
  bool mail = has_mail;
  static int cseq = 100;
  random_hex(branch, 16);
  random_hex(tag, 8);
  cseq++;
  EnterCriticalSection(&sip_lock);
  m.length = 0;
  message_add(&m, "NOTIFY sip:127.0.0.1:5070;ob SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5080;rport;branch=z9hG4bK%s\r\nMax-Forwards: 70\r\n", branch);
  message_add(&m, "From: <sip:asterisk@127.0.0.1>;tag=%s\r\nTo: %s\r\nCall-ID: mwi-%s\r\nCSeq: %d NOTIFY\r\n", tag, own_identity(), branch, cseq);
  message_add(&m, "Event: message-summary\r\nSubscription-State: active\r\n");
  if (*type) message_add(&m, "Content-Type: %s\r\n", type);
  message_add(&m, "Content-Length: %d\r\n\r\n%s", (int)strlen(body), body);
  char what[64];
  sprintf(what, "Request msg NOTIFY/cseq=%d", cseq);
  log_rx(what, &m);
  log_line("pjsua_pres.c", 1, subscribed ? "MWI got NOTIFY.." : "Got unsolicited NOTIFY from 127.0.0.1:5080..");
  m.length = 0;
  message_add(&m, "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:5080;rport=5080;received=127.0.0.1;branch=z9hG4bK%s\r\n", branch);
  message_add(&m, "From: <sip:asterisk@127.0.0.1>;tag=%s\r\nTo: %s;tag=%s\r\nCall-ID: mwi-%s\r\nCSeq: %d NOTIFY\r\nContent-Length:  0\r\n\r\n", tag,
              own_identity(), branch, branch, cseq);
  sprintf(what, "Response msg 200/NOTIFY/cseq=%d", cseq);
  log_tx(2, what, new_address(), &m);
  LeaveCriticalSection(&sip_lock);
  const char *wanted = "application/simple-message-summary";
  size_t length = strcspn(type, "; ");
  bool fits = !*type || (length == strlen(wanted) && strncmp(type, wanted, length) == 0);
  if (fits && read_body(body, &mail)) has_mail = mail;
  voicemail_update();
}
