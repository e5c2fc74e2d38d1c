import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = process.platform === 'win32' ? 'python' : 'python3';

/** What templates of Home Assistant make of messages. */
export interface Rendered {
  text?: string;
  /** Home Assistant would write it into its log, and leave the entity as it was. */
  error?: string;
}

/** Why nothing can be rendered here; undefined when it can. */
export function noJinja(): string | undefined {
  const { status } = spawnSync(PROGRAM, ['-c', 'import jinja2.sandbox']);
  return status === 0 ? undefined : 'there is no Python with Jinja (python3-jinja2)';
}

/** By Jinja itself, in one process for all: render.py. */
export function render(cases: readonly (readonly [template: string, message: string])[]): Rendered[] {
  const { status, stdout, stderr } = spawnSync(PROGRAM, [join(__dirname, 'render.py')], {
    ...{ input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1e8 },
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Rendered[];
}
