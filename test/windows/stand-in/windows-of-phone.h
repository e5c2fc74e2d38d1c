/* The windows of the stand-in. Part of stand-in.h. */
#ifndef WINDOWS_OF_PHONE_H
#define WINDOWS_OF_PHONE_H

/* main-window.c */
extern HWND main_window;
bool main_window_create(bool hidden);
void main_activate(void);
void main_show(void);
void status_bar_set(const wchar_t *text);
void main_title_update(void);
void main_hang(int ms);
void main_exit(void);

/* modal.c */
int modal_box(HWND owner, const wchar_t *text, UINT type);
int task_box(HWND owner, const wchar_t *title);
HWND modeless_dialog(void); /* such as Settings */
HWND modal_find(void);

/* dialer-page.c */
extern HWND dialer_page;
void dialer_create(HWND parent);
void dialer_update(void);
void dialer_set_number(struct call *call);
void dialer_clear_number(void);
void dialer_mute(bool speaker, int on); /* on: 0, 1 or -1 = toggle */
bool dialer_muted(bool speaker);
void dialer_volume(bool speaker, int change);
void dialer_dtmf(const wchar_t *digits);
void dialer_translate(void);

/* bottom-buttons.c */
int bottom_id(const wchar_t *name); /* 0: no such button */
void bottom_rebuild(void);
void bottom_update(void);
void bottom_clicked(int id);
void bottom_press(int id);

/* messages-window.c */
extern HWND messages_window;
void messages_create(void);
void messages_buttons(void);
void messages_title(void);
void messages_log(int tab, const wchar_t *text);
void messages_show(void);
void messages_translate(void);

/* tabs.c: one tab per remote number */
struct tab {
  wchar_t address[TEXT_SIZE], name[TEXT_SIZE], number[TEXT_SIZE], diversion[TEXT_SIZE];
  struct call *call;
  wchar_t *log;
  wchar_t last_line[TEXT_SIZE];
  ULONGLONG last_line_at;
};
int tab_count(void);
struct tab *tab_at(int index);
int tab_selected(void);
struct call *tab_selected_call(void);
int tab_of_call(const struct call *call);
int tab_find(const wchar_t *address);
int tab_add(const wchar_t *address, const wchar_t *name, const wchar_t *number, const wchar_t *diversion, struct call *call, bool select);
void tab_select(int index);
void tab_close(int index);
void tab_chosen(int index); /* by a person: selecting is swapping */

/* ring-window.c */
extern volatile LONG ring_count; /* ring windows so far */
void ring_create(struct call *call);
void ring_destroy(struct call *call);
void ring_close_by_user(struct call *call);

#endif
