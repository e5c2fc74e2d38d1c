/** An agent in a process of its own, which a test can kill: `agent-program.ts URL PHONE DIRECTORY`. */
import { startAgent } from '../../src/agent/agent';

const [url = '', id = '', directory = ''] = process.argv.slice(2);
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };

void startAgent(
  {
    broker: { url },
    base: 'microsip',
    homeAssistant: false,
    mask: false,
    lastCall: true,
    hostAndUser: true,
    phones: [{ id, groups: [], phone: { name: id, connection: 'simulator' } }],
  },
  { log, directory },
);
