import { join } from 'node:path';
import { debuglog } from 'node:util';
import type { Clock } from '../clock';
import { PhoneError } from '../phone/errors/phone-error';
import type { Trace } from '../phone/ports/trace';
import { masked, unmasked } from './masked-value';
import { ForeignFileError } from './own-trace-file';
import { traceFileName } from './trace-file-name';
import { TRACE_FOLDER } from './trace-folder';
import { TraceLines } from './trace-line';
import { TraceWriter } from './trace-writer';

const MASKED = 'microsip';
const UNMASKED = 'microsip-unmasked';

export interface TraceOptions {
  /** Whether to write a file; `NODE_DEBUG` asks for lines on the console. */
  file: boolean;
  /** Where the folder of the traces is. */
  directory: string;
  /** Of the phone. */
  id: string;
  clock: Clock;
  /** The file cannot be written; the phone goes on. */
  onFailure: (error: PhoneError) => void;
}

interface Output {
  lines: TraceLines;
  write: (line: string) => void;
}

/** @returns undefined when nobody asks for a trace, so that nothing is done for one */
export function createTrace(options: TraceOptions): Trace | undefined {
  const { clock } = options;
  const outputs = [...consoleOutputs(options), ...(options.file ? [fileOutput(options)] : [])];
  if (outputs.length === 0) return undefined;
  return {
    note(entry) {
      for (const { lines, write } of outputs) {
        let line: string | undefined;
        try {
          line = lines.of(entry);
        } catch {
          // What a trace cannot say must not keep the phone from doing it.
          line = `${entry.kind} ?`;
        }
        if (line !== undefined) write(`${new Date(clock.wall()).toISOString()} ${line}`);
      }
    },
  };
}

function consoleOutputs({ id }: TraceOptions): Output[] {
  const asked = (process.env['NODE_DEBUG'] ?? '').toLowerCase().split(',');
  // Not by a pattern such as `*`: who wants to see numbers and names says so.
  const all = asked.some((one) => one.trim() === UNMASKED);
  const log = debuglog(all ? UNMASKED : MASKED);
  if (!log.enabled) return [];
  const name = traceFileName(id);
  const lines = new TraceLines(all ? unmasked : masked);
  return [
    {
      lines,
      write: (line) => {
        log('%s %s', name, line);
      },
    },
  ];
}

function fileOutput({ directory, id, onFailure }: TraceOptions): Output {
  const name = join(directory, TRACE_FOLDER, traceFileName(id));
  const paths = { current: `${name}.log`, older: `${name}.1.log` };
  const writer = new TraceWriter({
    paths,
    onFailure: (error) => {
      onFailure(asPhoneError(error, paths.current));
    },
  });
  return {
    lines: new TraceLines(masked),
    write: (line) => {
      writer.write(line);
    },
  };
}

function asPhoneError(error: unknown, path: string): PhoneError {
  if (error instanceof ForeignFileError) return new PhoneError('config', 'trace_foreign', { path: error.path });
  return new PhoneError('config', 'trace_failed', {
    path,
    why: error instanceof Error ? error.message : String(error),
  });
}
