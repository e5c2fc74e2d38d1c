import { parentPort } from 'node:worker_threads';
import { errorRecord, type ErrorRecord } from '../../../phone/errors/error-record';
import { PhoneError } from '../../../phone/errors/phone-error';
import { queryCallLog, type QueryResult } from './call-log-query';
import { queryFailure } from './query-failure';
import type { Want } from '../rows/history-row';

export interface HistoryRequest {
  path: string;
  want: Want;
}

export type HistoryAnswer =
  | { result: QueryResult }
  | { failure: ErrorRecord }
  /** Why it has to be asked again. */
  | { later: string };

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
    const failure = queryFailure(error, path);
    return failure instanceof PhoneError ? { failure: errorRecord(failure) } : { later: failure.message };
  }
}
