// replaced
export function e164Formatter(_region: string): (number: string) => string | undefined {
  return () => undefined;
}
export function sameNumber(dialled: string, seen: string, _e164: (n: string) => string | undefined): boolean {
  const user = (text: string): string => (text.split('@', 1)[0] ?? '').toLowerCase();
  return user(seen).endsWith(user(dialled).replace(/^\+/, ''));
}
export function isRegion(text: string): boolean {
  return /^[A-Za-z]{2}$/.test(text);
}
