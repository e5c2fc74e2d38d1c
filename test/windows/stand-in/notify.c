/* What the real one does not do: window messages that tell another program of calls. */
#include "control.h"
#include <stdlib.h>

#define RECEIVER L"NodeRED-MicroSIP"
#define PATIENCE 5000

/* r: who is told what each window answered; NULL: nobody */
static void send_to_all(struct request *r, UINT message, WPARAM wparam, LPARAM lparam) {
  for (HWND window = NULL; (window = FindWindowExW(NULL, window, RECEIVER, NULL));) {
    DWORD_PTR answer = 0;
    bool done = SendMessageTimeoutW(window, message, wparam, lparam, SMTO_NORMAL, PATIENCE, &answer) != 0;
    if (r) reply_number(r, done ? (long long)answer : -1);
  }
}

void verb_notify(struct request *r) {
  size_t length = wcslen(r->field[1]) / 2, repeat = r->field[2][0] ? (size_t)_wtoi(r->field[2]) : 1;
  char *bytes = malloc(length * repeat + 1);
  for (size_t i = 0; i < length * repeat; i++) {
    wchar_t digits[3] = {r->field[1][i % length * 2], r->field[1][i % length * 2 + 1], 0};
    bytes[i] = (char)wcstol(digits, NULL, 16);
  }
  COPYDATASTRUCT data = {0, (DWORD)(length * repeat), bytes};
  send_to_all(r, WM_COPYDATA, r->field[3][0] == L'1' ? 0 : (WPARAM)main_window, (LPARAM)&data);
  free(bytes);
}

void notify_text(const wchar_t *text) {
  char bytes[TEXT_SIZE * 3];
  int length = to_utf8(bytes, sizeof bytes, text);
  COPYDATASTRUCT data = {0, (DWORD)length, bytes};
  send_to_all(NULL, WM_COPYDATA, (WPARAM)main_window, (LPARAM)&data);
}

void verb_notify_status(struct request *r) {
  send_to_all(r, WM_USER + 100, (WPARAM)_wtoi(r->field[1]), r->field[2][0] == L'1' ? 0 : (LPARAM)main_window);
}
