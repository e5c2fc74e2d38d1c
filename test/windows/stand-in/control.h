/* Shared by the files that hold the control verbs. */
#ifndef CONTROL_H
#define CONTROL_H
#include "stand-in.h"

#define FIELDS 12

struct request {
  int count;
  wchar_t field[FIELDS][TEXT_SIZE]; /* field[0]: the verb */
  char *reply;
};

void reply_add(struct request *request, const char *text);
void reply_encoded(struct request *request, const char *before, const wchar_t *text);
void reply_number(struct request *request, long long number);
void fail(struct request *request, const wchar_t *why);
struct ui_request *ui_new(void (*run)(struct ui_request *));
void ui_post(struct ui_request *ui);
void ui_post_field(void (*run)(struct ui_request *), const wchar_t *text);

bool call_dials_out(const struct call *call);
bool call_is_up(const struct call *call);
bool call_far_end_may_leave(const struct call *call);
bool call_exists(const struct call *call);
/* the call in the slot named by a field, else the newest that fits; NULL: the request failed */
struct call *pick(struct request *request, int field, bool (*fits)(const struct call *));

void verb_incoming(struct request *request);
void verb_remote_ring(struct request *request);
void verb_remote_progress(struct request *request);
void verb_remote_answer(struct request *request);
void verb_remote_busy(struct request *request);
void verb_remote_reject(struct request *request);
void verb_remote_fail(struct request *request);
void verb_remote_hangup(struct request *request);
void verb_remote_hold(struct request *request);
void verb_remote_resume(struct request *request);
void verb_transfer_result(struct request *request);
void verb_network(struct request *request);
void verb_user_answer(struct request *request);
void verb_user_decline(struct request *request);
void verb_user_close_ring(struct request *request);
void verb_user_f4(struct request *request);
void verb_user_hangup(struct request *request);
void verb_user_hold(struct request *request);
void verb_user_dial(struct request *request);
void verb_user_tab(struct request *request);
void verb_user_conference(struct request *request);
void verb_user_button(struct request *request);
void verb_user_audio(struct request *request);
void verb_voicemail(struct request *request);
void verb_user_send(struct request *request);
void verb_status(struct request *request);
void verb_register(struct request *request);
void verb_unregister(struct request *request);
void verb_register_fail(struct request *request);
void verb_registrar(struct request *request);
void verb_ready(struct request *request);
void verb_hang(struct request *request);
void verb_language(struct request *request);
void verb_setting(struct request *request);
void verb_single_mode(struct request *request);
void verb_show(struct request *request);
void verb_crash(struct request *request);
void verb_exit(struct request *request);
void verb_calls(struct request *request);
void verb_record(struct request *request);
void verb_clear_record(struct request *request);
void verb_probe_count(struct request *request);
void verb_volume(struct request *request);
void verb_mute(struct request *request);
void verb_modal(struct request *request);
void verb_modal_close(struct request *request);
void verb_button(struct request *request);
void verb_box(struct request *request);
void verb_dialog(struct request *request);
void verb_menu(struct request *request);
void verb_windows(struct request *request);
void verb_ring_count(struct request *request);
void verb_version(struct request *request);
void verb_notify(struct request *request);
void verb_notify_status(struct request *request);
void verb_command_id(struct request *request);
void verb_status_delay(struct request *request);
void verb_status_lingers(struct request *request);
void verb_notifies(struct request *request);
void verb_dde_server(struct request *request);
void verb_dde_ansi(struct request *request);
void verb_history_burst(struct request *request);
void verb_history_waits(struct request *request);
void verb_sync(struct request *request);
void verb_disk_full(struct request *request);
void verb_directory(struct request *request);
void verb_directory_answer(struct request *request);
void verb_contacts(struct request *request);
void verb_lamps(struct request *request);

#endif
