import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { Witness } from '../support/sip-peer/witness';

const MODULES = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules'].find(existsSync) ?? '.';

interface Answer {
  event?: boolean;
  type?: string;
  param?: string;
  ok?: boolean;
  data?: string;
}

/** A running baresip without registrar and without a sound card. What it tells of its calls stands in `seen`. */
export class Baresip extends Witness {
  private answers: ((answer: Answer) => void)[] = [];
  private rest = Buffer.alloc(0);
  private socket: Socket | undefined;

  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    super();
  }

  static async start(): Promise<Baresip> {
    const [port, control] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'baresip-'));
    const config = [
      // Also on a machine without a network.
      'net_interface 127.0.0.1',
      `sip_listen 127.0.0.1:${port}`,
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      'audio_source aubridge,loop',
      'audio_player aubridge,loop',
      // The tone would keep the only audio device for itself.
      'ringback_disabled yes',
      `module_path ${MODULES}`,
      ...['g711', 'aubridge'].map((name) => `module ${name}.so`),
      'module_tmp account.so',
      ...['menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
    ];
    writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`);
    writeFileSync(join(folder, 'accounts'), '<sip:1001@127.0.0.1>;regint=0;audio_codecs=pcmu\n');
    writeFileSync(join(folder, 'contacts'), '');
    const child = spawn('baresip', ['-f', folder], { cwd: folder, stdio: 'ignore' });
    const baresip = new Baresip(port, child, folder);
    await baresip.connect(control);
    return baresip;
  }

  get uri(): string {
    return `sip:1001@127.0.0.1:${this.port}`;
  }

  /** A command of its menu, such as `dial`. */
  async command(command: string, params = ''): Promise<void> {
    const text = JSON.stringify({ command, params });
    const { socket } = this;
    if (!socket) throw new Error('baresip does not run');
    const { ok, data } = await new Promise<Answer>((resolve) => {
      this.answers.push(resolve);
      socket.write(`${Buffer.byteLength(text)}:${text},`);
    });
    if (ok !== true) throw new Error(`baresip: ${command} ${params}: ${String(data)}`);
  }

  async end(): Promise<void> {
    const gone = this.child.exitCode === null ? once(this.child, 'exit') : Promise.resolve();
    // It would wait for calls that are not over.
    this.child.kill('SIGKILL');
    await gone;
    this.socket?.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async connect(port: number): Promise<void> {
    const socket = await eventually(async () => {
      const one = connect({ port, host: '127.0.0.1' });
      try {
        await once(one, 'connect');
        return one;
      } catch {
        return undefined;
      }
    });
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      this.rest = Buffer.concat([this.rest, data]);
      this.read();
    });
    this.socket = socket;
  }

  /** Netstrings: `<length>:<JSON>,` */
  private read(): void {
    for (;;) {
      const colon = this.rest.indexOf(':');
      const length = Number(this.rest.subarray(0, Math.max(colon, 0)).toString());
      const end = colon + 1 + length;
      if (colon < 0 || this.rest.length <= end) return;
      const answer = JSON.parse(this.rest.subarray(colon + 1, end).toString()) as Answer;
      this.rest = this.rest.subarray(end + 1);
      if (answer.event === true) this.note([answer.type, answer.param].filter(Boolean).join(' '));
      else this.answers.shift()?.(answer);
    }
  }
}
