/* The tests' way in: TCP on 127.0.0.1, one line per request, one per reply. Runs on threads of its own, so
 * it answers while the UI thread hangs. */
#include "stand-in.h"
#include <stdio.h>
#include <stdlib.h>

static wchar_t port_path[PATH_SIZE];

static bool send_all(SOCKET connection, const char *bytes, int length) {
  while (length > 0) {
    int sent = send(connection, bytes, length, 0);
    if (sent <= 0) return false;
    bytes += sent;
    length -= sent;
  }
  return true;
}

static bool answer(SOCKET connection, char *line) {
  char *reply = control_request(line);
  size_t length = strlen(reply);
  reply = realloc(reply, length + 2);
  memcpy(reply + length, "\n", 2);
  bool sent = send_all(connection, reply, (int)length + 1);
  free(reply);
  return sent;
}

static DWORD WINAPI serve(void *parameter) {
  SOCKET connection = (SOCKET)parameter;
  size_t used = 0, size = 4096;
  char *buffer = malloc(size);
  for (;;) {
    if (used + 1 >= size) buffer = realloc(buffer, size *= 2);
    int got = recv(connection, buffer + used, (int)(size - used - 1), 0);
    if (got <= 0) break;
    used += (size_t)got;
    char *end;
    bool open = true;
    while (open && (end = memchr(buffer, '\n', used)) != NULL) {
      *end = 0;
      if (end > buffer && end[-1] == '\r') end[-1] = 0;
      open = answer(connection, buffer);
      size_t line = (size_t)(end - buffer) + 1;
      memmove(buffer, buffer + line, used - line);
      used -= line;
    }
    if (!open) break;
  }
  free(buffer);
  closesocket(connection);
  return 0;
}

static DWORD WINAPI accept_loop(void *parameter) {
  for (;;) {
    SOCKET connection = accept((SOCKET)parameter, NULL, NULL);
    if (connection == INVALID_SOCKET) return 0;
    BOOL on = TRUE;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof on);
    CloseHandle(CreateThread(NULL, 0, serve, (void *)connection, 0, NULL));
  }
}

static void write_port(int port) {
  char text[16];
  DWORD written;
  int length = sprintf(text, "%d\n", port);
  format(port_path, PATH_SIZE, L"%ls\\standin-port.txt", exe_folder);
  HANDLE file = CreateFileW(port_path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  WriteFile(file, text, (DWORD)length, &written, NULL);
  CloseHandle(file);
}

void control_start(void) {
  WSADATA data;
  wchar_t value[16];
  struct sockaddr_in address = {.sin_family = AF_INET};
  int length = sizeof address;
  BOOL on = TRUE;
  WSAStartup(MAKEWORD(2, 2), &data);
  SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, (const char *)&on, sizeof on);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (GetEnvironmentVariableW(L"STANDIN_PORT", value, 16)) address.sin_port = htons((u_short)_wtoi(value));
  for (int tries = 0; bind(listener, (struct sockaddr *)&address, sizeof address) != 0; tries++) {
    if (tries == 50) return;
    Sleep(100);
  }
  listen(listener, 16);
  getsockname(listener, (struct sockaddr *)&address, &length);
  write_port(ntohs(address.sin_port));
  CloseHandle(CreateThread(NULL, 0, accept_loop, (void *)listener, 0, NULL));
}
