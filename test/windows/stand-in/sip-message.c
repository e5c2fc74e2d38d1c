/* The SIP messages themselves, in the layout a PJSIP endpoint and a plain PBX give them. */
#include "sip-dialog.h"
#include <stdarg.h>
#include <stdio.h>

#define OUR_ALLOW "PRACK, INVITE, ACK, BYE, CANCEL, UPDATE, INFO, SUBSCRIBE, NOTIFY, REFER, MESSAGE, OPTIONS"
#define THEIR_ALLOW "INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, INFO, MESSAGE, UPDATE"

void random_hex(char *to, int digits) {
  static volatile LONG counter;
  static unsigned long long state;
  if (!state) state = (unsigned long long)unix_ms() * 2654435761u ^ GetCurrentProcessId();
  for (int i = 0; i < digits; i++) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL + (unsigned long long)InterlockedIncrement(&counter);
    to[i] = "0123456789abcdef"[(state >> 59) & 15];
  }
  to[digits] = 0;
}

void message_add(struct message *m, const char *pattern, ...) {
  va_list args;
  va_start(args, pattern);
  int more = vsnprintf(m->text + m->length, (size_t)(MESSAGE_SIZE - m->length), pattern, args);
  va_end(args);
  if (more > 0) m->length += more;
  if (m->length >= MESSAGE_SIZE) m->length = MESSAGE_SIZE - 1;
}

const char *own_agent(void) {
  static char agent[300];
  if (settings.userAgent[0]) to_utf8(agent, sizeof agent, settings.userAgent);
  else sprintf(agent, "MicroSIP/%d.%d.%d", STANDIN_MAJOR, STANDIN_MINOR, STANDIN_PATCH);
  return agent;
}

static void with_own_name(char *to, size_t size, const char *rest) {
  char name[256];
  to_utf8(name, sizeof name, account.displayName);
  if (name[0]) snprintf(to, size, "\"%s\" %s", name, rest);
  else snprintf(to, size, "%s", rest);
}

const char *own_identity(void) {
  static char text[1024];
  char uri[700], user[256], domain[256];
  to_utf8(user, sizeof user, account.username[0] ? account.username : L"localhost");
  to_utf8(domain, sizeof domain, default_domain());
  sprintf(uri, "<sip:%s@%s>", user, domain);
  with_own_name(text, sizeof text, uri);
  return text;
}

const char *own_contact(void) {
  static char text[1024];
  char uri[400], user[256];
  to_utf8(user, sizeof user, account.username[0] ? account.username : L"localhost");
  sprintf(uri, "<sip:%s@127.0.0.1:5070;ob>", user);
  with_own_name(text, sizeof text, uri);
  return text;
}

static void identities(struct message *m, struct sip_dialog *d, bool from_us, bool our_tag_known, bool their_tag_known) {
  char local[700], remote[TEXT_SIZE * 2 + 40];
  snprintf(local, sizeof local, our_tag_known ? "%s;tag=%s" : "%s", d->local, d->local_tag);
  snprintf(remote, sizeof remote, their_tag_known ? "%s;tag=%s" : "%s", d->remote, d->remote_tag);
  message_add(m, "From: %s\r\n", from_us ? local : remote);
  message_add(m, "To: %s\r\n", from_us ? remote : local);
}

/* ours: we send it. The caller adds its own headers, then message_body or message_end. */
void message_request(struct message *m, struct sip_dialog *d, const char *method, int cseq, bool ours) {
  bool initial = cseq == d->invite_cseq && (strcmp(method, "INVITE") == 0 || strcmp(method, "CANCEL") == 0);
  m->length = 0;
  if (ours) {
    message_add(m, "%s %s SIP/2.0\r\n", method, initial ? d->invite_uri : d->target);
    message_add(m, "Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\n", d->branch);
    message_add(m, "Max-Forwards: 70\r\n");
    identities(m, d, true, true, !initial);
    if (strcmp(method, "INVITE") == 0 || strcmp(method, "REFER") == 0) message_add(m, "Contact: %s\r\n", own_contact());
    message_add(m, "Call-ID: %s\r\nCSeq: %d %s\r\n", d->call->call_id, cseq, method);
    if (initial && account.server[0]) message_add(m, "Route: <sip:127.0.0.1:5080;lr>\r\n");
    if (strcmp(method, "INVITE") == 0) {
      message_add(m, "Allow: " OUR_ALLOW "\r\nSupported: replaces, 100rel, timer, norefersub\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n");
    }
  } else {
    bool first = strcmp(method, "CANCEL") == 0 || (strcmp(method, "INVITE") == 0 && cseq == d->invite_cseq);
    char user[256];
    to_utf8(user, sizeof user, account.username[0] ? account.username : L"localhost");
    message_add(m, "%s sip:%s@127.0.0.1:5070%s SIP/2.0\r\n", method, user, first ? "" : ";ob");
    message_add(m, "Via: SIP/2.0/UDP 127.0.0.1:5080;rport;branch=z9hG4bK-%s\r\n", d->their_branch);
    message_add(m, "Max-Forwards: 70\r\n");
    identities(m, d, false, !first, true);
    message_add(m, "Call-ID: %s\r\nCSeq: %d %s\r\n", d->call->call_id, cseq, method);
    message_add(m, "Contact: <%s>\r\nUser-Agent: ", d->target);
    char agent[TEXT_SIZE * 2];
    to_utf8(agent, sizeof agent, d->call->user_agent[0] ? d->call->user_agent : L"TestPBX/1.0");
    message_add(m, "%s\r\nAllow: " THEIR_ALLOW "\r\n", agent);
  }
}

