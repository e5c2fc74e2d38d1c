import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

const SCENARIOS = join(__dirname, 'scenarios');

/** A run of SIPp, which plays one scenario to its end and judges what it gets by it. */
export class Sipp {
  private readonly ended: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  /** @param port its own @param target whom it calls, in the scenarios in which it does */
  static start(scenario: string, port: number, target = '127.0.0.1:9'): Sipp {
    const folder = mkdtempSync(join(tmpdir(), 'sipp-'));
    const args = ['-sf', join(SCENARIOS, `${scenario}.xml`), '-i', '127.0.0.1', '-p', `${port}`, '-s', '1002'];
    const limits = ['-m', '1', '-l', '1', '-timeout', '20s', '-timeout_error', '-nostdin', '-trace_err'];
    const child = spawn('sipp', [target, ...args, ...limits], { cwd: folder, stdio: 'ignore' });
    return new Sipp(child, folder);
  }

  /** @throws Error with what it complains of, when it got something else than its scenario says */
  async pass(): Promise<void> {
    const code = await this.ended;
    const complaints = readdirSync(this.folder).map((file) => readFileSync(join(this.folder, file), 'utf8'));
    rmSync(this.folder, { recursive: true });
    if (code !== 0) throw new Error(`SIPp ended with ${String(code)}: ${complaints.join('\n')}`);
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill();
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
