/** @param time ms since 1970 @param format a BCP 47 tag */
export function timeOfDay(time: number, format: string): string {
  return new Intl.DateTimeFormat(format, { hour: 'numeric', minute: '2-digit' }).format(time);
}
