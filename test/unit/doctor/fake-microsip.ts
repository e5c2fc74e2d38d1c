import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MicrosipHost } from '../../../src/doctor/host/microsip-host';
import type { HostTroubleFound } from '../../../src/doctor/host/troubles';
import { buildHookProgram } from '../observers/hooks/hook-program';

export const INI = [
  '[Settings]',
  'singleMode="1"',
  'enableLog=0',
  'cmdCallEnd=""',
  '[Account1]',
  'label=Büro ☎',
  '',
].join('\r\n');

/** An installed MicroSIP of a user with a blank in the name, in a folder of its own. */
export class FakeMicrosip implements MicrosipHost {
  readonly root = mkdtempSync(join(tmpdir(), 'doctor '));
  readonly folder = join(this.root, 'Program Files (x86)', 'MicroSIP');
  readonly program = join(this.folder, 'microsip.exe');
  readonly env = {
    APPDATA: join(this.root, 'Ada Lovelace', 'Roaming'),
    LOCALAPPDATA: join(this.root, 'Ada Lovelace', 'Local'),
  };
  readonly data = join(this.env.APPDATA, 'MicroSIP');
  readonly ini = join(this.data, 'microsip.ini');
  readonly hookProgram: string;
  registry: string | undefined = this.folder;
  running = false;
  readonly acts: string[] = [];
  failing: 'exit' | 'start' | undefined;
  /** What it writes into its ini when it exits. */
  onExit: (() => void) | undefined;

  constructor() {
    for (const folder of [this.folder, this.data]) mkdirSync(folder, { recursive: true });
    writeFileSync(this.program, '');
    this.write(INI);
    this.hookProgram = buildHookProgram(join(this.root, 'package'), 'microsip-hook.js');
  }

  write(text: string, path = this.ini): void {
    writeFileSync(path, Buffer.from(`\ufeff${text}`, 'utf16le'));
  }

  read(): string {
    return readFileSync(this.ini).subarray(2).toString('utf16le');
  }

  troubled: HostTroubleFound[] = [];

  troubles(): Promise<HostTroubleFound[]> {
    return Promise.resolve(this.troubled);
  }

  isRunning(program: string): Promise<boolean> {
    return Promise.resolve(this.running && program === this.program);
  }

  exit(): Promise<void> {
    this.acts.push('exit');
    if (this.failing === 'exit') return Promise.reject(new Error('It asks something.'));
    this.running = false;
    this.onExit?.();
    return Promise.resolve();
  }

  start(): Promise<void> {
    this.acts.push('start');
    if (this.failing === 'start') return Promise.reject(new Error('It is gone.'));
    this.running = true;
    return Promise.resolve();
  }

  registryFolder(): Promise<string | undefined> {
    return Promise.resolve(this.registry);
  }

  cleanUp(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
