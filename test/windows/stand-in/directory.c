/* The directory of users ([Settings] usersDirectory): when it is asked for, and what becomes of the answer.
 * docs/microsip/further.md, part F. CSV and XML answers count as not recognized here. */
#include "control.h"
#include "directory.h"
#include "json-reader.h"
#include <stdio.h>
#include <stdlib.h>
#include <ws2tcpip.h>

#define TIMER_DIRECTORY 91

struct directory directory = {0, -1, 0, 0, 0, NULL, NULL};
CRITICAL_SECTION directory_lock;

struct asked {
  char host[256], port[8], path[2048];
  int status;
  char *headers, *body;
};

void directory_init(void) {
  InitializeCriticalSection(&directory_lock);
}

static void CALLBACK again(HWND window, UINT message, UINT_PTR id, DWORD time) {
  (void)message;
  (void)time;
  KillTimer(window, id);
  directory_load(true);
}

static void balloon(const wchar_t *text) {
  if (directory.sequence == 1 && !directory.silent) record_action(L"balloon", L"Directory of Users", text);
}

static bool take_json(const char *body) {
  bool too_deep, thrown = false;
  struct json *root = json_parse(body, &too_deep);
  if (too_deep) {
    record_action(L"dropped", L"too-deep", L"");
    TerminateProcess(GetCurrentProcess(), 0xE06D7363);
  }
  if (!root) return false;
  const struct json *items = root->kind == JSON_ARRAY ? root : NULL, *presence = NULL;
  if (root->kind == JSON_OBJECT) {
    const struct json *refresh = json_field(root, "refresh", &thrown), *silent = json_field(root, "silent", &thrown);
    if (json_is_int(refresh)) directory.refresh = (int)refresh->number;
    if (json_is_int(silent)) directory.silent = (int)silent->number;
    items = json_field(root, "items", &thrown);
    presence = json_field(root, "presence", &thrown);
    if (items && items->kind != JSON_ARRAY) items = NULL;
    if (presence && presence->kind != JSON_ARRAY) presence = NULL;
  }
  bool recognized = items != NULL;
  directory_take(items, presence);
  json_free(root);
  return recognized;
}

/* without a refresh of its own the answer's max-age counts, in bounds */
static void refresh_from(const char *headers) {
  const char *control = strstr(headers, "\r\ncache-control:"), *end = control ? strstr(control + 2, "\r\n") : NULL;
  const char *age = control ? strstr(control, "max-age=") : NULL;
  if (directory.refresh != -1 || !age || (end && age > end)) return;
  int seconds = atoi(age + strlen("max-age="));
  if (seconds > 0) directory.refresh = seconds < 60 ? 60 : seconds > 86400 ? 86400 : seconds;
}

/* status 0: no connection; headers: in small letters */
void directory_answered(int status, const char *headers, const char *body) {
  if (status == 0) {
    balloon(L"Connection Failed");
    directory.reconnect++;
  } else {
    directory.reconnect = 0;
    if (status >= 300) {
      wchar_t text[64];
      format(text, 64, L"The server returned an error code: %d", status);
      balloon(text);
    } else if (status == 200 && *body) {
      bool recognized = take_json(body);
      refresh_from(headers);
      if (!recognized) balloon(L"The received data cannot be recognized");
    }
  }
  int nth = directory.reconnect;
  if (nth) SetTimer(main_window, TIMER_DIRECTORY, 10000u * (UINT)(nth * nth * nth), again);
  else if (directory.refresh > 0) SetTimer(main_window, TIMER_DIRECTORY, 1000u * (UINT)directory.refresh, again);
}

static void ui_answered(struct ui_request *ui) {
  struct asked *asked;
  memcpy(&asked, ui->text, sizeof asked);
  directory_answered(asked->status, asked->headers ? asked->headers : "", asked->body ? asked->body : "");
  free(asked->headers);
  free(asked);
}

