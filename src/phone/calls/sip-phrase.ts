/**
 * Status by reason phrase: those of RFC 3261 and its extensions, which PJSIP uses too, and other spellings of well-known
 * servers. Written without case, hyphens and a full stop at the end.
 */
const STATUS_OF_PHRASE: Record<string, number> = {
  'moved permanently': 301,
  'moved temporarily': 302,
  'use proxy': 305,
  'alternative service': 380,
  'bad request': 400,
  unauthorized: 401,
  'payment required': 402,
  forbidden: 403,
  'not found': 404,
  'method not allowed': 405,
  'not acceptable': 406,
  'proxy authentication required': 407,
  'request timeout': 408,
  'request time out': 408,
  gone: 410,
  'request entity too large': 413,
  'request uri too long': 414,
  'unsupported media type': 415,
  'unsupported uri scheme': 416,
  'bad extension': 420,
  'extension required': 421,
  'session interval too small': 422,
  'interval too brief': 423,
  'temporarily unavailable': 480,
  'temporarily not available': 480,
  'call/transaction does not exist': 481,
  'loop detected': 482,
  'too many hops': 483,
  'address incomplete': 484,
  ambiguous: 485,
  'busy here': 486,
  'request terminated': 487,
  'not acceptable here': 488,
  'bad event': 489,
  'request pending': 491,
  undecipherable: 493,
  'server internal error': 500,
  'internal server error': 500,
  'not implemented': 501,
  'bad gateway': 502,
  'service unavailable': 503,
  'server time out': 504,
  'server timeout': 504,
  'gateway time out': 504,
  'gateway timeout': 504,
  'version not supported': 505,
  'message too large': 513,
  'precondition failure': 580,
  'busy everywhere': 600,
  decline: 603,
  declined: 603,
  'does not exist anywhere': 604,
};

/** The status that usually comes with a reason phrase; undefined for a phrase of a server's own. */
export function statusOfPhrase(phrase: string): number | undefined {
  const plain = phrase.trim().toLowerCase().replaceAll('-', ' ').replace(/\.$/, '');
  return Object.hasOwn(STATUS_OF_PHRASE, plain) ? STATUS_OF_PHRASE[plain] : undefined;
}
