/* What the SIP messages and log lines of one call share. Private to the sip-trace files. */
#ifndef SIP_DIALOG_H
#define SIP_DIALOG_H
#include "sip-trace.h"

#define MESSAGE_SIZE 16384

struct message {
  char text[MESSAGE_SIZE];
  int length;
};

struct sip_dialog {
  struct call *call;
  char local[512], remote[TEXT_SIZE * 2]; /* From/To values without tag, UTF-8 */
  char local_tag[33], remote_tag[16];
  char target[512];       /* request URI inside the call */
  char invite_uri[TEXT_SIZE * 2];
  char branch[33], their_branch[16], invite_branch[33];
  int cseq, invite_cseq, their_cseq;
  int sdp_version;
  unsigned ssrc;
  enum call_state logged;
  unsigned long long inv, tsx, invite_tsx, tdta, stream; /* what the log shows as object addresses */
  long long started_ms, first_response_ms, connected_ms, stream_ms;
  char direction[16]; /* of our audio */
  bool route_used, had_media;
};

/* sip-message.c */
void random_hex(char *to, int digits);
void message_request(struct message *m, struct sip_dialog *d, const char *method, int cseq, bool ours);
void message_response(struct message *m, struct sip_dialog *d, int code, const char *reason, const char *method, int cseq, bool ours);
void message_add(struct message *m, const char *pattern, ...);
void message_body(struct message *m, const char *type, const char *body, bool ours);
void message_end(struct message *m, bool ours);
void sdp_ours(struct sip_dialog *d, char *to, const char *direction, bool offer);
void sdp_theirs(struct sip_dialog *d, char *to, const char *direction);
const char *own_contact(void);
const char *own_identity(void);
const char *own_agent(void);

/* sip-exchange.c: a message and the log lines around it */
unsigned long long new_address(void);
void log_tx(int depth, const char *what, unsigned long long tdta, const struct message *m);
void log_rx(const char *what, const struct message *m);
void inv_state(struct sip_dialog *d, int depth, enum call_state to, const char *event);
void send_request(struct sip_dialog *d, int depth, const char *method, int cseq, const struct message *m, bool by_invite);
void send_response(struct sip_dialog *d, int depth, int code, const char *method, int cseq, const struct message *m, const char *from, const char *to);
void receive_request(struct sip_dialog *d, const char *method, int cseq, const struct message *m);
void receive_response(struct sip_dialog *d, int code, const char *method, int cseq, const struct message *m, const char *from, const char *to);
void send_ack(struct sip_dialog *d, int cseq, bool accepted);
void receive_ack(struct sip_dialog *d, int cseq, bool accepted);

/* sip-trace-media.c */
void media_created(struct sip_dialog *d, int depth);
void media_updated(struct sip_dialog *d, int depth, const char *direction);
void media_removed(struct sip_dialog *d, int depth, bool ended);

#endif
