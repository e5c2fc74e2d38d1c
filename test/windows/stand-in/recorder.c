/* Recordings (docs/microsip/further.md, part C): files that are real, named and closed as MicroSIP's; what is in them is
 * silence. Of a folder only the last level is made; where that is not possible there is no recording, and no message. */
#include "stand-in.h"
#include <stdio.h>
#include <string.h>

#define HEADER 44

static int recorders;

static void in_name(wchar_t *to, size_t size, const wchar_t *from) {
  copy(to, size, from);
  for (; *to; to++) {
    if (wcschr(L"/\\?%*:|\"<>. ", *to)) *to = L'_';
  }
}

static void header(unsigned char *to, DWORD size) {
  DWORD whole = size ? HEADER - 8 + size : 0, sixteen = 16, rate = 8000, bytes = 16000;
  const unsigned char kind[] = {1, 0, 1, 0}, unit[] = {2, 0, 16, 0};
  memcpy(to, "RIFF", 4);
  memcpy(to + 4, &whole, 4);
  memcpy(to + 8, "WAVEfmt ", 8);
  memcpy(to + 16, &sixteen, 4);
  memcpy(to + 20, kind, 4);
  memcpy(to + 24, &rate, 4);
  memcpy(to + 28, &bytes, 4);
  memcpy(to + 32, unit, 4);
  memcpy(to + 36, "data", 4);
  memcpy(to + 40, &size, 4);
}

static void folder_of_recordings(wchar_t *to) {
  if (settings.recordingPath[0]) copy(to, PATH_SIZE, settings.recordingPath);
  else format(to, PATH_SIZE, L"%ls\\Recordings", exe_folder);
  size_t length = wcslen(to);
  if (length && to[length - 1] != L'\\') append(to, PATH_SIZE, L"\\");
}

/* the members of a conference share one file, that of the first of them */
static struct call *recorded_with(const struct call *call) {
  for (int i = 0; call->in_conference && i < slot_count; i++) {
    if (slots[i] && slots[i] != call && slots[i]->in_conference && slots[i]->recorder) return slots[i];
  }
  return NULL;
}

void recorder_start(struct call *call) {
  wchar_t path[PATH_SIZE], user[512], label[512];
  char shown[PATH_SIZE * 3];
  unsigned char head[HEADER];
  SYSTEMTIME now;
  DWORD done;
  if (call->recorder || recorded_with(call)) return;
  folder_of_recordings(path);
  CreateDirectoryW(path, NULL);
  GetLocalTime(&now);
  in_name(user, 512, call->remote.user);
  in_name(label, 512, account.label[0] ? account.label : account.username);
  wchar_t *name = path + wcslen(path);
  format(name, (size_t)(path + PATH_SIZE - name), L"%04d%02d%02d-%02d%02d%02d-%ls-%ls-%ls.%ls", now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute,
         now.wSecond, user, call->outgoing ? L"outgoing" : L"incoming", label, _wcsicmp(settings.recordingFormat, L"wav") == 0 ? L"wav" : L"mp3");
  to_utf8(shown, sizeof shown, path);
  log_line("pjsua_aud.c", 0, "Creating recorder %s..", shown);
  HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  header(head, 0);
  WriteFile(file, head, HEADER, &done, NULL);
  call->recorder = file;
  call->recorder_id = recorders++;
  log_line("pjsua_aud.c", 1, "Recorder created, id=%d, slot=%d", call->recorder_id, 10 + call->recorder_id);
}

/* the sizes in the head are right only now */
void recorder_stop(struct call *call) {
  unsigned char head[HEADER];
  DWORD done;
  if (!call->recorder) return;
  struct call *other = NULL;
  for (int i = 0; call->in_conference && i < slot_count; i++) {
    if (slots[i] && slots[i] != call && slots[i]->in_conference && slots[i]->recorded) other = slots[i];
  }
  HANDLE file = call->recorder;
  call->recorder = NULL;
  if (other) { /* it goes on until the last of them is gone */
    other->recorder = file;
    other->recorder_id = call->recorder_id;
    return;
  }
  log_line("pjsua_aud.c", 0, "Destroying recorder %d..", call->recorder_id);
  SetFilePointer(file, HEADER + 4000, NULL, FILE_BEGIN);
  SetEndOfFile(file);
  SetFilePointer(file, 0, NULL, FILE_BEGIN);
  header(head, 4000);
  WriteFile(file, head, HEADER, &done, NULL);
  CloseHandle(file);
}

/* at CONFIRMED */
void recorder_confirmed(struct call *call) {
  if (!settings.autoRecording || call->recorded) return;
  call->recorded = true;
  recorder_start(call);
}
