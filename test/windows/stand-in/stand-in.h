/* The stand-in for MicroSIP: what its parts share.
 *
 * Threads, as in the real program:
 *   UI thread    windows, commands, hooks; everything named ui_*
 *   SIP worker   what the far end does; everything named peer_*
 *   control      one thread per test connection; touches only the call table and the record
 * Locks: sip_lock is held by whoever works on calls (and while cmdIncomingCall runs, which stalls the
 * others); table_lock only guards the memory of the call table and is never held for long. */
#ifndef STAND_IN_H
#define STAND_IN_H

#ifndef UNICODE
#define UNICODE
#endif
#ifndef _UNICODE
#define _UNICODE
#endif
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <windows.h>
#include <commctrl.h>
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "resource.h"

#define VER(a, b, c) ((a) * 10000 + (b) * 100 + (c))
#define THIS_VERSION VER(STANDIN_MAJOR, STANDIN_MINOR, STANDIN_PATCH)
#define SINCE(a, b, c) (THIS_VERSION >= VER(a, b, c))

#define TEXT_SIZE 4096 /* any one text: a number, a name, a status */
#define PATH_SIZE 1024
#define MAX_SLOTS 32

enum call_state { CALL_NULL, CALL_CALLING, CALL_INCOMING, CALL_EARLY, CALL_CONNECTING, CALL_CONFIRMED, CALL_DISCONNECTED };

struct identity {
  wchar_t name[TEXT_SIZE]; /* display name, raw */
  wchar_t user[TEXT_SIZE];
  wchar_t domain[TEXT_SIZE];
  wchar_t parameters[TEXT_SIZE]; /* of the URI, with their ';' */
};

struct call {
  int slot;
  unsigned serial;
  bool outgoing;
  enum call_state state; /* as the SIP stack sees it */
  int code;
  wchar_t reason[256];
  char call_id[128];
  struct identity remote; /* what MicroSIP shows: P-Asserted-Identity when there is one */
  struct identity from;   /* From only */
  wchar_t remote_info[TEXT_SIZE]; /* the From (incoming) or dialled URI as a header value */
  wchar_t from_header[TEXT_SIZE]; /* the same, never shortened */
  wchar_t pai[TEXT_SIZE];
  wchar_t to[TEXT_SIZE];
  wchar_t diversion[TEXT_SIZE];
  wchar_t user_agent[TEXT_SIZE];
  wchar_t dialled[TEXT_SIZE];   /* the text dialled, without its DTMF tail */
  wchar_t dtmf_tail[TEXT_SIZE]; /* that tail, with its comma */
  bool video, contact_known;
  bool local_hold, remote_hold, media_active;
  bool leaving; /* hung up here; the far end has not confirmed yet */
  bool in_conference;
  bool recorded;
  HANDLE recorder; /* the file, while it is written */
  int recorder_id;
  bool declined; /* by the Decline button, F4 or End while it rang in */
  bool offered; /* reached the UI: 180 was sent or it was answered at once */
  bool answered;
  ULONGLONG created_at, confirmed_at, ended_at, hold_since, hold_total; /* GetTickCount64 */
  struct sip_dialog *dialog; /* tags and counters for the log */

  /* UI thread only */
  HWND ring;
  enum call_state shown_state;
  bool ring_ignored;
  wchar_t dtmf_queue[TEXT_SIZE];
  ULONGLONG digits_until; /* GetTickCount64 */
  int answer_timer_ms, forward_timer_ms;
  bool no_history;
  int history_row, history_type;
  long long history_time;
  wchar_t history_info[256];
};

struct call_event {
  struct call *call;
  enum call_state state;
  int code;
  wchar_t reason[256];
};

