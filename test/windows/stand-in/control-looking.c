/* Control verbs that only look, and the record. */
#include "control.h"
#include <stdio.h>
#include <stdlib.h>

void verb_calls(struct request *r) {
  char text[512];
  wchar_t number[TEXT_SIZE];
  EnterCriticalSection(&table_lock);
  for (int i = 0; i < slot_count; i++) {
    const struct call *call = slots[i];
    if (!call) continue;
    sprintf(text, "\t%d|%s|%s|%d|%d|%s|%u", i, call_state_name(call->state), call->outgoing ? "outgoing" : "incoming", call->local_hold, call->remote_hold,
            call->call_id, call->serial);
    reply_add(r, text);
    copy(number, TEXT_SIZE, call->remote.user[0] ? call->remote.user : call->remote.domain);
    reply_encoded(r, "|", number);
    reply_encoded(r, "|", call->remote.name);
    reply_add(r, call->in_conference ? "|1" : "|0");
  }
  LeaveCriticalSection(&table_lock);
}
void verb_record(struct request *r) {
  char kind[16];
  to_utf8(kind, sizeof kind, r->field[1]);
  char *text = record_text(kind);
  reply_add(r, text);
  free(text);
}
void verb_clear_record(struct request *r) {
  (void)r;
  record_clear();
}
void verb_probe_count(struct request *r) {
  reply_number(r, record_probe_count());
}
void verb_volume(struct request *r) {
  reply_number(r, settings.volumeInput);
  reply_number(r, settings.volumeOutput);
}
void verb_mute(struct request *r) {
  reply_number(r, dialer_muted(false));
  reply_number(r, dialer_muted(true));
}
void verb_modal(struct request *r) {
  wchar_t text[TEXT_SIZE] = L"";
  HWND box = modal_find();
  reply_number(r, box != NULL);
  if (box) InternalGetWindowText(box, text, TEXT_SIZE);
  reply_encoded(r, "\t", text);
}
void verb_modal_close(struct request *r) {
  static const struct {
    const wchar_t *name;
    int id;
  } buttons[] = {{L"", IDOK}, {L"ok", IDOK}, {L"cancel", IDCANCEL}, {L"yes", IDYES}, {L"no", IDNO}, {L"retry", IDRETRY}};
  HWND box = modal_find();
  if (!box) {
    fail(r, L"no modal box");
    return;
  }
  for (int i = 0; i < 6; i++) {
    if (wcscmp(buttons[i].name, r->field[1]) == 0) PostMessageW(box, WM_COMMAND, (WPARAM)buttons[i].id, 0);
  }
}
void verb_windows(struct request *r) {
  char text[64];
  sprintf(text, "\tmain|%llu\tmessages|%llu\tdialer|%llu", (unsigned long long)(UINT_PTR)main_window, (unsigned long long)(UINT_PTR)messages_window,
          (unsigned long long)(UINT_PTR)dialer_page);
  reply_add(r, text);
  for (int i = 0; i < slot_count; i++) {
    if (!slots[i] || !slots[i]->ring) continue;
    sprintf(text, "\tring %d|%llu", i, (unsigned long long)(UINT_PTR)slots[i]->ring);
    reply_add(r, text);
  }
}
void verb_button(struct request *r) {
  HWND button = GetDlgItem(dialer_page, bottom_id(r->field[1]));
  reply_number(r, button != NULL);
  reply_number(r, button && SendMessageW(button, BM_GETCHECK, 0, 0) == BST_CHECKED);
  reply_number(r, button && IsWindowEnabled(button));
  reply_number(r, (long long)(UINT_PTR)button);
}
void verb_ring_count(struct request *r) {
  reply_number(r, ring_count);
}
void verb_version(struct request *r) {
  char text[64];
  sprintf(text, "\t%d.%d.%d\t%lu", STANDIN_MAJOR, STANDIN_MINOR, STANDIN_PATCH, GetCurrentProcessId());
  reply_add(r, text);
}
void verb_sync(struct request *r) {
  DWORD wait = r->field[1][0] ? (DWORD)_wtoi(r->field[1]) : 30000;
  ULONGLONG end = GetTickCount64() + wait;
  for (int calm = 0; calm < 2;) {
    ULONGLONG now = GetTickCount64();
    if (now >= end) {
      fail(r, L"timeout");
      return;
    }
    if (!worker_idle()) {
      calm = 0;
      Sleep(2);
      continue;
    }
    struct ui_request *ui = ui_new(NULL);
    HANDLE done = ui->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!PostMessageW(main_window, UM_CONTROL, 0, (LPARAM)ui) || WaitForSingleObject(done, (DWORD)(end - now)) != WAIT_OBJECT_0) {
      fail(r, L"timeout"); /* the request stays: the UI may still come to it */
      return;
    }
    CloseHandle(done);
    free(ui);
    calm++;
  }
}

