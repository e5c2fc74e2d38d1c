/* The tabs of the messages window, one per remote number: docs/microsip/interface.md#7.4,
 * docs/microsip/3.22.16.md#5. */
#include "stand-in.h"
#include <stdlib.h>

static struct tab **tabs;
static int count, selected = -1;

int tab_count(void) {
  return count;
}

struct tab *tab_at(int index) {
  return index >= 0 && index < count ? tabs[index] : NULL;
}

int tab_selected(void) {
  return selected;
}

struct call *tab_selected_call(void) {
  return selected >= 0 ? tabs[selected]->call : NULL;
}

int tab_of_call(const struct call *call) {
  for (int i = 0; i < count; i++) {
    if (tabs[i]->call == call) return i;
  }
  return -1;
}

int tab_find(const wchar_t *address) {
  for (int i = 0; i < count; i++) {
    if (_wcsicmp(tabs[i]->address, address) == 0) return i;
  }
  return -1;
}

static void set_item(int index, bool insert) {
  static wchar_t text[TEXT_SIZE * 2 + 16];
  TCITEMW item = {.mask = TCIF_TEXT, .pszText = text};
  const struct tab *tab = tabs[index];
  if (tab->diversion[0]) format(text, TEXT_SIZE * 2 + 16, L"   %ls -> %ls  ", tab->diversion, tab->name);
  else format(text, TEXT_SIZE * 2 + 16, L"   %ls  ", tab->name);
  SendDlgItemMessageW(messages_window, IDC_TABS, insert ? TCM_INSERTITEMW : TCM_SETITEMW, (WPARAM)index, (LPARAM)&item);
}

void tab_select(int index) {
  selected = index < count ? index : -1;
  SendDlgItemMessageW(messages_window, IDC_TABS, TCM_SETCURSEL, (WPARAM)selected, 0);
  messages_title();
  messages_buttons();
  dialer_update();
  if (selected >= 0 && settings.singleMode && tabs[selected]->call && tabs[selected]->call->state != CALL_DISCONNECTED) {
    dialer_set_number(tabs[selected]->call);
  }
}

void tab_chosen(int index) {
  tab_select(index);
  struct call *call = tab_selected_call();
  if (!call || call->state != CALL_CONFIRMED || settings.singleMode) return;
  if (!settings.AC && !call->in_conference) act_hold_others(call);
  if (call->local_hold) sip_hold(call, false);
}

/* finds or makes the tab; since 3.22.16 a call keeps its tab even when its number changes */
int tab_add(const wchar_t *address, const wchar_t *name, const wchar_t *number, const wchar_t *diversion, struct call *call, bool select) {
  int index = SINCE(3, 22, 16) && call ? tab_of_call(call) : -1;
  if (index < 0) index = tab_find(address);
  bool insert = index < 0;
  if (insert) {
    tabs = realloc(tabs, (size_t)(count + 1) * sizeof *tabs);
    tabs[count] = calloc(1, sizeof **tabs);
    tabs[count]->log = calloc(1, sizeof(wchar_t));
    index = count++;
  }
  copy(tabs[index]->address, TEXT_SIZE, address);
  copy(tabs[index]->name, TEXT_SIZE, name);
  copy(tabs[index]->number, TEXT_SIZE, number);
  copy(tabs[index]->diversion, TEXT_SIZE, diversion);
  if (call) tabs[index]->call = call;
  set_item(index, insert);
  if (select || selected < 0) tab_select(index);
  else if (index == selected) tab_select(index);
  return index;
}

void tab_close(int index) {
  struct tab *tab = tab_at(index);
  if (!tab) return;
  SendDlgItemMessageW(messages_window, IDC_TABS, TCM_DELETEITEM, (WPARAM)index, 0);
  memmove(tabs + index, tabs + index + 1, (size_t)(count - index - 1) * sizeof *tabs);
  count--;
  free(tab->log);
  free(tab);
  if (index < selected) selected--;
  else if (index == selected) selected = index < count ? index : count - 1;
  tab_select(selected);
}
