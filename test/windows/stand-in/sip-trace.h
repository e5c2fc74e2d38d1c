/* What the PJSIP log would show of each step; sip-trace.c writes it when the log is on. */
#ifndef SIP_TRACE_H
#define SIP_TRACE_H
#include "stand-in.h"

void trace_start(void);
void trace_stop(void);
void trace_account_added(void);
void trace_register_sent(int expires);
void trace_account_removed(bool registered);
void trace_register_answered(int code, const wchar_t *reason);
void trace_call_created(struct call *call);
void trace_invite_received(struct call *call);
void trace_invite_refused_no_slot(struct call *call);
void trace_invite_sent(struct call *call);
void trace_trying_received(struct call *call);
void trace_answer_sent(struct call *call, int code, const wchar_t *reason, const wchar_t *extra_header);
void trace_ack_received(struct call *call);
void trace_response_received(struct call *call, int code, const wchar_t *reason);
void trace_cancel_received(struct call *call, int cause, const wchar_t *reason); /* empty reason: no Reason header */
void trace_cancel_sent(struct call *call);
void trace_cancel_answered(struct call *call);
void trace_bye_received(struct call *call);
void trace_bye_sent(struct call *call);
void trace_bye_answered(struct call *call);
void trace_hold_sent(struct call *call, bool on);
void trace_hold_answered(struct call *call, bool on);
void trace_hold_received(struct call *call, bool on);
void trace_refer_sent(struct call *call, const wchar_t *target);
void trace_refer_progress(struct call *call, int code, const wchar_t *reason);
void trace_dtmf_sent(struct call *call, const wchar_t *digits);
void trace_message_sent(const wchar_t *uri, const wchar_t *text);
#endif
