/* The text of a WM_COPYDATA or of the command line: docs/microsip/interface.md#2.2 to #2.5 and #10 for what differs
 * between versions. What is no command is dialled, whatever it is. */
#include "stand-in.h"
#include <stdlib.h>

/* `msip:` words; false: not one of them */
static bool msip_word(const wchar_t *word) {
  static const struct {
    const wchar_t *word;
    bool speaker;
    int on;
  } mutes[] = {{L"micmute", false, 1},        {L"micunmute", false, 0},        {L"speakmute", true, 1},
               {L"speakunmute", true, 0},     {L"micmuteclick", false, -1},    {L"speakmuteclick", true, -1}};
  static const struct {
    const wchar_t *word;
    bool speaker;
    int change;
  } volumes[] = {{L"micup", false, 5}, {L"micdown", false, -5}, {L"speakup", true, 5}, {L"speakdown", true, -5}};

  if (wcscmp(word, L"minimize") == 0) {
    record_action(L"minimize", L"", L"");
    ShowWindow(main_window, SW_HIDE);
  } else if (wcscmp(word, L"answer") == 0) {
    act_answer_first();
  } else if (wcscmp(word, L"hangupall") == 0) {
    act_hang_up_all();
  } else if (wcscmp(word, L"hold") == 0) {
    act_hold_toggle();
  } else if (starts_with(word, L"transfer_") && word[9]) {
    act_transfer(word + 9);
  } else {
    for (int i = 0; i < 6; i++) {
      if (wcscmp(word, mutes[i].word) != 0) continue;
      if (!SINCE(3, 21, 0) && i != 0 && i != 2) return false;
      dialer_mute(mutes[i].speaker, SINCE(3, 21, 0) ? mutes[i].on : -1); /* before 3.21 the two toggle */
      return true;
    }
    for (int i = 0; i < 4; i++) {
      if (wcscmp(word, volumes[i].word) != 0) continue;
      dialer_volume(volumes[i].speaker, volumes[i].change);
      return true;
    }
    return false;
  }
  return true;
}

static bool slash_command(const wchar_t *text) {
  if (wcscmp(text, L"/answer") == 0) act_answer_first();
  else if (wcscmp(text, L"/hangupall") == 0) act_hang_up_all();
  else if (SINCE(3, 21, 0) && wcscmp(text, L"/hangupincoming") == 0) act_hang_up_incoming();
  else if (SINCE(3, 20, 0) && wcscmp(text, L"/hangupcalling") == 0) act_hang_up_calling();
  else if (starts_with(text, L"/dtmf:") && text[6]) dialer_dtmf(text + 6);
  else if (starts_with(text, L"/transfer:") && text[10]) act_transfer(text + 10);
  else if (SINCE(3, 20, 0) && starts_with(text, L"/password:")) {
    copy(memory_password, 256, text + 10);
    record_action(L"memory-password", L"", L"");
  } else {
    return false;
  }
  return true;
}

/* one prefix, any case; since 3.20 also "//" and, only with it, one trailing "/" */
static void remove_scheme(wchar_t *text) {
  static const wchar_t *const schemes[] = {L"tel:", L"sip:", L"callto:", L"dialpad:", L"dial:"};
  int count = SINCE(3, 21, 0) ? 5 : 3;
  for (int i = 0; i < count; i++) {
    size_t length = wcslen(schemes[i]);
    if (_wcsnicmp(text, schemes[i], length) != 0) continue;
    memmove(text, text + length, (wcslen(text + length) + 1) * sizeof *text);
    break;
  }
  if (SINCE(3, 20, 0) && starts_with(text, L"//")) {
    memmove(text, text + 2, (wcslen(text + 2) + 1) * sizeof *text);
    size_t length = wcslen(text);
    if (length && text[length - 1] == L'/') text[length - 1] = 0;
  }
}

static void cut(wchar_t *text, size_t at, size_t count) {
  size_t length = wcslen(text);
  if (at >= length) return;
  if (count > length - at) count = length - at;
  memmove(text + at, text + at + count, (length - at - count + 1) * sizeof *text);
}

/* "/account:N" anywhere. The cuts are as wrong as documented: at the end one character too many goes, in
 * the middle too many after it. */
static void account_switch(wchar_t *text) {
  wchar_t *found = wcsstr(text, L"/account:"), number[32];
  if (!found) return;
  size_t at = (size_t)(found - text);
  const wchar_t *digits = found + 9, *blank = wcschr(digits, L' ');
  struct account other;
  copy(number, 32, digits);
  number[wcscspn(number, L" ")] = 0;
  int id = _wtoi(number);
  wchar_t *password = wcsstr(text, L"/password:");
  if (id > 0 && !account_load(id, &other)) {
    text[0] = 0;
    return;
  }
  if (id > 0 && password) {
    wchar_t name[16];
    format(name, 16, L"%d", id);
    record_action(L"account-password", name, L"");
    account_write_password(id, password + 10);
    if (id == settings.accountId) account_activate(id);
    text[0] = 0;
    return;
  }
  if (id > 0 && id != settings.accountId) {
    account_activate(id);
    settings_save();
  }
  if (blank) cut(text, at, (size_t)(blank - text) + 1);
  else text[at > 0 ? at - 1 : 0] = 0;
}

static void dial_or_command(wchar_t *text) {
  if (!SINCE(3, 20, 0)) {
    /* slash commands only without a scheme before them */
    if (slash_command(text)) return;
    remove_scheme(text);
  } else {
    remove_scheme(text);
    account_switch(text);
    if (slash_command(text)) return;
  }
  dial_from_command(text);
}

void command_line(const wchar_t *from) {
  size_t size = wcslen(from) + TEXT_SIZE;
  wchar_t *text = malloc(size * sizeof *text);
  copy(text, size, from);
  trim(text);
  size_t length = wcslen(text);
  if (length > 1 && text[0] == L'"' && text[length - 1] == L'"') {
    text[length - 1] = 0;
    memmove(text, text + 1, (length - 1) * sizeof *text);
  }
  if (text[0]) {
    if (starts_with(text, L"msip:")) {
      memmove(text, text + 5, (wcslen(text + 5) + 1) * sizeof *text);
      if (text[0] && !msip_word(text)) dial_or_command(text);
    } else {
      dial_or_command(text);
    }
  }
  free(text);
}
