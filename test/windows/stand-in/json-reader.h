/* A JSON reader with the ways of MicroSIP's: docs/microsip/further.md, part F. */
#ifndef JSON_READER_H
#define JSON_READER_H
#include <stdbool.h>

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json {
  enum json_kind kind;
  char *key, *text;
  long long number;
  struct json *first, *last, *next;
};

/* NULL: not readable. *too_deep: the real one's process ends by that. */
struct json *json_parse(const char *text, bool *too_deep);
void json_free(struct json *value);
/* the field of an object, the last of several; null has none. *thrown: what is asked has no fields at all */
const struct json *json_field(const struct json *object, const char *name, bool *thrown);
bool json_is_int(const struct json *value);

#endif