struct settings {
  int accountId, singleMode, enableLog, minimized, bringToFrontOnIncoming, noIgnoreCall, callWaiting, maxConcurrentCalls;
  int DND, AA, AC, FWD, autoAnswerDelay, forwardingDelay, DTMFMethod, localDTMF, volumeRing, volumeOutput, volumeInput;
  int enableLocalAccount, autoHangUpTime, enableFeatureCodeBT;
  int buttonAC, buttonCONF, recordingButton, autoRecording;
  wchar_t recordingPath[256], recordingFormat[64];
  wchar_t denyIncoming[64], autoAnswer[64], autoAnswerNumber[256], autoAnswerCalls[64];
  wchar_t forwarding[64], forwardingNumber[256], userAgent[256], featureCodeBT[64], usersDirectory[256];
  wchar_t hooks[8][256];
};

struct account {
  bool exists;
  wchar_t label[256], server[256], domain[256], username[256], displayName[256], dialingPrefix[256], dialPlan[256],
      password[256], voicemailNumber[256];
  int registerRefresh;
};

enum hook { HOOK_INCOMING, HOOK_RING, HOOK_OUTGOING, HOOK_ANSWER, HOOK_ANSWER_VIDEO, HOOK_START, HOOK_BUSY, HOOK_END };

/* messages posted to the main window; the first group has MicroSIP's own numbers (WM_USER + 0x101 upward) */
enum {
  UM_PRIVATE_FIRST = WM_USER + 0x101,
  UM_CREATED = UM_PRIVATE_FIRST + 1,
  UM_ANSWER_SLOT = SINCE(3, 22, 16) ? 0x507 : 0x506,
  UM_HANGUP_SLOT = UM_ANSWER_SLOT + 1,
  UM_PRIVATE_LAST = WM_USER + 0x120,
  UM_CALL_STATE = WM_APP + 1, /* lParam: struct call_event, freed by the handler */
  UM_MEDIA,                   /* lParam: struct call */
  UM_INCOMING,                /* lParam: struct call */
  UM_RING_WINDOW,             /* lParam: struct call */
  UM_TRANSFER_STATUS,         /* wParam: code, lParam: struct call */
  UM_REGISTRATION,            /* wParam: 1 = status may release the delayed dial */
  UM_COMMAND_TEXT,            /* lParam: malloced text of dwData 2 */
  UM_CONTROL,                 /* lParam: struct ui_request of a control connection */
};

struct ui_request {
  void (*run)(struct ui_request *request);
  int number;
  wchar_t text[TEXT_SIZE];
  HANDLE done; /* set when run; NULL: nobody waits */
};

/* main.c */
extern HINSTANCE instance;
extern wchar_t exe_path[PATH_SIZE], exe_folder[PATH_SIZE], exe_base[PATH_SIZE];
/* ini, history; and log: the exe's folder, or an installed copy's folders in the profile */
extern wchar_t roaming_folder[PATH_SIZE], local_folder[PATH_SIZE];
extern DWORD ui_thread_id;

/* second-instance.c */
const wchar_t *command_line_tail(void);
bool second_instance(const wchar_t *tail, bool *start_hidden, const wchar_t **start_text);

/* text.c */
void format(wchar_t *to, size_t size, const wchar_t *pattern, ...);
void copy(wchar_t *to, size_t size, const wchar_t *from);
void append(wchar_t *to, size_t size, const wchar_t *from);
void trim(wchar_t *text);
bool starts_with(const wchar_t *text, const wchar_t *prefix);
bool starts_with_any_case(const wchar_t *text, const wchar_t *prefix);
void replace_all(wchar_t *text, size_t size, const wchar_t *what, const wchar_t *by);
int to_utf8(char *to, int size, const wchar_t *from);
void from_utf8(wchar_t *to, int size, const char *from);
void percent_decode(char *text);
void percent_encode(char *to, size_t size, const char *from);
void percent_encode_lower(wchar_t *to, size_t size, const wchar_t *from);
long long unix_ms(void);
void time_text(wchar_t *to, size_t size, long long seconds);