void message_response(struct message *m, struct sip_dialog *d, int code, const char *reason, const char *method, int cseq, bool ours) {
  bool with_tag = code > 100;
  m->length = 0;
  message_add(m, "SIP/2.0 %d %s\r\n", code, reason);
  if (ours) {
    message_add(m, "Via: SIP/2.0/UDP 127.0.0.1:5080;rport=5080;received=127.0.0.1;branch=z9hG4bK-%s\r\n", d->their_branch);
    message_add(m, "Call-ID: %s\r\n", d->call->call_id);
    identities(m, d, false, with_tag, true);
    message_add(m, "CSeq: %d %s\r\n", cseq, method);
    if (code > 100 && code < 300 && strcmp(method, "INVITE") == 0) message_add(m, "Contact: %s\r\n", own_contact());
    if (code > 100 && strcmp(method, "INVITE") == 0) message_add(m, "Allow: " OUR_ALLOW "\r\n");
    if (code == 200 && strcmp(method, "INVITE") == 0) message_add(m, "Supported: replaces, 100rel, timer, norefersub\r\n");
  } else {
    message_add(m, "Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKPj%s\r\n", d->branch);
    identities(m, d, true, true, with_tag);
    message_add(m, "Call-ID: %s\r\nCSeq: %d %s\r\n", d->call->call_id, cseq, method);
    if (code > 100) message_add(m, "Contact: <sip:pbx@127.0.0.1:5080>\r\n");
    message_add(m, "Server: TestPBX/1.0\r\nAllow: " THEIR_ALLOW ", SUBSCRIBE\r\n");
  }
}

/* PJSIP pads the length to five places, the PBX does not */
void message_body(struct message *m, const char *type, const char *body, bool ours) {
  if (ours && strncmp(m->text, "SIP/2.0", 7) != 0) message_add(m, "User-Agent: %s\r\n", own_agent());
  message_add(m, "Content-Type: %s\r\n", type);
  message_add(m, ours ? "Content-Length: %5d\r\n\r\n%s" : "Content-Length: %d\r\n\r\n%s", (int)strlen(body), body);
}

void message_end(struct message *m, bool ours) {
  if (ours && strncmp(m->text, "SIP/2.0", 7) != 0 && strncmp(m->text, "ACK", 3) != 0) message_add(m, "User-Agent: %s\r\n", own_agent());
  message_add(m, ours ? "Content-Length:  0\r\n\r\n" : "Content-Length: 0\r\n\r\n");
}

void sdp_ours(struct sip_dialog *d, char *to, const char *direction, bool offer) {
  int port = 4000 + 2 * (d->call->slot < 0 ? 0 : d->call->slot);
  int used = sprintf(to, "v=0\r\no=- 4004369217 %d IN IP4 127.0.0.1\r\ns=pjmedia\r\nb=AS:84\r\nt=0 0\r\na=X-nat:0\r\n", d->sdp_version++);
  used += sprintf(to + used, "m=audio %d RTP/AVP %s\r\nc=IN IP4 127.0.0.1\r\nb=TIAS:64000\r\na=rtcp:%d IN IP4 127.0.0.1\r\n", port, offer ? "8 0 101" : "0 101",
                  port + 1);
  if (strcmp(direction, "sendrecv") == 0) used += sprintf(to + used, "a=sendrecv\r\n");
  if (offer) used += sprintf(to + used, "a=rtpmap:8 PCMA/8000\r\n");
  used += sprintf(to + used, "a=rtpmap:0 PCMU/8000\r\na=ssrc:%u cname:%08x%08x\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n", d->ssrc, d->ssrc,
                  d->ssrc * 2654435761u);
  if (strcmp(direction, "sendrecv") != 0) sprintf(to + used, "a=%s\r\n", direction);
}

void sdp_theirs(struct sip_dialog *d, char *to, const char *direction) {
  int version = 1000 + d->their_cseq;
  sprintf(to,
          "v=0\r\no=pbx %d %d IN IP4 127.0.0.1\r\ns=call\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0 101\r\n"
          "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=%s\r\n",
          version, version, direction);
}