/* one request, and the whole answer; HTTP/1.0, so that it comes in one piece and the connection ends behind it */
static char *exchange(const struct asked *asked) {
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
  char request[3072], *answer = NULL;
  size_t used = 0, size = 65536;
  if (getaddrinfo(asked->host, asked->port, &hints, &found) != 0) return NULL;
  SOCKET connection = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (connect(connection, found->ai_addr, (int)found->ai_addrlen) == 0) {
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.0\r\nHost: %s:%s\r\nCache-Control: no-cache\r\n\r\n", asked->path, asked->host, asked->port);
    send(connection, request, length, 0);
    answer = malloc(size + 1);
    for (int read; (read = recv(connection, answer + used, (int)(size - used), 0)) > 0;) {
      used += (size_t)read;
      if (size - used < 4096) answer = realloc(answer, (size *= 2) + 1);
    }
    answer[used] = 0;
  }
  closesocket(connection);
  freeaddrinfo(found);
  return answer;
}

static DWORD WINAPI ask(void *parameter) {
  struct asked *asked = parameter;
  char *answer = exchange(asked);
  if (answer && sscanf(answer, "HTTP/%*s %d", &asked->status) == 1) {
    char *body = strstr(answer, "\r\n\r\n");
    asked->headers = answer;
    if (body) {
      asked->body = body + 4;
      body[2] = 0;
    }
    for (char *at = answer; *at; at++) *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
  } else {
    free(answer);
  }
  struct ui_request *ui = ui_new(ui_answered);
  memcpy(ui->text, &asked, sizeof asked);
  ui_post(ui);
  return 0;
}

static bool has_places(void) {
  return wcschr(settings.usersDirectory, L'{') || wcsstr(settings.usersDirectory, L"%s");
}

/* a percent sign is for the places; a star stands for one */
static void fill_in(wchar_t *url, size_t size) {
  const wchar_t *in_turn[] = {account.username, account.password, account.server};
  wchar_t *at;
  copy(url, size, settings.usersDirectory);
  for (int i = 0; i < 3 && (at = wcsstr(url, L"%s")); i++) {
    wchar_t rest[2048];
    copy(rest, 2048, at + 2);
    *at = 0;
    append(url, size, in_turn[i]);
    append(url, size, rest);
  }
  replace_all(url, size, L"*", L"%");
  replace_all(url, size, L"{username}", account.username);
  replace_all(url, size, L"{password}", account.password);
  replace_all(url, size, L"{label}", account.label);
  replace_all(url, size, L"{server}", account.server);
  replace_all(url, size, L"{domain}", account.domain);
}

void directory_load(bool update) {
  wchar_t url[2048], number[32];
  char bytes[4096];
  KillTimer(main_window, TIMER_DIRECTORY);
  if (!update) {
    directory.sequence = directory.silent = directory.reconnect = 0;
    directory.refresh = -1;
  }
  if (!settings.usersDirectory[0]) return;
  fill_in(url, 2048);
  format(number, 32, L"%lssequence=%d", wcschr(url, L'?') ? L"&" : L"?", directory.sequence);
  append(url, 2048, number);
  record_action(L"directory", url, L"");
  directory.sequence++;
  to_utf8(bytes, sizeof bytes, url);
  struct asked *asked = calloc(1, sizeof *asked);
  strcpy(asked->port, "80");
  strcpy(asked->path, "/");
  /* no TLS here: the real one checks no certificate either */
  if (sscanf(bytes, "http://%255[^/:?]:%7[0-9]%2047s", asked->host, asked->port, asked->path) < 2) sscanf(bytes, "http://%255[^/:?]%2047s", asked->host, asked->path);
  CloseHandle(CreateThread(NULL, 0, ask, asked, 0, NULL));
}

static void ui_load(struct ui_request *ui) {
  bool registered = ui->number;
  if (registered == has_places()) directory_load(false);
}

static void post_load(int registered) {
  struct ui_request *ui = ui_new(ui_load);
  ui->number = registered;
  ui_post(ui);
}

void directory_registered(void) {
  post_load(1);
}

void directory_started(void) {
  post_load(0);
}