/* texts.c */
void texts_load_language_pack(void);
void texts_set_language(const wchar_t *language);
const wchar_t *tr(const wchar_t *english);

/* record.c */
void record_open(void);
void record_copydata(const COPYDATASTRUCT *data);
void record_action(const wchar_t *action, const wchar_t *first, const wchar_t *second);
void record_call_action(const wchar_t *action, const struct call *call, const wchar_t *detail);
char *record_text(const char *kind); /* malloced: TAB-separated list of records */
void record_clear(void);
long record_probe_count(void);

/* ini.c */
extern struct settings settings;
extern wchar_t ini_path[PATH_SIZE];
bool ini_open(void);
void settings_load(void);
void settings_save(void);
void settings_save_later(void);
bool setting_text(const wchar_t *name, wchar_t *to, size_t size);
bool setting_change(const wchar_t *name, const wchar_t *value);
bool account_load(int id, struct account *account);
void account_write_password(int id, const wchar_t *password);
void dialed_add(const wchar_t *number);

/* identity.c */
void identity_parse(const wchar_t *header, struct identity *out);
void identity_parse_asserted(const wchar_t *header, struct identity *out);
void identity_build(wchar_t *to, size_t size, const wchar_t *name, const wchar_t *user, const wchar_t *domain);
void identity_of_incoming(struct call *call);
const wchar_t *identity_shown_name(const struct identity *id);
const wchar_t *call_shown_name(const struct call *call);
void identity_address(const struct identity *id, wchar_t *to, size_t size);
bool sip_uri_valid(const wchar_t *uri);

/* calls.c: the call table and what PJSUA would do */
extern CRITICAL_SECTION sip_lock, table_lock;
extern struct call *slots[MAX_SLOTS];
extern int slot_count;
void calls_init(void);
struct call *call_create(bool outgoing);
void call_set_state(struct call *call, enum call_state state, int code, const wchar_t *reason);
bool call_is_ringing_in(const struct call *call);
int calls_not_ringing_in(const struct call *except);
int calls_confirmed(void);
struct call *call_newest(bool (*fits)(const struct call *));
const char *call_state_name(enum call_state state);
struct call *sip_dial(const wchar_t *uri, const wchar_t *name);
void sip_answer(struct call *call, int code);
void sip_refuse(struct call *call, int code, const wchar_t *reason);
void sip_hang_up(struct call *call, int code);
void sip_hold(struct call *call, bool on);
void sip_update_contact(struct call *call);
void sip_transfer(struct call *call, const wchar_t *target);
void sip_dtmf(struct call *call, const wchar_t *digits);
void sip_message(const wchar_t *uri, const wchar_t *text);

/* sip-worker.c */
struct job {
  void (*run)(struct job *job);
  struct call *call;
  int code, flag;
  wchar_t text[TEXT_SIZE], pai[TEXT_SIZE];
  ULONGLONG due;
  struct job *next;
};
void worker_start(void);
struct job *job_new(void (*run)(struct job *), struct call *call);
void job_queue(struct job *job, int delay_ms);
bool worker_idle(void);

/* peer.c: jobs run on the worker */
extern volatile LONG transfer_result;

/* sip-trace-media.c: how the network carries the audio */
struct network {
  double loss, discarded, jitter, sent_loss, sent_jitter, rtt;
  int packets;
};
extern struct network network;
void peer_invite(struct job *job);
void peer_trying(struct job *job);
void peer_provisional(struct job *job);
void peer_answer(struct job *job);
void peer_fail(struct job *job);
void peer_hang_up(struct job *job);
void peer_hold(struct job *job);
void peer_ack(struct job *job);
void peer_hold_accepted(struct job *job);
void peer_bye_accepted(struct job *job);
void peer_transfer_progress(struct job *job);

/* incoming-checks.c, on the worker */
bool incoming_refused(struct call *call, const wchar_t **reason);
void incoming_plan(struct call *call);

