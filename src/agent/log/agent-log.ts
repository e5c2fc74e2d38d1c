/** What a line of the log says besides its event: plain values, nothing secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the agent says what it does. An event is a word such as `connected`, in English, whatever the user's language. */
export interface AgentLog {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
