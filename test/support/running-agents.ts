import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../../src/agent/agent';
import type { AgentConfig, AgentPhoneConfig } from '../../src/agent/config/agent-config';
import type { AgentLog } from '../../src/agent/log/agent-log';
import type { AgentWorld, RunningAgent } from '../../src/agent/running-agent';
import { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';

export interface LogLine {
  level: keyof AgentLog;
  event: string;
  fields: Record<string, unknown>;
}

/** Agents in this process, with phones on the simulator that the test plays; for the suite in which this is called. */
export class RunningAgents {
  readonly lines: LogLine[] = [];
  readonly log: AgentLog = {
    debug: (event, fields = {}) => this.lines.push({ level: 'debug', event, fields }),
    info: (event, fields = {}) => this.lines.push({ level: 'info', event, fields }),
    warn: (event, fields = {}) => this.lines.push({ level: 'warn', event, fields }),
    error: (event, fields = {}) => this.lines.push({ level: 'error', event, fields }),
  };
  /** Where they keep what survives a restart. */
  directory = '';
  private agents: RunningAgent[] = [];
  private readonly simulated = new Map<string, SimulatedMicrosip>();

  constructor() {
    beforeEach(() => {
      this.directory = mkdtempSync(join(tmpdir(), 'agent-'));
    });
    afterEach(async () => {
      await Promise.all(this.agents.map((agent) => agent.stop()));
      for (const microsip of this.simulated.values()) microsip.dispose();
      this.agents = [];
      this.simulated.clear();
      this.lines.length = 0;
      rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  async start(
    config: Partial<AgentConfig> & Pick<AgentConfig, 'broker'>,
    world: Partial<AgentWorld> = {},
  ): Promise<RunningAgent> {
    const agent = await startAgent(
      {
        base: 'microsip',
        homeAssistant: false,
        mask: false,
        lastCall: true,
        hostAndUser: true,
        phones: [deskPhone('desk-1')],
        ...config,
      },
      { log: this.log, directory: this.directory, simulated: (id) => this.microsip(id), ...world },
    );
    this.agents.push(agent);
    return agent;
  }

  /** The MicroSIP of a phone on the simulator. */
  microsip(phone: string): SimulatedMicrosip {
    const microsip = this.simulated.get(phone) ?? new SimulatedMicrosip();
    this.simulated.set(phone, microsip);
    return microsip;
  }

  said(event: string): LogLine | undefined {
    return this.lines.find((line) => line.event === event);
  }
}

export function deskPhone(id: string, more: Partial<AgentPhoneConfig> = {}): AgentPhoneConfig {
  return { id, groups: [], phone: { name: `Phone ${id}`, connection: 'simulator' }, ...more };
}