/* lifetime.c: PJSIP up and down */
extern volatile LONG pj_running;
extern const wchar_t *start_text;
void pj_start(void);
void pj_stop(bool at_exit);
void on_created(void);

#include "windows-of-phone.h"

/* call-events.c */
void ui_on_incoming(struct call *call);
void ui_on_call_state(struct call_event *event);
void ui_on_media(struct call *call);
void ui_on_transfer_status(struct call *call, int code);
void ui_call_ended(struct call *call, enum call_state state, int code, const wchar_t *reason);
void ui_call_tick(void);
void ui_call_timer(UINT_PTR id);

/* call-actions.c */
void act_answer_first(void);
void act_answer(struct call *call, bool automatic);
void act_decline(struct call *call);
void act_f4(struct call *call);
void act_hang_up_fast(struct call *call, int code);
void act_hang_up_all(void);
void act_hang_up_incoming(void);
void act_hang_up_calling(void);
void act_hang_up_selected(bool alone);
void act_merge_all(void);
void act_separate(void);
void act_separate_all(void);
void act_hang_up_everything(void);
void act_hold_toggle(void);
void act_hold_others(struct call *except);
void act_transfer(const wchar_t *target);
bool act_dtmf(struct call *call, const wchar_t *digits);
void act_message(const wchar_t *number, const wchar_t *text);

/* command-parser.c */
void command_line(const wchar_t *text);

/* dialing.c */
void dial_from_command(const wchar_t *text);
void dial_number(const wchar_t *text);
void dial_release_delayed(void);
bool dial_is_phone_number(const wchar_t *number);
void dial_build_uri(const wchar_t *number, wchar_t *uri);
bool dial_transfer_target(const wchar_t *target, wchar_t *uri);
extern wchar_t delayed_dial[TEXT_SIZE];

/* registration.c */
struct registration {
  bool added;  /* the account is added */
  int status;  /* 0: in progress */
  wchar_t reason[256];
};
extern struct registration registration;
extern struct account account;
extern wchar_t memory_password[256], status_override[TEXT_SIZE];
void account_activate(int id);
void account_add(void);
void account_remove(void);
void registration_set(bool added, int status, const wchar_t *reason);
void registration_send(void);
extern volatile LONG registrar_code;
void registration_text(wchar_t *to, size_t size);
void registration_refresh(void);
const wchar_t *default_domain(void);
const wchar_t *sip_reason(int code);

/* recorder.c */
void recorder_start(struct call *call);
void recorder_stop(struct call *call);
void recorder_confirmed(struct call *call);

/* voicemail.c */
void voicemail_update(void);
void voicemail_reset(void);
void voicemail_subscribe(void);
void voicemail_notify(const char *body, const char *type);

/* hooks.c */
void hook_run(enum hook hook, const struct identity *remote);

/* history.c */
void history_open(void);
void history_seen(struct call *call, int type);
void history_lost(struct call *call, int type);
void history_ended(struct call *call, const wchar_t *info);

/* log.c: the PJSIP log, written by sip-trace*.c */
bool log_open(void);
void log_close(void);
void log_line(const char *sender, int depth, const char *pattern, ...);
void log_dump(const char *sender, int depth, const char *text);
bool log_is_open(void);
extern bool disk_full; /* what is written to the log is lost */

/* documented.c, notify.c: another program in place of MicroSIP */
extern bool documented;
LRESULT documented_command(const COPYDATASTRUCT *data);
LRESULT documented_run(const wchar_t *name, const wchar_t *parameter);
void dde_start(void); /* dde-server.c */
void documented_on_ringing(const struct call *call);
void documented_on_state(const struct call_event *event);
void documented_on_hold(const struct call *call);
void notify_text(const wchar_t *text);

/* control-socket.c, control-verbs.c */
void control_start(void);
char *control_request(char *line); /* malloced reply without the line end */

#endif
