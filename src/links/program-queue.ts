const last = new Map<string, Promise<void>>();

/** Does one work after the other for each key, in the order of the calls, whether or not the one before succeeds. */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const result = (last.get(key) ?? Promise.resolve()).then(work);
  const done = result.then(nothing, nothing).then(() => {
    if (last.get(key) === done) last.delete(key);
  });
  last.set(key, done);
  return result;
}

function nothing(): void {
  // How the work ended is told to whoever asked for it.
}
