import type { NodeAPI } from 'node-red';
import { serveAdmin } from './admin-endpoint';

type Answers = typeof import('./doctor-answer');

/** Loaded when it is asked for: the start of Node-RED does not need the doctor. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const answers = (): Answers => require('./doctor-answer') as Answers;

/** `POST microsip-phone/doctor`: answers what `microsip-doctor --json` prints. */
export function serveDoctor(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/doctor', (body) =>
    answers().answerDoctor(body, (line) => {
      RED.log.error(line);
    }),
  );
}
