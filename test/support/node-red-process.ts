import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';

export interface NodeRedOptions {
  /** The program file of Node.js. */
  node: string;
  /** The `red.js` of the Node-RED to start. */
  script: string;
  settings: string;
  userDir: string;
  /** More variables of the environment. */
  env?: Record<string, string>;
  /** Whether to load the dashboard nodes too, which takes some time. */
  dashboard?: boolean;
}

const START_TIME = 60_000;

/** A Node-RED of its own on a free port, used through its admin API. */
export class NodeRedProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly output: string[],
  ) {}

  /** Resolves when the flows are started. */
  static async start({
    node,
    script,
    settings,
    userDir,
    env,
    dashboard = false,
  }: NodeRedOptions): Promise<NodeRedProcess> {
    const port = await freePort();
    const child = spawn(node, [script, '--settings', settings, '--userDir', userDir], {
      env: {
        ...process.env,
        PORT: String(port),
        NODE_RED_CODE_EDITOR: 'ace',
        ...(!dashboard && { NODE_RED_WITHOUT: '@flowfuse/*' }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (text: Buffer) => output.push(text.toString()));
    child.stderr.on('data', (text: Buffer) => output.push(text.toString()));
    const nodeRed = new NodeRedProcess(child, `http://127.0.0.1:${port}`, output);
    try {
      await nodeRed.untilStarted();
    } catch (error) {
      await nodeRed.stop();
      throw error;
    }
    return nodeRed;
  }

  get log(): string {
    return this.output.join('');
  }

  async text(path: string, headers: Record<string, string> = {}): Promise<string> {
    return (await this.fetch(path, { headers })).text();
  }

  async json(path: string): Promise<unknown> {
    return (await this.fetch(path, { headers: { accept: 'application/json' } })).json();
  }

  async post(path: string, body: unknown): Promise<void> {
    await this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** @throws Error for an answer that is no success */
  async fetch(path: string, options: RequestInit = {}): Promise<Response> {
    const answer = await fetch(this.url + path, options);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }

  private async untilStarted(): Promise<void> {
    const end = Date.now() + START_TIME;
    while (!this.log.includes('Started flows') || !(await this.isListening())) {
      if (this.child.exitCode !== null) throw new Error(`Node-RED ended with ${this.child.exitCode}:\n${this.log}`);
      if (Date.now() > end) throw new Error(`Node-RED has not started its flows:\n${this.log}`);
      await sleep(50);
    }
  }

  /** Node-RED may listen only after it has started its flows. */
  private async isListening(): Promise<boolean> {
    return fetch(this.url).then(
      () => true,
      () => false,
    );
  }
}
