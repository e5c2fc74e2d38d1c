import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';

const START_TIME = 60_000;

interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

/** What a REST flow answered. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export type LoggedEvent = Record<string, unknown> & { event: string };

/** The whole of Node-RED as its own process, with a REST flow for each phone that is deployed through the admin API. */
export class RunningNodeRed {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly userDir: string,
  ) {}

  static async start(): Promise<RunningNodeRed> {
    const userDir = mkdtempSync(join(tmpdir(), 'node-red-'));
    mkdirSync(join(userDir, 'node_modules'));
    const port = await freePort();
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', logging: { console: { level: 'info' } },
        telemetry: { enabled: false, updateNotification: false },
        externalModules: { palette: { denyList: ['@flowfuse/*'] } } };`,
    );
    // A pipe as its output would end Node.js for Windows under Wine.
    const log = openSync(join(userDir, 'out.log'), 'w');
    const child = spawnSurely(process.execPath, [require.resolve('node-red/red.js'), '-u', userDir], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const nodeRed = new RunningNodeRed(child, `http://127.0.0.1:${port}`, userDir);
    await nodeRed.waitUntilUp().catch(async (error: unknown) => {
      await nodeRed.stop();
      throw error;
    });
    return nodeRed;
  }

  get log(): string {
    return readFileSync(join(this.userDir, 'out.log'), 'utf8');
  }

  /** Deploys, in full, a REST flow for phones with these names and programs. */
  async deploy(phones: Record<string, object>): Promise<void> {
    const flows = [
      { id: 'tab', type: 'tab' },
      ...node('log in', 'http in', { url: '/log', method: 'get' }, ['log fn']),
      ...node('log fn', 'function', { func: "msg.payload = global.get('log') || []; return msg;" }, ['log out']),
      ...node('log out', 'http response', {}),
      ...Object.entries(phones).flatMap(([name, settings]) => phoneFlow(name, settings)),
    ];
    const { status, text } = await this.ask('POST', '/flows', flows, { 'node-red-deployment-type': 'full' });
    if (status >= 300) throw new Error(`deploy: ${status} ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  /** Sends a message into one of the phone's nodes; answers what came out of it or out of its catch node. */
  async command(phone: string, command: 'dial' | 'answer' | 'hangup' | 'dtmf', payload = ''): Promise<Answer> {
    const { status, text } = await this.ask('POST', `/${phone}/${command}`, { payload });
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  }

  async testPhone(settings: object): Promise<Record<string, unknown>> {
    const { text } = await this.ask('POST', '/microsip-phone/test', settings);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async findMicrosip(): Promise<{ running: { program?: string; title: string; version?: string }[] }> {
    const { text } = await this.ask('POST', '/microsip-phone/find', {});
    return JSON.parse(text) as { running: { program?: string; title: string; version?: string }[] };
  }

  /** All events of one phone's status node since Node-RED started. */
  async events(phone: string): Promise<LoggedEvent[]> {
    const { text } = await this.ask('GET', '/log');
    return (JSON.parse(text) as LoggedEvent[]).filter((event) => event['phone'] === phone);
  }

  async until(phone: string, name: string, nth = 1): Promise<LoggedEvent> {
    const end = Date.now() + 20_000;
    for (;;) {
      const events = await this.events(phone);
      const found = events.filter(({ event }) => event === name)[nth - 1];
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`no ${name} ${nth} of ${phone}: ${events.map(({ event }) => event).join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await gone;
    rmSync(this.userDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Not fetch(): its sockets cannot connect under Wine. */
  private ask(
    method: string,
    path: string,
    body?: unknown,
    headers: object = {},
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.url}${path}`,
        { method, agent: false, timeout: 10_000, headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text });
          });
        },
      );
      asked.on('error', reject).on('timeout', () => asked.destroy(new Error(`no answer to ${path}`)));
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private async waitUntilUp(): Promise<void> {
    const end = Date.now() + START_TIME;
    for (;;) {
      const up = await this.ask('GET', '/settings').catch(() => undefined);
      if (up?.status === 200) return;
      if (Date.now() > end || this.child.exitCode !== null) throw new Error(`Node-RED does not start:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function phoneFlow(name: string, settings: object): FlowNode[] {
  const id = (part: string): string => `${name} ${part}`;
  const error = 'msg.statusCode = 500; msg.payload = { code: msg.error.code, message: msg.error.message }; return msg;';
  return [
    { id: id('phone'), type: 'microsip-phone', name, ...settings },
    ...node(id('status'), 'microsip-status', { phone: id('phone'), events: [] }, [id('note')]),
    ...node(id('note'), 'function', {
      func: "global.set('log', [...(global.get('log') || []), msg.payload]); return null;",
    }),
    ...(['dial', 'answer', 'hangup', 'dtmf'] as const).flatMap((command) => [
      ...node(id(`${command} in`), 'http in', { url: `/${name}/${command}`, method: 'post' }, [id(`${command} take`)]),
      ...node(id(`${command} take`), 'function', { func: 'msg.payload = msg.payload.payload; return msg;' }, [
        id(command),
      ]),
      ...node(id(command), `microsip-${command}`, { phone: id('phone') }, [id(`${command} done`)]),
      ...node(id(`${command} done`), 'function', { func: 'msg.payload = { callId: msg.callId }; return msg;' }, [
        id('out'),
      ]),
    ]),
    ...node(id('catch'), 'catch', { scope: (['dial', 'answer', 'hangup', 'dtmf'] as const).map(id), uncaught: false }, [
      id('error'),
    ]),
    ...node(id('error'), 'function', { func: error }, [id('out')]),
    ...node(id('out'), 'http response', {}),
  ];
}

/** Node-RED takes a node without a place on the canvas for a config node. */
function node(id: string, type: string, properties: object, to: string[] = []): FlowNode[] {
  return [{ id, type, z: 'tab', x: 100, y: 100, wires: [to], ...properties }];
}
