/* Every text MicroSIP shows can be translated: by a langpack_*.txt beside the exe as in the real one
 * (docs/microsip/interface.md#7.2), or at run time by the control verb `language`. */
#include "stand-in.h"
#include <stdio.h>
#include <stdlib.h>

struct pair {
  const wchar_t *english, *other;
};

static const struct pair german[] = {
    {L"Answer", L"Annehmen"},
    {L"Answer with Video", L"Mit Video annehmen"},
    {L"Away", L"Abwesend"},
    {L"Busy Here", L"Besetzt"},
    {L"Call", L"Anrufen"},
    {L"Call Ended", L"Anruf beendet"},
    {L"Call Forwarding", L"Rufumleitung"},
    {L"Call is Active", L"Gespräch ist aktiv"},
    {L"Call on Hold", L"Gespräch gehalten"},
    {L"Call on Local Hold", L"Von uns gehalten"},
    {L"Call on Remote Hold", L"Von der Gegenseite gehalten"},
    {L"Calling", L"Wählt"},
    {L"Canceled", L"Abgebrochen"},
    {L"Close this window to ignore the call", L"Fenster schließen, um den Anruf zu ignorieren"},
    {L"Conference", L"Konferenz"},
    {L"Connected", L"Verbunden"},
    {L"Connecting", L"Verbinde"},
    {L"Connection Failed", L"Verbindung fehlgeschlagen"},
    {L"Decline", L"Ablehnen"},
    {L"Declined", L"Abgelehnt"},
    {L"Do Not Disturb", L"Nicht stören"},
    {L"End", L"Auflegen"},
    {L"Hold", L"Halten"},
    {L"Idle", L"Leerlauf"},
    {L"Incoming Call", L"Eingehender Anruf"},
    {L"Incorrect Password", L"Falsches Passwort"},
    {L"Invalid Number", L"Ungültige Nummer"},
    {L"Missed Call", L"Verpasster Anruf"},
    {L"Offline", L"Nicht verbunden"},
    {L"Online", L"Angemeldet"},
    {L"Ringing", L"Es klingelt"},
    {L"Send", L"Senden"},
    {L"Session Progress", L"Verbindung wird aufgebaut"},
    {L"Transfer", L"Weiterleiten"},
    {L"Auto Answer", L"Automatisch annehmen"},
    {L"Auto Conference", L"Automatische Konferenz"},
    {L"Answered Elsewhere", L"Anderswo angenommen"},
};

static wchar_t language[16] = L"en";
static struct {
  wchar_t *english, *other;
} *pack;
static int pack_size;

static void pack_add(const wchar_t *english, const wchar_t *other) {
  pack = realloc(pack, (size_t)(pack_size + 1) * sizeof *pack);
  pack[pack_size].english = _wcsdup(english);
  pack[pack_size].other = _wcsdup(other);
  pack_size++;
}

static void pack_parse(char *bytes) {
  UINT code_page = CP_ACP;
  if (memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
    bytes += 3;
    code_page = CP_UTF8;
  }
  wchar_t english[1024] = L"";
  int line_number = 0;
  for (char *line = strtok(bytes, "\r\n"); line; line = strtok(NULL, "\r\n")) {
    wchar_t text[1024];
    if (!MultiByteToWideChar(code_page, 0, line, -1, text, 1024)) continue;
    if (line_number++ == 0 && wcsncmp(text, L"Language Pack", 13) != 0) return;
    size_t length = wcslen(text);
    if (text[0] == L'[' && length > 2 && text[length - 1] == L']') {
      text[length - 1] = 0;
      copy(english, 1024, text + 1);
    } else if (english[0]) {
      pack_add(english, text);
      english[0] = 0;
    }
  }
}

void texts_load_language_pack(void) {
  wchar_t path[PATH_SIZE];
  WIN32_FIND_DATAW found;
  format(path, PATH_SIZE, L"%ls\\langpack_*.txt", exe_folder);
  HANDLE search = FindFirstFileW(path, &found);
  if (search == INVALID_HANDLE_VALUE) return;
  FindClose(search);
  format(path, PATH_SIZE, L"%ls\\%ls", exe_folder, found.cFileName);
  FILE *file = _wfopen(path, L"rb");
  if (!file) return;
  static char bytes[200000];
  size_t length = fread(bytes, 1, sizeof bytes - 1, file);
  bytes[length] = 0;
  fclose(file);
  pack_parse(bytes);
}

void texts_set_language(const wchar_t *to) {
  copy(language, 16, to);
  if (main_window) {
    dialer_translate();
    messages_translate();
    registration_refresh();
  }
}

const wchar_t *tr(const wchar_t *english) {
  for (int i = 0; i < pack_size; i++) {
    if (wcscmp(pack[i].english, english) == 0) return pack[i].other;
  }
  if (wcscmp(language, L"de") == 0) {
    for (size_t i = 0; i < sizeof german / sizeof *german; i++) {
      if (wcscmp(german[i].english, english) == 0) return german[i].other;
    }
  }
  if (wcscmp(language, L"pseudo") == 0) {
    /* no text at all stays as it was: mirrored, in brackets */
    static wchar_t ring[8][TEXT_SIZE];
    static int turn;
    wchar_t *to = ring[turn++ & 7];
    size_t length = wcslen(english), used = 0;
    to[used++] = L'«';
    for (size_t i = 0; i < length && used < TEXT_SIZE - 2; i++) to[used++] = english[length - 1 - i];
    to[used++] = L'»';
    to[used] = 0;
    return to;
  }
  return english;
}
