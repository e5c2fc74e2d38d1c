import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { skipBecause } from './skip';
import type { CertificateFiles } from './tls-files';

export interface MosquittoOptions {
  /** Passwords by user. Without them, and without `anonymous: false`, everybody may connect. */
  users?: Record<string, string>;
  /** Whether clients without a user name may connect: by default only when there are no users. */
  anonymous?: boolean;
  /** The text of an ACL file. */
  acl?: string;
  /** A second listener, with TLS. */
  tls?: CertificateFiles & { ca: string };
  /** The TLS listener takes only clients with a certificate of the CA, whose common name is the user. */
  requireCertificates?: boolean;
  /** `max_queued_messages` for each client (Mosquitto: 1000). */
  maxQueued?: number;
  /** What is retained survives `restart`, and `kill` after `save`. */
  persistence?: boolean;
  /** Whether the log has each packet too, and what was denied. */
  debug?: boolean;
  /** More lines of the configuration. */
  config?: string[];
}

const START_TIME = 10_000;
/** Not everybody has these in the PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Why there is no Mosquitto here, for `skipBecause`. */
export function whyNoMosquitto(): string | undefined {
  return programFile('mosquitto') ? undefined : 'mosquitto is not installed (Debian: mosquitto)';
}

/** A Mosquitto of its own, on free ports of the loopback interface. Resolves when it listens. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'mosquitto-'));
  const port = await freePort();
  const mosquitto = new Mosquitto(folder, port, options.tls && (await freePort()));
  writeFileSync(join(folder, 'mosquitto.conf'), configuration(folder, mosquitto, options));
  try {
    await mosquitto.restart();
  } catch (error) {
    await mosquitto.stop();
    throw error;
  }
  return mosquitto;
}

/** One for all tests of the suite in which this is called, or the suite is left out. Returns what gives it, once tests run. */
export function useMosquitto(options: MosquittoOptions = {}): () => Mosquitto {
  let mosquitto: Mosquitto | undefined;
  before(async function () {
    const why = whyNoMosquitto();
    if (why) skipBecause(this, why);
    mosquitto = await startMosquitto(options);
  });
  after(() => mosquitto?.stop());
  return () => {
    if (!mosquitto) throw new Error('It is started before the first test');
    return mosquitto;
  };
}

export class Mosquitto {
  readonly url: string;
  readonly tlsUrl: string | undefined;
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    private readonly folder: string,
    readonly port: number,
    readonly tlsPort: number | undefined,
  ) {
    this.url = `mqtt://127.0.0.1:${port}`;
    this.tlsUrl = tlsPort === undefined ? undefined : `mqtts://127.0.0.1:${tlsPort}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** All that it has logged, also before a restart. */
  log(): string {
    return this.output;
  }

  /** On the same ports as before, after ending it when it runs. */
  async restart(): Promise<void> {
    await this.end('SIGTERM');
    const child = spawn(programFile('mosquitto') ?? 'mosquitto', ['-c', join(this.folder, 'mosquitto.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.add(child);
    this.child = child;
    child.once('exit', () => running.delete(child));
    child.stderr.on('data', (text: Buffer) => (this.output += text.toString()));
    await untilListening(child, this.port, () => this.output);
    if (this.tlsPort !== undefined) await untilListening(child, this.tlsPort, () => this.output);
  }

  /** With `persistence`: keeps what there is now. */
  async save(): Promise<void> {
    const file = join(this.folder, 'mosquitto.db');
    rmSync(file, { force: true });
    this.child?.kill('SIGUSR1');
    await eventually(() => (existsSync(file) ? true : undefined));
  }

  /** Without a word to its clients. `restart` brings it back. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** For good. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

function configuration(folder: string, { port, tlsPort }: Mosquitto, options: MosquittoOptions): string {
  const { users, acl, tls, maxQueued, persistence = false, debug = false, config = [] } = options;
  const lines = [
    // Started by root it would otherwise become another user, who cannot read these files.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    `allow_anonymous ${options.anonymous ?? !users}`,
    'log_dest stderr',
    ...['error', 'warning', 'notice', 'information', ...(debug ? ['debug', 'subscribe', 'unsubscribe'] : [])].map(
      (type) => `log_type ${type}`,
    ),
    'sys_interval 1',
    `persistence ${persistence}`,
    ...(persistence ? [`persistence_location ${folder}/`] : []),
    ...(maxQueued === undefined ? [] : [`max_queued_messages ${maxQueued}`]),
  ];
  if (users) {
    const file = join(folder, 'passwords');
    const text = Object.entries(users).map(([name, password]) => `${name}:${password}\n`);
    writeFileSync(file, text.join(''));
    execFileSync(programFile('mosquitto_passwd') ?? 'mosquitto_passwd', ['-U', file]);
    lines.push(`password_file ${file}`);
  }
  if (acl !== undefined) {
    writeFileSync(join(folder, 'acl'), acl, { mode: 0o600 });
    lines.push(`acl_file ${join(folder, 'acl')}`);
  }
  lines.push(...config, `listener ${port} 127.0.0.1`);
  if (tls && tlsPort !== undefined) {
    lines.push(`listener ${tlsPort} 127.0.0.1`, `cafile ${tls.ca}`, `certfile ${tls.cert}`, `keyfile ${tls.key}`);
    if (options.requireCertificates) lines.push('require_certificate true', 'use_identity_as_username true');
  }
  return `${lines.join('\n')}\n`;
}

function programFile(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

async function untilListening(child: ChildProcess, port: number, log: () => string): Promise<void> {
  const end = Date.now() + START_TIME;
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`Mosquitto ended with ${child.exitCode}:\n${log()}`);
    if (Date.now() > end) throw new Error(`Mosquitto does not listen:\n${log()}`);
    await sleep(20);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
