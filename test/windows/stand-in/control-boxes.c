/* Control verbs that put up boxes, dialogs and menus, as a person at the phone or the phone itself may. */
#include "control.h"

static HWND menu_owner;
static HWND dialog;

static HWND owner_of_box(const wchar_t *name) {
  if (wcscmp(name, L"none") == 0) return NULL;
  return wcscmp(name, L"messages") == 0 ? messages_window : main_window;
}
/* text: owner, kind, title, text */
static void ui_box(struct ui_request *ui) {
  wchar_t *kind = wcschr(ui->text, L'\t'), *title = kind ? wcschr(kind + 1, L'\t') : NULL, *text = title ? wcschr(title + 1, L'\t') : NULL;
  if (!text) return;
  *kind++ = *title++ = *text++ = 0;
  HWND owner = owner_of_box(ui->text);
  if (wcscmp(kind, L"task") == 0) {
    task_box(owner, title);
    return;
  }
  record_action(L"modal", text, L"");
  MessageBoxW(owner, text, title, MB_OK | MB_ICONINFORMATION);
  record_action(L"modal-closed", text, L"");
}
void verb_box(struct request *r) {
  wchar_t text[TEXT_SIZE];
  const wchar_t *owner = r->field[1][0] ? r->field[1] : L"main", *kind = r->field[2], *title = r->field[3][0] ? r->field[3] : L"MicroSIP";
  format(text, TEXT_SIZE, L"%ls\t%ls\t%ls\t%ls", owner, kind, title, r->field[4]);
  ui_post_field(ui_box, text);
}

static void ui_dialog(struct ui_request *ui) {
  if (ui->number && !IsWindow(dialog)) dialog = modeless_dialog();
  if (!ui->number && IsWindow(dialog)) DestroyWindow(dialog);
}
void verb_dialog(struct request *r) {
  ui_post_field(ui_dialog, r->count > 1 ? r->field[1] : L"1");
}

/* its loop dispatches messages, so that another verb can close it */
static void ui_menu(struct ui_request *ui) {
  if (!ui->number) {
    if (menu_owner) SendMessageW(menu_owner, WM_CANCELMODE, 0, 0);
    return;
  }
  HMENU menu = CreatePopupMenu();
  AppendMenuW(menu, MF_STRING, 1, L"Merge All");
  menu_owner = main_window;
  TrackPopupMenu(menu, TPM_RETURNCMD, 10, 10, 0, menu_owner, NULL);
  menu_owner = NULL;
  DestroyMenu(menu);
}
void verb_menu(struct request *r) {
  ui_post_field(ui_menu, r->count > 1 ? r->field[1] : L"1");
}
