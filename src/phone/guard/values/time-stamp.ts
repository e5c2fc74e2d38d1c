/** A time of this decade in ms since 1970, as an inject node that is left as it was sends it. */
export function isTimeStamp(milliseconds: number): boolean {
  const decade = (time: Date): number => Math.floor(time.getUTCFullYear() / 10);
  return decade(new Date(milliseconds)) === decade(new Date());
}
