/** Waits for the work, but no longer than this. The work goes on all the same. */
export async function withinTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longest = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, longest]);
  clearTimeout(timer);
}
