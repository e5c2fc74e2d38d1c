import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

/** The package as users get it: packed, and installed into a user directory in the way of the Palette Manager. */
export class InstalledPackage {
  private constructor(private readonly folder: string) {}

  static install(): InstalledPackage {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-packed-'));
    const userDir = join(folder, 'user');
    mkdirSync(userDir);
    // The scripts are left out: they would build again, under the hands of the layers that run beside this one.
    npm(`pack --ignore-scripts --pack-destination "${folder}"`, ROOT);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error('npm pack made no file');
    writeFileSync(join(userDir, 'package.json'), '{ "name": "user-directory", "private": true }');
    npm(`install --omit=dev --engine-strict --prefer-offline "${join(folder, tarball)}"`, userDir);
    return new InstalledPackage(folder);
  }

  get userDir(): string {
    return join(this.folder, 'user');
  }

  get modulePath(): string {
    return join(this.userDir, 'node_modules/@callflow/node-red-microsip');
  }

  /** Writes a settings file for a Node-RED with this user directory and flows of its own. */
  settings(name: string): string {
    const file = join(this.folder, `${name}.cjs`);
    const settings = `module.exports = {
      uiHost: '127.0.0.1', uiPort: process.env.PORT, flowFile: '${name}.json',
      telemetry: { enabled: false, updateNotification: false }
    };`;
    writeFileSync(file, settings);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function npm(args: string, cwd: string): void {
  execSync(`npm ${args} --no-audit --no-fund --loglevel=error`, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
