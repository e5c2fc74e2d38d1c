/** What ends the agent from outside. */
export interface Interruption {
  reason: string;
  /** Something went wrong that nobody expected. */
  error?: unknown;
}

const SIGNALS = [
  'SIGINT',
  'SIGTERM',
  // Windows: Ctrl+Break, and a console that is closed or whose user logs off.
  'SIGBREAK',
  'SIGHUP',
] as const;

/** Where signals and errors that nobody caught come from: the process. */
export type SignalSource = Pick<NodeJS.Process, 'on' | 'off'>;

/**
 * Resolves with the first of them. Those that follow are given to `again`: whoever presses Ctrl+C twice does not want to
 * wait.
 * @returns also what ends the watch
 */
export function interruption(
  source: SignalSource,
  again: (interruption: Interruption) => void,
): { first: Promise<Interruption>; end: () => void } {
  let resolve: ((interruption: Interruption) => void) | undefined;
  const first = new Promise<Interruption>((done) => {
    resolve = done;
  });
  const tell = (interruption: Interruption): void => {
    if (resolve) resolve(interruption);
    else again(interruption);
    resolve = undefined;
  };
  const watched: [event: string, listener: (value: unknown) => void][] = [
    ...SIGNALS.map((signal): [string, () => void] => [
      signal,
      () => {
        tell({ reason: signal });
      },
    ]),
    ...['uncaughtException', 'unhandledRejection'].map((event): [string, (error: unknown) => void] => [
      event,
      (error) => {
        tell({ reason: event, error });
      },
    ]),
  ];
  for (const [event, listener] of watched) source.on(event as 'SIGINT', listener as () => void);
  return {
    first,
    end: () => {
      for (const [event, listener] of watched) source.off(event, listener);
    },
  };
}
