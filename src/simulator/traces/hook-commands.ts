import { spawn } from 'node:child_process';
import { splitArguments, splitCommand } from '../../microsip/command-line';
import type { HookName } from '../../microsip/hook-names';
import type { HookRunner } from '../simulated-options';

/** The values of the `cmd*` keys; a key that is missing or empty runs nothing. */
export type HookCommands = Partial<Record<HookName, string>>;

/**
 * Runs programs as MicroSIP runs them (docs/microsip/interface.md#3, "Command construction"): of the value's arguments
 * only the program keeps its quotes, the others and the parameter are put together again with blanks. So a caller can
 * add arguments of his own, here as there. Placeholders are not filled in.
 */
export function hookCommands(commands: HookCommands): HookRunner {
  return (name, parameter) => {
    const command = splitCommand(commands[name] ?? '');
    if (command) return runProgram(command.program, [...command.args, parameter].join(' '));
  };
}

/** @returns what settles when the program has ended or could not be started */
function runProgram(program: string, tail: string): Promise<void> {
  const isWindows = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(program, isWindows ? [tail] : splitArguments(tail), {
      stdio: 'ignore',
      windowsHide: true,
      // Only Windows has command lines; elsewhere the arguments are what a program would find in it.
      ...(isWindows && { windowsVerbatimArguments: true, argv0: `"${program}"` }),
    });
    child.unref();
    child.on('error', () => {
      resolve();
    });
    child.on('exit', () => {
      resolve();
    });
  });
}
