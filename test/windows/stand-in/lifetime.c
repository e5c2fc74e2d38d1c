/* PJSIP going up and down: process start, Settings OK, suspend, exit (docs/microsip/3.22.16.md#1, #2 and #8). */
#include "directory.h"
#include "sip-trace.h"

volatile LONG pj_running;
const wchar_t *start_text = L"";

void pj_start(void) {
  wchar_t value[16];
  if (pj_running) return;
  while (!log_open()) {
    if (modal_box(main_window, L"PJSIP initialization failed", MB_RETRYCANCEL | MB_ICONERROR) == IDRETRY) continue;
    if (SINCE(3, 22, 16)) main_exit(); /* before, the Settings window opened and the phone stayed down */
    return;
  }
  trace_start();
  /* the real one needs some hundred milliseconds, during which it serves nobody */
  Sleep(GetEnvironmentVariableW(L"STANDIN_START_MS", value, 16) ? (DWORD)_wtoi(value) : 150);
  pj_running = 1;
  directory_started();
  bottom_rebuild(); /* as after a suspend */
}

/* PJSIP, then the start text, then the account: so a number given at start is always a delayed dial */
void on_created(void) {
  static bool text_used;
  pj_start();
  if (!pj_running) return;
  if (!text_used && start_text[0]) command_line(start_text);
  text_used = true;
  if (settings.accountId > 0) account_activate(settings.accountId);
  registration_refresh();
}

void pj_stop(bool at_exit) {
  if (!pj_running) return;
  if (SINCE(3, 22, 16)) {
    /* through the normal path: End hooks run, history is closed */
    act_hang_up_everything();
  } else {
    for (int i = 0; i < slot_count; i++) {
      if (slots[i]) sip_hang_up(slots[i], 0);
    }
  }
  /* the far end's answers still come in */
  for (int tries = 0; !worker_idle() && tries < 100; tries++) Sleep(2);
  EnterCriticalSection(&sip_lock);
  pj_running = 0;
  registration.added = false;
  registration.status = 0;
  trace_stop();
  log_close();
  LeaveCriticalSection(&sip_lock);
  if (!at_exit) {
    voicemail_reset();
    if (SINCE(3, 22, 16)) main_title_update();
    registration_refresh();
  }
}
