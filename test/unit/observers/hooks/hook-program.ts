import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCE = join(__dirname, '../../../../bin/microsip-hook.ts');

/** Puts the hook program, built, into a folder; tests run the real one. @returns its path */
export function buildHookProgram(folder: string, name = 'microsip-hook.cjs'): string {
  mkdirSync(folder, { recursive: true });
  const { outputText } = ts.transpileModule(readFileSync(SOURCE, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const path = join(folder, name);
  writeFileSync(path, outputText);
  return path;
}

/** ms: what hangs is ended then, without an exit code. */
const HUNG = 30_000;

export interface Run {
  exitCode: number;
  stdout: string;
  stderr: string;
  ms: number;
}

export function runHook(script: string, args: readonly string[]): Promise<Run> {
  const before = performance.now();
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { timeout: HUNG }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr, ms: performance.now() - before });
    });
  });
}
