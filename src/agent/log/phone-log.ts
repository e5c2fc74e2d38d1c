import type { AgentLog, LogFields } from './agent-log';

/** Lines of one phone. */
export function phoneLog(log: AgentLog, phone: string): AgentLog {
  const of = (fields?: LogFields): LogFields => ({ phone, ...fields });
  return {
    debug: (event, fields) => {
      log.debug(event, of(fields));
    },
    info: (event, fields) => {
      log.info(event, of(fields));
    },
    warn: (event, fields) => {
      log.warn(event, of(fields));
    },
    error: (event, fields) => {
      log.error(event, of(fields));
    },
  };
}
