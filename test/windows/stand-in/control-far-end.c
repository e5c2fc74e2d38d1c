/* Control verbs for the far end of calls. */
#include "control.h"

void verb_incoming(struct request *r) {
  wchar_t domain[TEXT_SIZE];
  struct call *call = call_create(false);
  copy(domain, TEXT_SIZE, r->field[3][0] ? r->field[3] : default_domain());
  identity_build(call->from_header, TEXT_SIZE, r->field[2], r->field[1], domain);
  copy(call->to, TEXT_SIZE, r->field[4][0] ? r->field[4] : account.username[0] ? account.username : L"1001");
  copy(call->diversion, TEXT_SIZE, r->field[5]);
  copy(call->user_agent, TEXT_SIZE, r->field[6]);
  copy(call->pai, TEXT_SIZE, r->field[7]);
  call->video = r->field[8][0] == L'1';
  if (r->field[9][0]) copy(call->from_header, TEXT_SIZE, r->field[9]);
  job_queue(job_new(peer_invite, call), 0);
  reply_number(r, call->slot);
  reply_add(r, "\t");
  reply_add(r, call->call_id);
}

static void far_end(struct request *r, bool (*fits)(const struct call *), void (*run)(struct job *), int code, const wchar_t *text, const wchar_t *pai, int flag) {
  struct call *call = pick(r, 1, fits);
  if (!call) return;
  struct job *job = job_new(run, call);
  job->code = code;
  job->flag = flag;
  copy(job->text, TEXT_SIZE, text);
  copy(job->pai, TEXT_SIZE, pai);
  job_queue(job, 0);
}

void verb_remote_ring(struct request *r) {
  far_end(r, call_dials_out, peer_provisional, 180, sip_reason(180), r->field[2], 0);
}
void verb_remote_progress(struct request *r) {
  int code = r->field[2][0] ? _wtoi(r->field[2]) : 183;
  far_end(r, call_dials_out, peer_provisional, code, r->field[3][0] ? r->field[3] : sip_reason(code), r->field[4], 0);
}
void verb_remote_answer(struct request *r) {
  far_end(r, call_dials_out, peer_answer, 200, L"OK", r->field[2], 0);
}
void verb_remote_busy(struct request *r) {
  far_end(r, call_dials_out, peer_fail, 486, sip_reason(486), L"", 0);
}
void verb_remote_reject(struct request *r) {
  far_end(r, call_dials_out, peer_fail, 603, sip_reason(603), L"", 0);
}
void verb_remote_fail(struct request *r) {
  int code = r->field[2][0] ? _wtoi(r->field[2]) : 480;
  far_end(r, call_dials_out, peer_fail, code, r->field[3][0] ? r->field[3] : sip_reason(code), L"", 0);
}
void verb_remote_hangup(struct request *r) {
  bool elsewhere = wcscmp(r->field[1], L"elsewhere") == 0 || wcscmp(r->field[2], L"elsewhere") == 0;
  if (wcscmp(r->field[1], L"elsewhere") == 0) r->field[1][0] = 0;
  far_end(r, call_far_end_may_leave, peer_hang_up, 0, r->field[3], L"", elsewhere);
}
void verb_remote_hold(struct request *r) {
  far_end(r, call_is_up, peer_hold, 0, L"", L"", 1);
}
void verb_remote_resume(struct request *r) {
  far_end(r, call_is_up, peer_hold, 0, L"", L"", 0);
}
void verb_transfer_result(struct request *r) {
  transfer_result = _wtoi(r->field[1]);
}

/* lossPercent discardedPercent jitterMs sentLossPercent sentJitterMs rttMs packets */
void verb_network(struct request *r) {
  double *figures[] = {&network.loss, &network.discarded, &network.jitter, &network.sent_loss, &network.sent_jitter, &network.rtt};
  for (int i = 0; i < 6; i++) *figures[i] = r->field[i + 1][0] ? wcstod(r->field[i + 1], NULL) : i == 5 ? -1 : 0;
  network.packets = r->field[7][0] ? _wtoi(r->field[7]) : -1;
}
