/* Who is at the far end. The parsing differs by version and is easy to fool, as documented:
 * docs/microsip/interface.md#3 ("Parameter content"), docs/microsip/3.22.16.md#2 ("Identity"). */
#include "stand-in.h"

/* the URI text (without <>) taken apart at '@' */
static void split_uri(const wchar_t *uri, struct identity *out) {
  const wchar_t *at = wcschr(uri, L'@');
  out->user[0] = 0;
  if (at) {
    copy(out->user, TEXT_SIZE, uri);
    if ((size_t)(at - uri) < TEXT_SIZE) out->user[at - uri] = 0;
    uri = at + 1;
  }
  copy(out->domain, TEXT_SIZE, uri);
  out->domain[wcscspn(out->domain, L";?>:")] = 0;
  const wchar_t *parameters = wcschr(uri, L';');
  copy(out->parameters, TEXT_SIZE, parameters ? parameters : L"");
  out->parameters[wcscspn(out->parameters, L"?>")] = 0;
}

static void take_name(const wchar_t *text, size_t length, wchar_t *name) {
  copy(name, TEXT_SIZE, text);
  if (length < TEXT_SIZE) name[length] = 0;
  trim(name);
  size_t last = wcslen(name);
  if (name[0] == L'"') {
    if (last > 1 && name[last - 1] == L'"') name[last - 1] = 0;
    memmove(name, name + 1, (wcslen(name + 1) + 1) * sizeof *name);
    trim(name);
  }
}

void identity_parse(const wchar_t *header, struct identity *out) {
  wchar_t uri[TEXT_SIZE];
  const wchar_t *open = wcschr(header, L'<'), *close = wcsrchr(header, L'>');
  memset(out, 0, sizeof *out);
  if (SINCE(3, 22, 16)) {
    /* first '<' to last '>' */
    if (open && close > open) {
      take_name(header, (size_t)(open - header), out->name);
      copy(uri, TEXT_SIZE, open + 1);
      if ((size_t)(close - open - 1) < TEXT_SIZE) uri[close - open - 1] = 0;
    } else {
      copy(uri, TEXT_SIZE, header);
    }
    const wchar_t *rest = uri;
    if (starts_with_any_case(rest, L"sips:")) rest += 5;
    else if (starts_with_any_case(rest, L"sip:")) rest += 4;
    split_uri(rest, out);
  } else {
    /* first lower-case "sip:" to the next '@', wherever they stand */
    const wchar_t *scheme = wcsstr(header, L"sip:");
    if (open) take_name(header, (size_t)(open - header), out->name);
    split_uri(scheme ? scheme + 4 : header, out);
  }
}

void identity_build(wchar_t *to, size_t size, const wchar_t *name, const wchar_t *user, const wchar_t *domain) {
  size_t used = 0;
  to[0] = 0;
  if (name && name[0]) {
    to[used++] = L'"';
    for (const wchar_t *at = name; *at && used + 3 < size; at++) {
      wchar_t c = *at;
      if (c == L'\r' || c == L'\n') c = L' '; /* a header has one line */
      if (c == L'"' || c == L'\\') to[used++] = L'\\';
      to[used++] = c;
    }
    to[used++] = L'"';
    to[used++] = L' ';
    to[used] = 0;
  }
  append(to, size, L"<sip:");
  if (user[0]) {
    append(to, size, user);
    append(to, size, L"@");
  }
  append(to, size, domain);
  append(to, size, L">");
}

/* P-Asserted-Identity or Remote-Party-Id: without parameters in every version */
void identity_parse_asserted(const wchar_t *header, struct identity *out) {
  wchar_t value[TEXT_SIZE];
  copy(value, TEXT_SIZE, header);
  if (!SINCE(3, 22, 16)) value[wcscspn(value, L";")] = 0;
  identity_parse(value, out);
  out->parameters[0] = 0;
}

/* From, overridden by P-Asserted-Identity when that holds an '@' (since 3.22) */
void identity_of_incoming(struct call *call) {
  char bytes[TEXT_SIZE * 3];
  copy(call->remote_info, TEXT_SIZE, call->from_header);
  /* PJSIP prints the identity into a buffer of 256 bytes */
  if (to_utf8(bytes, sizeof bytes, call->from_header) > 255) copy(call->remote_info, TEXT_SIZE, L"<-error: uri too long->");
  identity_parse(call->remote_info, &call->from);
  call->remote = call->from;
  if (SINCE(3, 22, 0) && wcschr(call->pai, L'@')) {
    identity_parse_asserted(call->pai, &call->remote);
  }
}

const wchar_t *identity_shown_name(const struct identity *id) {
  if (id->name[0]) return id->name;
  return id->user[0] ? id->user : id->domain;
}

/* in ring windows, tabs and the number box; a call of ours without a name has the dialled text for one */
const wchar_t *call_shown_name(const struct call *call) {
  if (!call->remote.name[0] && call->dialled[0]) return call->dialled;
  return identity_shown_name(&call->remote);
}

void identity_address(const struct identity *id, wchar_t *to, size_t size) {
  if (id->user[0]) format(to, size, L"%ls@%ls", id->user, id->domain);
  else copy(to, size, id->domain);
}

/* what PJSIP's parser takes as "sip:user@host[:port][;params]" */
bool sip_uri_valid(const wchar_t *uri) {
  const wchar_t *user_extra = L"-_.!~*'()&=+$,;?/%#:";
  char bytes[TEXT_SIZE * 3];
  if (to_utf8(bytes, sizeof bytes, uri) > 900) return false;
  if (!starts_with_any_case(uri, L"sip:")) return false;
  uri += 4;
  const wchar_t *at = wcschr(uri, L'@'), *host = at ? at + 1 : uri;
  if (at == uri) return false;
  for (const wchar_t *c = uri; at && c < at; c++) {
    if (*c >= 128 || (!iswalnum(*c) && !wcschr(user_extra, *c))) return false;
  }
  size_t length = wcscspn(host, L":;?");
  if (host[0] == L'[') length = wcscspn(host, L"]") + 1;
  if (length == 0) return false;
  for (size_t i = 0; i < length && host[0] != L'['; i++) {
    if (host[i] >= 128 || (!iswalnum(host[i]) && !wcschr(L"-_.", host[i]))) return false;
  }
  for (const wchar_t *c = host + length; *c; c++) {
    if (*c <= L' ' || *c >= 127 || wcschr(L"<>\"\\^`{}|@", *c)) return false;
  }
  return true;
}
