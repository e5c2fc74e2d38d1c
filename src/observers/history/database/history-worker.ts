import { parentPort } from 'node:worker_threads';
import { queryCallLog, SchemaError, SlowError, type QueryResult } from './call-log-query';
import type { Want } from '../rows/history-row';

export interface HistoryRequest {
  path: string;
  want: Want;
}

/** Errors lose their class on the way from one thread to another. */
export interface QueryFailure {
  kind: 'schema' | 'slow' | 'sqlite';
  message: string;
  /** Of SQLite. */
  errcode?: number;
}

export type HistoryAnswer = { result: QueryResult } | { failure: QueryFailure };

// Reads call histories on a thread of its own: one question, one answer.

// Node.js says at the start of each such thread that its SQLite is new; nobody can do anything about that.
process.removeAllListeners('warning');

parentPort?.on('message', ({ path, want }: HistoryRequest) => {
  parentPort?.postMessage(answerTo(path, want));
});

function answerTo(path: string, want: Want): HistoryAnswer {
  try {
    return { result: queryCallLog(path, want) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    const kind = error instanceof SchemaError ? 'schema' : error instanceof SlowError ? 'slow' : 'sqlite';
    return { failure: { kind, message, ...(errcode !== undefined && { errcode }) } };
  }
}
