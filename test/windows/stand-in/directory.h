/* The directory of users: what its parts share. */
#ifndef DIRECTORY_H
#define DIRECTORY_H
#include "stand-in.h"

enum { CONTACT_NAME, CONTACT_NUMBER, CONTACT_FIRST_NAME, CONTACT_LAST_NAME, CONTACT_PHONE, CONTACT_MOBILE, CONTACT_TEXTS = 14 };

struct contact {
  char *text[CONTACT_TEXTS]; /* UTF-8; NULL: never given */
  int presence, starred;     /* -1: never given */
  struct contact *next;
};

struct lamp {
  char *number, *status, *info;
  struct lamp *next;
};

struct directory {
  int sequence; /* of the next request */
  int refresh;  /* s; -1: none known */
  int silent, reconnect;
  int broke; /* answers that were given up in the middle */
  struct contact *contacts;
  struct lamp *lamps; /* of the newest answer */
};
extern struct directory directory;
extern CRITICAL_SECTION directory_lock; /* the control connections read it */

/* directory-contacts.c: takes over items of an answer; NULL items: leaves the contacts alone */
struct json;
void directory_take(const struct json *items, const struct json *presence);

/* directory.c */
void directory_init(void);
void directory_load(bool again); /* again: the next request, else a fresh one */
void directory_started(void);    /* PJSIP has started */
void directory_registered(void); /* after each successful REGISTER, on any thread */
void directory_answered(int status, const char *headers, const char *body);

#endif
