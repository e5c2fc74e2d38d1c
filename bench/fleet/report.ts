import { percentile } from '../statistics';
import type { IdleAgent } from './idle-agent';
import type { Usage } from './messages';
import type { Span, TrialResult } from './trial';

const MB = 1024 * 1024;

export function isWhole({ tally, commands }: TrialResult): boolean {
  return tally.lost + tally.doubled + tally.outOfOrder + tally.invented + commands.failed === 0;
}

export function printTrial(result: TrialResult): void {
  const { phones, agents, ready, events, tally, commands, idle, calls } = result;
  const perSecond = events / (calls.ms / 1000);
  console.log(`${phones} phones, ${agents} agent process${agents === 1 ? '' : 'es'}:`);
  line('all known after', `${ready.toFixed(1)} s`);
  line('call events', `${events} in ${(calls.ms / 1000).toFixed(0)} s = ${perSecond.toFixed(0)}/s`);
  line(
    'lost, doubled, out of order',
    `${tally.lost}, ${tally.doubled}, ${tally.outOfOrder}${tally.invented ? `, never played: ${tally.invented}` : ''}`,
  );
  line('phone to flow', `${percentiles(tally.latencies)} (wanted: 99 % within 250 ms)`);
  line('command and back', `${percentiles(commands.times)} (wanted: median under 15 ms); failed: ${commands.failed}`);
  line('ping of an agent', percentiles(commands.pings));
  const cost = (of: [Usage, Usage]): string => {
    const cpu = spent(of);
    return `${((cpu / calls.ms) * 100).toFixed(1)} % of a core, ${(cpu / events).toFixed(3)} ms an event`;
  };
  line('Node-RED', `${cost(calls.nodeRed)}; ${memory(calls.nodeRed)}`);
  line('agents', `${cost(calls.agents)}; ${memory(calls.agents)}`);
  line(
    'a phone of an agent',
    `${(calls.agents[1].rss / MB / (phones + 1)).toFixed(2)} MB with its share of the process`,
  );
  if (calls.broker) line('Mosquitto', `${cost(calls.broker)}; ${memory(calls.broker)}`);
  line('without calls', idleLine(idle, phones + 1));
}

export function printGrowth(results: readonly TrialResult[]): void {
  if (results.length < 2) return;
  console.log(
    'cost of an event, ms of a core, without what is spent when nothing happens (must not grow with the number of phones):',
  );
  for (const { phones, events, calls, idle } of results) {
    const cost = (of: [Usage, Usage] | undefined, without?: [Usage, Usage]): string => {
      if (!of || !without) return 'unknown';
      const resting = (spent(without) / idle.ms) * calls.ms;
      return ((spent(of) - resting) / events).toFixed(3);
    };
    line(
      `${phones} phones`,
      `Node-RED ${cost(calls.nodeRed, idle.nodeRed)}, agents ${cost(calls.agents, idle.agents)}, broker ${cost(calls.broker, idle.broker)}`,
    );
  }
}

export function printIdleAgent({ starts, idle }: IdleAgent): void {
  console.log('the agent, one phone:');
  line('connected after', `${percentiles(starts)} (with 0.5 s in which it is asked who has the phone)`);
  if (idle)
    line(
      'while nothing happens',
      `${(idle.share * 100).toFixed(2)} % of a core (wanted: under 0.5), ${(idle.rss / MB).toFixed(0)} MB (wanted: under 80)`,
    );
}

function percentiles(ms: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(ms, share).toFixed(1));
  const most = ms.reduce((one, other) => Math.max(one, other), 0).toFixed(0);
  return `median ${p50} ms, 95 % within ${p95} ms, 99 % within ${p99} ms, all within ${most} ms`;
}

function memory([before, after]: [Usage, Usage]): string {
  const heap = before.heap > 0 ? `, heap ${mb(before.heap)} to ${mb(after.heap)}` : '';
  return `${mb(before.rss)} to ${mb(after.rss)}${heap} MB`;
}

function idleLine({ ms, nodeRed, agents }: Span, phones: number): string {
  const share = (of: [Usage, Usage]): number => (spent(of) / ms) * 100;
  return `Node-RED ${share(nodeRed).toFixed(1)} % of a core, agents ${(share(agents) / phones).toFixed(3)} % for each phone`;
}

/** ms of a core */
const spent = ([before, after]: [Usage, Usage]): number => after.until - before.from;

const mb = (bytes: number): string => (bytes / MB).toFixed(1);

function line(name: string, text: string): void {
  console.log(`  ${name.padEnd(28)}${text}`);
}
