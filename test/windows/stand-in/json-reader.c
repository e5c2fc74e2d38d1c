/* What is not strict in it: comments, anything as the root, what comes behind the root, control characters in texts.
 * What is: half of a surrogate pair as an escape makes all of it unreadable, unless it is the second half. */
#include "json-reader.h"
#include <stdlib.h>
#include <string.h>

#define DEEPEST 1000

struct reader {
  const char *at;
  int depth;
  bool too_deep;
};

static void skip(struct reader *r) {
  for (;;) {
    while (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n') r->at++;
    if (r->at[0] == '/' && r->at[1] == '/') {
      while (*r->at && *r->at != '\n') r->at++;
    } else if (r->at[0] == '/' && r->at[1] == '*') {
      const char *end = strstr(r->at + 2, "*/");
      if (!end) return;
      r->at = end + 2;
    } else {
      return;
    }
  }
}

static struct json *value_new(enum json_kind kind) {
  struct json *value = calloc(1, sizeof *value);
  value->kind = kind;
  return value;
}

void json_free(struct json *value) {
  while (value) {
    struct json *next = value->next;
    json_free(value->first);
    free(value->key);
    free(value->text);
    free(value);
    value = next;
  }
}

static bool hex4(const char *at, unsigned *unit) {
  *unit = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return false;
    *unit = *unit * 16 + (unsigned)digit;
  }
  return true;
}

static char *put_utf8(char *to, unsigned code) {
  if (code < 0x80) {
    *to++ = (char)code;
  } else if (code < 0x800) {
    *to++ = (char)(0xC0 | code >> 6);
    *to++ = (char)(0x80 | (code & 63));
  } else if (code < 0x10000) {
    *to++ = (char)(0xE0 | code >> 12);
    *to++ = (char)(0x80 | (code >> 6 & 63));
    *to++ = (char)(0x80 | (code & 63));
  } else {
    *to++ = (char)(0xF0 | code >> 18);
    *to++ = (char)(0x80 | (code >> 12 & 63));
    *to++ = (char)(0x80 | (code >> 6 & 63));
    *to++ = (char)(0x80 | (code & 63));
  }
  return to;
}

/* behind "\u"; moves *at behind the digits */
static bool escaped_unit(const char **at, char **to) {
  unsigned code, second;
  if (!hex4(*at, &code)) return false;
  *at += 4;
  if (code >= 0xD800 && code <= 0xDBFF) {
    if ((*at)[0] != '\\' || (*at)[1] != 'u' || !hex4(*at + 2, &second)) return false;
    *at += 6;
    code = 0x10000 + ((code & 0x3FF) << 10) + (second & 0x3FF);
  }
  *to = put_utf8(*to, code);
  return true;
}

/* a U+0000 ends the text for whoever reads it, as in the real one */
static char *read_text(struct reader *r) {
  const char *end = ++r->at;
  while (*end && *end != '"') end += *end == '\\' && end[1] ? 2 : 1;
  if (*end != '"') return NULL;
  char *text = malloc((size_t)(end - r->at) + 1), *to = text;
  while (r->at < end) {
    if (*r->at != '\\') {
      *to++ = *r->at++;
      continue;
    }
    static const char names[] = "\"/\\bfnrt", meant[] = "\"/\\\b\f\n\r\t";
    const char *name = strchr(names, r->at[1]);
    char kind = r->at[1];
    r->at += 2;
    if (name) {
      *to++ = meant[name - names];
    } else if (kind != 'u' || !escaped_unit(&r->at, &to)) {
      free(text);
      return NULL;
    }
  }
  *to = 0;
  r->at = end + 1;
  return text;
}

static struct json *read_number(struct reader *r) {
  char *end;
  size_t length = strspn(r->at, "0123456789+-.eE");
  bool whole = strcspn(r->at, ".eE") >= length;
  struct json *value = value_new(whole ? JSON_INT : JSON_REAL);
  if (whole) value->number = strtoll(r->at, &end, 10);
  else strtod(r->at, &end);
  if (end == r->at || end != r->at + length) {
    json_free(value);
    return NULL;
  }
  r->at = end;
  return value;
}

static struct json *read_value(struct reader *r);

static struct json *read_members(struct reader *r, bool object) {
  struct json *all = value_new(object ? JSON_OBJECT : JSON_ARRAY);
  char close = object ? '}' : ']';
  r->at++;
  skip(r);
  if (*r->at == close) {
    r->at++;
    return all;
  }
  for (;;) {
    char *key = NULL;
    skip(r);
    if (object) {
      key = *r->at == '"' ? read_text(r) : NULL;
      skip(r);
      if (!key || *r->at++ != ':') {
        free(key);
        break;
      }
    }
    struct json *value = read_value(r);
    if (!value) {
      free(key);
      break;
    }
    value->key = key;
    if (all->last) all->last->next = value;
    else all->first = value;
    all->last = value;
    skip(r);
    if (*r->at == close) {
      r->at++;
      return all;
    }
    if (*r->at++ != ',') break;
  }
  json_free(all);
  return NULL;
}

static struct json *read_value(struct reader *r) {
  struct json *value = NULL;
  static const struct {
    const char *word;
    enum json_kind kind;
  } words[] = {{"null", JSON_NULL}, {"true", JSON_BOOL}, {"false", JSON_BOOL}};
  skip(r);
  if (++r->depth > DEEPEST) {
    r->too_deep = true;
    return NULL;
  }
  if (*r->at == '{' || *r->at == '[') {
    value = read_members(r, *r->at == '{');
  } else if (*r->at == '"') {
    char *text = read_text(r);
    if (text) (value = value_new(JSON_TEXT))->text = text;
  } else if (*r->at == '-' || (*r->at >= '0' && *r->at <= '9')) {
    value = read_number(r);
  } else {
    for (size_t i = 0; i < sizeof words / sizeof *words && !value; i++) {
      size_t length = strlen(words[i].word);
      if (strncmp(r->at, words[i].word, length) != 0) continue;
      r->at += length;
      value = value_new(words[i].kind);
    }
  }
  r->depth--;
  return value;
}

struct json *json_parse(const char *text, bool *too_deep) {
  struct reader reader = {text, 0, false};
  struct json *root = read_value(&reader);
  *too_deep = reader.too_deep;
  return root;
}

const struct json *json_field(const struct json *object, const char *name, bool *thrown) {
  const struct json *found = NULL;
  if (object->kind == JSON_NULL) return NULL;
  if (object->kind != JSON_OBJECT) {
    *thrown = true;
    return NULL;
  }
  for (const struct json *one = object->first; one; one = one->next) {
    if (strcmp(one->key, name) == 0) found = one;
  }
  return found;
}

bool json_is_int(const struct json *value) {
  return value && value->kind == JSON_INT && value->number >= -2147483648LL && value->number <= 2147483647LL;
}
