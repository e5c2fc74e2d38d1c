/** Of this package: a trace in a bug report says so. Its name leads there from `src` and from `dist`. */
export function packageVersion(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only for who is traced
  return (require('@callflow/node-red-microsip/package.json') as { version: string }).version;
}
