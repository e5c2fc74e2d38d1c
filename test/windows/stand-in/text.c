/* Text helpers: bounded copies, UTF-8, percent-encoding. */
#include "stand-in.h"
#include <stdarg.h>
#include <stdio.h>

void format(wchar_t *to, size_t size, const wchar_t *pattern, ...) {
  va_list args;
  va_start(args, pattern);
  if (_vsnwprintf(to, size, pattern, args) < 0) to[size - 1] = 0;
  to[size - 1] = 0;
  va_end(args);
}

void copy(wchar_t *to, size_t size, const wchar_t *from) {
  size_t length = wcslen(from);
  if (length >= size) length = size - 1;
  memmove(to, from, length * sizeof *to);
  to[length] = 0;
}

void append(wchar_t *to, size_t size, const wchar_t *from) {
  size_t used = wcslen(to);
  if (used < size) copy(to + used, size - used, from);
}

static bool is_blank(wchar_t c) {
  return c == L' ' || c == L'\t' || c == L'\r' || c == L'\n';
}

void trim(wchar_t *text) {
  size_t length = wcslen(text), start = 0;
  while (length > 0 && is_blank(text[length - 1])) length--;
  while (start < length && is_blank(text[start])) start++;
  memmove(text, text + start, (length - start) * sizeof *text);
  text[length - start] = 0;
}

bool starts_with(const wchar_t *text, const wchar_t *prefix) {
  return wcsncmp(text, prefix, wcslen(prefix)) == 0;
}

bool starts_with_any_case(const wchar_t *text, const wchar_t *prefix) {
  return _wcsnicmp(text, prefix, wcslen(prefix)) == 0;
}

void replace_all(wchar_t *text, size_t size, const wchar_t *what, const wchar_t *by) {
  size_t what_length = wcslen(what), by_length = wcslen(by);
  for (wchar_t *at = text; (at = wcsstr(at, what)) != NULL; at += by_length) {
    size_t rest = wcslen(at + what_length) + 1;
    if ((size_t)(at - text) + by_length + rest > size) return;
    memmove(at + by_length, at + what_length, rest * sizeof *text);
    memcpy(at, by, by_length * sizeof *text);
  }
}

int to_utf8(char *to, int size, const wchar_t *from) {
  int written = WideCharToMultiByte(CP_UTF8, 0, from, -1, to, size, NULL, NULL);
  if (written == 0) {
    /* too long: shorten until it fits */
    int length = (int)wcslen(from);
    while (length > 0) {
      written = WideCharToMultiByte(CP_UTF8, 0, from, --length, to, size - 1, NULL, NULL);
      if (written > 0) break;
    }
    to[written] = 0;
    return written;
  }
  return written - 1;
}

void from_utf8(wchar_t *to, int size, const char *from) {
  int written = MultiByteToWideChar(CP_UTF8, 0, from, -1, to, size);
  if (written == 0) {
    written = MultiByteToWideChar(CP_UTF8, 0, from, size / 2, to, size - 1);
    to[written] = 0;
  }
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void percent_decode(char *text) {
  char *to = text;
  for (const char *at = text; *at; at++) {
    int high, low;
    if (*at == '%' && (high = hex_digit(at[1])) >= 0 && (low = hex_digit(at[2])) >= 0) {
      *to++ = (char)(high * 16 + low);
      at += 2;
    } else {
      *to++ = *at;
    }
  }
  *to = 0;
}

static bool is_plain(unsigned char c, const char *others) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr(others, c));
}

/* as encodeURIComponent does */
void percent_encode(char *to, size_t size, const char *from) {
  size_t used = 0;
  for (; *from && used + 4 < size; from++) {
    if (is_plain((unsigned char)*from, "-_.!~*'()")) to[used++] = *from;
    else used += (size_t)sprintf(to + used, "%%%02X", (unsigned char)*from);
  }
  to[used] = 0;
}

/* MicroSIP's own way for hook placeholders: lower-case hex, fewer plain characters */
void percent_encode_lower(wchar_t *to, size_t size, const wchar_t *from) {
  static const wchar_t digits[] = L"0123456789abcdef";
  char bytes[TEXT_SIZE];
  size_t used = 0;
  to_utf8(bytes, sizeof bytes, from);
  for (const char *at = bytes; *at && used + 4 < size; at++) {
    unsigned char c = (unsigned char)*at;
    if (is_plain(c, "~!*()'")) {
      to[used++] = c;
    } else {
      to[used++] = L'%';
      to[used++] = digits[c >> 4];
      to[used++] = digits[c & 15];
    }
  }
  to[used] = 0;
}

long long unix_ms(void) {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  long long ticks = ((long long)now.dwHighDateTime << 32) | now.dwLowDateTime;
  return (ticks - 116444736000000000LL) / 10000;
}

void time_text(wchar_t *to, size_t size, long long seconds) {
  if (seconds >= 3600) {
    format(to, size, L"%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
  } else {
    format(to, size, L"%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
  }
}
