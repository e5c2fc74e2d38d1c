import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startMosquitto } from '../../test/support/mosquitto';
import { moment } from './moment';
import { usageOf } from './usage';

const AGENT = join(__dirname, '../../dist/bin/microsip-agent.js');
const STARTS = 5;
/** s after which everything has come to rest, and that it is then looked at */
const SETTLES = 20;
const LOOKED_AT = 30;

export interface IdleAgent {
  /** ms from the start of the program until it is connected, of several starts */
  starts: number[];
  /** Of a core, and bytes; undefined where the system does not tell. */
  idle: { share: number; rss: number } | undefined;
}

/** The program as people run it, with one phone, on the simulator. */
export async function measureIdleAgent(): Promise<IdleAgent> {
  const mosquitto = await startMosquitto();
  const folder = mkdtempSync(join(tmpdir(), 'bench-agent-'));
  try {
    const config = join(folder, 'agent.json');
    const phones = [{ id: 'desk-1', phone: { name: 'Desk 1', connection: 'simulator' } }];
    writeFileSync(config, JSON.stringify({ broker: { url: mosquitto.url }, phones }));
    const starts: number[] = [];
    let idle: IdleAgent['idle'];
    for (let start = 1; start <= STARTS; start += 1) {
      const began = moment();
      const agent = spawn(process.execPath, [AGENT, '--config', config, '--log-format', 'json'], {
        env: { ...process.env, HOME: folder, USERPROFILE: folder },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(agent, 'exit');
      let log = '';
      const connected = new Promise<void>((resolve) => {
        agent.stderr.on('data', (text: Buffer) => {
          log += text.toString();
          if (log.includes('"connected"')) resolve();
        });
      });
      await Promise.race([connected, ended]);
      if (agent.exitCode !== null) throw new Error(`The agent ended:\n${log}`);
      starts.push(moment() - began);
      if (start === STARTS) idle = await idleOf(agent.pid ?? 0);
      agent.kill();
      await ended;
    }
    return { starts, idle };
  } finally {
    await mosquitto.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function idleOf(pid: number): Promise<IdleAgent['idle']> {
  await wait(SETTLES * 1000);
  const before = usageOf(pid);
  await wait(LOOKED_AT * 1000);
  const after = usageOf(pid);
  return before && after && { share: (after.until - before.from) / 1000 / LOOKED_AT, rss: after.rss };
}
