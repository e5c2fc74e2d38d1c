/* The buttons at the bottom of the dialer page: docs/microsip/further.md#A. Traps: owner-drawn, so that their style does
 * not tell whether they are pressed; made anew whenever settings or account change; three of their handlers toggle,
 * three only read the flag of a button that may not be there. */
#include "stand-in.h"

static const struct bottom {
  int id;
  const wchar_t *name, *caption;
  bool automatic; /* a click flips its flag, and the handler reads that */
} bottoms[] = {
    {IDC_DND, L"dnd", L"DND", false}, {IDC_AUTO_ANSWER, L"aa", L"AA", true}, {IDC_AUTO_CONFERENCE, L"ac", L"AC", true},
    {IDC_FORWARDING, L"fwd", L"FWD", true}, {IDC_RECORD, L"rec", L"REC", false}, {IDC_CONFERENCE, L"conf", L"CONF", false},
};
enum { BOTTOMS = sizeof bottoms / sizeof *bottoms };
static bool flags[BOTTOMS]; /* what MFC keeps in its objects */

int bottom_id(const wchar_t *name) {
  for (int i = 0; i < BOTTOMS; i++) {
    if (wcscmp(bottoms[i].name, name) == 0) return bottoms[i].id;
  }
  return 0;
}

static bool is_wanted(int id) {
  switch (id) {
    case IDC_DND: return wcscmp(settings.denyIncoming, L"button") == 0;
    case IDC_AUTO_ANSWER: return wcscmp(settings.autoAnswer, L"button") == 0;
    case IDC_AUTO_CONFERENCE: return !settings.singleMode && (settings.buttonAC || !SINCE(3, 22, 0));
    case IDC_FORWARDING: return wcscmp(settings.forwarding, L"button") == 0 && settings.forwardingNumber[0];
    case IDC_RECORD: return settings.recordingButton;
    default: return settings.buttonCONF || !SINCE(3, 22, 0);
  }
}

static LRESULT CALLBACK button_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam, UINT_PTR index, DWORD_PTR data) {
  (void)data;
  switch (message) {
    case BM_GETCHECK: return flags[index];
    case BM_SETCHECK:
      flags[index] = wparam == BST_CHECKED;
      InvalidateRect(window, NULL, TRUE);
      return 0;
    case BM_CLICK:
      /* the flag flips first; whether the click then comes through depends on the window being active */
      if (bottoms[index].automatic) flags[index] = !flags[index];
      if (GetActiveWindow() == main_window) SendMessageW(dialer_page, WM_COMMAND, MAKEWPARAM(bottoms[index].id, BN_CLICKED), (LPARAM)window);
      return 0;
    default: return DefSubclassProc(window, message, wparam, lparam);
  }
}

static void check(int id, bool on) {
  SendDlgItemMessageW(dialer_page, id, BM_SETCHECK, on ? BST_CHECKED : BST_UNCHECKED, 0);
}

/* after each event of a call, and when another tab is selected */
void bottom_update(void) {
  const struct call *call = tab_selected_call();
  bool under_way = call && (call->state == CALL_EARLY || call->state == CALL_CONNECTING || call->state == CALL_CONFIRMED);
  EnableWindow(GetDlgItem(dialer_page, IDC_RECORD), calls_not_ringing_in(NULL) > 0);
  check(IDC_RECORD, call && call->recorded);
  EnableWindow(GetDlgItem(dialer_page, IDC_CONFERENCE), under_way);
}

/* at Settings -> Save, a change of the account and resume */
void bottom_rebuild(void) {
  if (!dialer_page) return;
  HFONT font = (HFONT)SendMessageW(dialer_page, WM_GETFONT, 0, 0);
  for (int i = 0; i < BOTTOMS; i++) {
    HWND old = GetDlgItem(dialer_page, bottoms[i].id);
    if (old) DestroyWindow(old);
  }
  for (int i = 0; i < BOTTOMS; i++) {
    flags[i] = false;
    if (!is_wanted(bottoms[i].id)) continue;
    HWND made = CreateWindowExW(0, WC_BUTTONW, bottoms[i].caption, WS_CHILD | WS_VISIBLE | BS_OWNERDRAW, 4 + i * 50, 300, 46, 20, dialer_page,
                                (HMENU)(INT_PTR)bottoms[i].id, instance, NULL);
    SetWindowSubclass(made, button_proc, (UINT_PTR)i, 0);
    SendMessageW(made, WM_SETFONT, (WPARAM)font, FALSE);
  }
  check(IDC_DND, settings.DND);
  check(IDC_AUTO_ANSWER, settings.AA);
  check(IDC_AUTO_CONFERENCE, settings.AC);
  check(IDC_FORWARDING, settings.FWD);
  bottom_update();
}

/* no handler asks whether its button is visible or enabled */
static bool is_checked(int id) {
  return IsDlgButtonChecked(dialer_page, id) == BST_CHECKED;
}

static void switched(const wchar_t *name, bool on) {
  record_action(L"feature", name, on ? L"1" : L"0");
  registration_refresh();
  settings_save_later();
}

/* of all members of a conference when the selected call is one */
static void record_toggle(void) {
  struct call *selected = tab_selected_call();
  if (!selected || selected->state < CALL_EARLY || selected->state > CALL_CONFIRMED) return;
  bool on = !selected->recorded;
  for (int i = 0; i < slot_count; i++) {
    struct call *call = slots[i];
    if (!call || (call != selected && !(selected->in_conference && call->in_conference))) continue;
    call->recorded = on;
    if (on) recorder_start(call);
    else recorder_stop(call);
    record_call_action(L"recording", call, on ? L"1" : L"0");
  }
  bottom_update();
}

void bottom_clicked(int id) {
  switch (id) {
    case IDC_DND:
      settings.DND = !settings.DND;
      check(id, settings.DND);
      switched(L"dnd", settings.DND);
      break;
    case IDC_AUTO_ANSWER:
      settings.AA = is_checked(id);
      switched(L"aa", settings.AA);
      break;
    case IDC_AUTO_CONFERENCE:
      settings.AC = is_checked(id);
      switched(L"ac", settings.AC);
      break;
    case IDC_FORWARDING:
      settings.FWD = is_checked(id);
      switched(L"fwd", settings.FWD);
      break;
    case IDC_RECORD: record_toggle(); break;
    default: break;
  }
}

/* by the mouse: MFC flips the flag of an automatic one before it tells */
void bottom_press(int id) {
  HWND button = GetDlgItem(dialer_page, id);
  if (!button || !IsWindowEnabled(button)) return;
  for (int i = 0; i < BOTTOMS; i++) {
    if (bottoms[i].id == id && bottoms[i].automatic) flags[i] = !flags[i];
  }
  SendMessageW(dialer_page, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)button);
}
