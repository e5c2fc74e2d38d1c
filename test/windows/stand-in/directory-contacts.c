/* What an answer makes of the contacts and their lamps: docs/microsip/further.md, part F. */
#include "directory.h"
#include "json-reader.h"
#include <stdlib.h>

static const char *const names[CONTACT_TEXTS] = {"name",  "number",  "firstname", "lastname", "phone",   "mobile", "email",
                                                 "address", "city", "state",     "zip",      "comment", "id",     "info"};

static void contact_free(struct contact *contact) {
  for (int i = 0; i < CONTACT_TEXTS; i++) free(contact->text[i]);
  free(contact);
}

static void lamps_free(void) {
  while (directory.lamps) {
    struct lamp *lamp = directory.lamps;
    directory.lamps = lamp->next;
    free(lamp->number);
    free(lamp->status);
    free(lamp->info);
    free(lamp);
  }
}

static const char *text_of(const struct json *object, const char *name, bool *thrown) {
  const struct json *value = json_field(object, name, thrown);
  return value && value->kind == JSON_TEXT ? value->text : NULL;
}

static bool empty(const char *text) {
  return !text || !*text;
}

static void set(char **to, const char *text) {
  char *copied = _strdup(text);
  free(*to);
  *to = copied;
}

/* without a number the others serve, without any it is dropped; without a name it is made of the parts */
static bool prepare(struct contact *contact) {
  char **text = contact->text;
  for (int i = CONTACT_PHONE; i <= CONTACT_MOBILE; i++) {
    if (empty(text[CONTACT_NUMBER]) && !empty(text[i])) set(&text[CONTACT_NUMBER], text[i]);
  }
  if (empty(text[CONTACT_NUMBER])) return false;
  if (empty(text[CONTACT_NAME])) {
    const char *first = text[CONTACT_FIRST_NAME] ? text[CONTACT_FIRST_NAME] : "", *last = text[CONTACT_LAST_NAME] ? text[CONTACT_LAST_NAME] : "";
    bool both = !empty(first) && !empty(last) && strcmp(first, last) != 0;
    char *whole = malloc(strlen(first) + strlen(last) + 2);
    strcpy(whole, empty(first) ? last : first);
    if (both) strcat(strcat(whole, " "), last);
    set(&text[CONTACT_NAME], empty(whole) ? text[CONTACT_NUMBER] : whole);
    free(whole);
  }
  return true;
}

static struct contact *contact_from(const struct json *item, bool *thrown) {
  struct contact *contact = calloc(1, sizeof *contact);
  contact->presence = contact->starred = -1;
  for (int i = 0; i < CONTACT_TEXTS && !*thrown; i++) {
    const char *text = text_of(item, names[i], thrown);
    if (!text && i == CONTACT_NUMBER) text = text_of(item, "phone", thrown);
    if (!text && i == CONTACT_NUMBER) text = text_of(item, "telephone", thrown);
    if (text) contact->text[i] = _strdup(text);
  }
  const struct json *presence = json_field(item, "presence", thrown), *starred = json_field(item, "starred", thrown);
  if (json_is_int(presence)) contact->presence = presence->number != 0;
  if (json_is_int(starred)) contact->starred = starred->number != 0;
  if (*thrown || !prepare(contact)) {
    contact_free(contact);
    return NULL;
  }
  return contact;
}

static bool same(const struct contact *a, const struct contact *b) {
  return strcmp(a->text[CONTACT_NUMBER], b->text[CONTACT_NUMBER]) == 0 && strcmp(a->text[CONTACT_NAME], b->text[CONTACT_NAME]) == 0;
}

static struct contact *find(struct contact *list, const struct contact *wanted) {
  while (list && !same(list, wanted)) list = list->next;
  return list;
}

/* what is not given stays as it is */
static void update(struct contact *to, const struct contact *from) {
  for (int i = 0; i < CONTACT_TEXTS; i++) {
    if (from->text[i]) set(&to->text[i], from->text[i]);
  }
  if (from->presence >= 0) to->presence = from->presence;
  if (from->starred >= 0) to->starred = from->starred;
}

/* takes a contact out of the old list, or the given one for a new contact */
static struct contact *known_or_new(struct contact **old, struct contact *given) {
  for (struct contact **at = old; *at; at = &(*at)->next) {
    if (!same(*at, given)) continue;
    struct contact *known = *at;
    *at = known->next;
    update(known, given);
    contact_free(given);
    return known;
  }
  return given;
}

static void take_items(const struct json *items, bool *thrown) {
  struct contact *old = directory.contacts, **end = &directory.contacts;
  directory.contacts = NULL;
  for (const struct json *item = items->first; item && !*thrown; item = item->next) {
    struct contact *given = contact_from(item, thrown), *there = given ? find(directory.contacts, given) : NULL;
    if (there) {
      update(there, given);
      contact_free(given);
    } else if (given) {
      *end = known_or_new(&old, given);
      end = &(*end)->next;
      *end = NULL;
    }
  }
  while (old) {
    struct contact *gone = old;
    old = gone->next;
    contact_free(gone);
  }
}

static void take_lamp(const struct json *one, struct lamp ***end, bool *thrown) {
  static const char *const statuses[] = {"offline", "online", "away", "busy", "ring", "phone"};
  const char *number = text_of(one, "number", thrown), *status = text_of(one, "status", thrown), *info = text_of(one, "info", thrown);
  if (!number || !status) return;
  bool known = false;
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) known = known || strcmp(statuses[i], status) == 0;
  struct lamp *lamp = calloc(1, sizeof *lamp);
  lamp->number = _strdup(number);
  lamp->status = _strdup(known ? status : "unknown");
  lamp->info = _strdup(info ? info : "");
  **end = lamp;
  *end = &lamp->next;
}

void directory_take(const struct json *items, const struct json *presence) {
  struct lamp **end = &directory.lamps;
  bool thrown = false;
  EnterCriticalSection(&directory_lock);
  lamps_free();
  if (items) take_items(items, &thrown);
  for (const struct json *one = presence ? presence->first : NULL; one && !thrown; one = one->next) take_lamp(one, &end, &thrown);
  if (thrown) directory.broke++;
  LeaveCriticalSection(&directory_lock);
}
