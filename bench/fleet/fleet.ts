// A fleet on this computer: phones on the simulator, a Mosquitto, a Node-RED. `npm run bench:fleet` starts it.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { whyNoMosquitto } from '../../test/support/mosquitto';
import { measureIdleAgent } from './idle-agent';
import { isWhole, printGrowth, printIdleAgent, printTrial } from './report';
import { runTrial, type TrialResult } from './trial';

const SHORT = 30;
const LONG = 600;

const { values } = parseArgs({
  options: {
    /** Ten minutes, the last number of phones only. */
    long: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    phones: { type: 'string', default: '10,100,1000' },
    events: { type: 'string', default: '200' },
    /** Mosquitto without the settings of `docs/mosquitto/mosquitto.conf`. */
    plain: { type: 'boolean', default: false },
    'no-agent': { type: 'boolean', default: false },
    'cpu-prof': { type: 'string' },
  },
});

async function main(): Promise<number> {
  const why = whyNoMosquitto();
  if (why) {
    console.log(`skipped: the fleet: ${why}`);
    return 0;
  }
  const sizes = values.phones.split(',').map(Number);
  const seconds = Number(values.seconds ?? (values.long ? LONG : SHORT));
  const results: TrialResult[] = [];
  for (const phones of values.long ? sizes.slice(-1) : sizes)
    await withLoad(async () => {
      const profiles = values['cpu-prof'];
      const eventsPerSecond = Number(values.events);
      const result = await runTrial({ phones, seconds, eventsPerSecond, profiles, plain: values.plain });
      printTrial(result);
      results.push(result);
    });
  printGrowth(results);
  if (!values['no-agent'])
    await withLoad(async () => {
      printIdleAgent(await measureIdleAgent());
    });
  if (results.every(isWhole)) return 0;
  console.log('Something was lost, doubled, out of order, or failed.');
  return 1;
}

/** Other work on the machine makes everything slower, so what there was of it stands beside the figures. */
async function withLoad(measure: () => Promise<void>): Promise<void> {
  const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
  const before = load();
  await measure();
  if (process.platform !== 'win32') console.log(`  load while measuring        ${before} to ${load()}`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
