export type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What is empty is absent. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** The same; undefined when all is empty. */
export function presentIfAny<T extends object>(fields: T): Present<T> | undefined {
  const there = present(fields);
  return Object.keys(there).length > 0 ? there : undefined;
}
