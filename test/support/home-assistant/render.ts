import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Debian's own has what Debian's packages bring, whatever other Python is in the PATH. */
const PROGRAMS = process.platform === 'win32' ? ['python'] : ['python3', '/usr/bin/python3'];

let found: string | undefined;

/** What templates of Home Assistant make of messages. */
export interface Rendered {
  text?: string;
  /** Home Assistant would write it into its log, and leave the entity as it was. */
  error?: string;
}

/** Why nothing can be rendered here; undefined when it can. */
export function noJinja(): string | undefined {
  return program() === undefined ? 'there is no Python with Jinja (Debian: python3-jinja2)' : undefined;
}

function program(): string | undefined {
  found ??= PROGRAMS.find((python) => spawnSync(python, ['-c', 'import jinja2.sandbox']).status === 0);
  return found;
}

/** By Jinja itself, in one process for all: render.py. */
export function render(cases: readonly (readonly [template: string, message: string])[]): Rendered[] {
  const { status, stdout, stderr } = spawnSync(program() ?? assert.fail(noJinja()), [join(__dirname, 'render.py')], {
    ...{ input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1e8 },
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Rendered[];
}
