import { parentPort, workerData } from 'node:worker_threads';
import { runDoctorCli } from './doctor-cli';
import { localHost } from '../host/local-host';

// The doctor on a thread of its own: its Windows calls may block.

void runDoctorCli(workerData as string[], {
  host: localHost,
  print: (line) => parentPort?.postMessage(line),
});
