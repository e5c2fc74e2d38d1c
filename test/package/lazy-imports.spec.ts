import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { withLazyImports } from '../../scripts/lib/lazy-imports';

class Thing {
  readonly is = 'a thing';
}

/** Runs a module as the build makes it; `log` gets what it does and what it loads. */
function run(source: string): { exports: Record<string, () => unknown>; log: string[] } {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const log: string[] = [];
  const load = (name: string): object => {
    log.push(`load ${name}`);
    return { __esModule: true, add: (a: number, b: number) => a + b, Thing, default: 7 };
  };
  const module = { exports: {} };
  runInNewContext(withLazyImports(code), { require: load, module, log });
  return { exports: module.exports, log };
}

describe('imports of a built node', () => {
  it('are loaded with the first use, and once', () => {
    const { exports, log } = run(`
      import { add } from './numbers';
      log.push('loaded');
      export const sum = () => add(add(1, 2), 3);`);
    assert.deepEqual(log, ['loaded']);
    assert.deepEqual([exports['sum']?.(), exports['sum']?.()], [6, 6]);
    assert.deepEqual(log, ['loaded', 'load ./numbers']);
  });

  it('may be classes', () => {
    const { exports, log } = run(`
      import { Thing } from './things';
      export const make = () => new Thing() instanceof Thing;
      export const heir = () => new (class extends Thing {})() instanceof Thing;`);
    assert.deepEqual([exports['make']?.(), exports['heir']?.()], [true, true]);
    assert.deepEqual(log, ['load ./things']);
  });

  it('are handed on as what they are', () => {
    const { exports } = run(`export { add as plus } from './numbers'; import * as all from './numbers';
      import seven from './numbers';
      export const names = () => [Object.keys(all).includes('add'), seven];`);
    assert.equal((exports['plus'] as unknown as (a: number, b: number) => number)(1, 2), 3);
    assert.deepEqual([...(exports['names']?.() as unknown[])], [true, 7]);
  });

  it('are loaded at once when they are there for nothing but that', () => {
    assert.deepEqual(run(`import './side-effect';`).log, ['load ./side-effect']);
  });
});
