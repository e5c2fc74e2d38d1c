/* Control verbs of the directory of users. */
#include "control.h"
#include "directory.h"
#include <stdio.h>
#include <stdlib.h>

/* thousands of contacts: the end of the reply is kept, not looked for */
struct growing {
  char *text;
  size_t used, size;
};

static void grow(struct growing *to, const char *before, const char *text) {
  size_t needed = strlen(before) + strlen(text) * 3 + 8;
  if (to->used + needed > to->size) to->text = realloc(to->text, to->size = (to->used + needed) * 2);
  to->used += (size_t)sprintf(to->text + to->used, "%s", before);
  percent_encode(to->text + to->used, needed, text);
  to->used += strlen(to->text + to->used);
}

static struct growing growing_from(struct request *r) {
  return (struct growing){r->reply, strlen(r->reply), 0};
}

void verb_directory(struct request *r) {
  EnterCriticalSection(&directory_lock);
  reply_number(r, directory.sequence);
  reply_number(r, directory.refresh);
  reply_number(r, directory.silent);
  reply_number(r, directory.broke);
  LeaveCriticalSection(&directory_lock);
}

void verb_contacts(struct request *r) {
  struct growing reply = growing_from(r);
  char flag[8];
  EnterCriticalSection(&directory_lock);
  for (const struct contact *one = directory.contacts; one; one = one->next) {
    for (int i = 0; i < CONTACT_TEXTS; i++) grow(&reply, i == 0 ? "\t" : "|", one->text[i] ? one->text[i] : "");
    sprintf(flag, "%d", one->presence);
    grow(&reply, "|", flag);
    sprintf(flag, "%d", one->starred);
    grow(&reply, "|", flag);
  }
  LeaveCriticalSection(&directory_lock);
  r->reply = reply.text;
}

void verb_lamps(struct request *r) {
  struct growing reply = growing_from(r);
  EnterCriticalSection(&directory_lock);
  for (const struct lamp *one = directory.lamps; one; one = one->next) {
    grow(&reply, "\t", one->number);
    grow(&reply, "|", one->status);
    grow(&reply, "|", one->info);
  }
  LeaveCriticalSection(&directory_lock);
  r->reply = reply.text;
}

/* an answer as if MicroSIP had asked for it just now; number: its status */
static void ui_answer(struct ui_request *ui) {
  HANDLE file = CreateFileW(ui->text, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  DWORD size = file == INVALID_HANDLE_VALUE ? 0 : GetFileSize(file, NULL), read = 0;
  char *body = malloc(size + 1);
  if (size) ReadFile(file, body, size, &read, NULL);
  body[read] = 0;
  CloseHandle(file);
  directory.sequence++;
  directory_answered(ui->number, "", body);
  free(body);
}

void verb_directory_answer(struct request *r) {
  struct ui_request *ui = ui_new(ui_answer);
  copy(ui->text, TEXT_SIZE, r->field[1]);
  ui->number = r->field[2][0] ? _wtoi(r->field[2]) : 200;
  ui_post(ui);
}
