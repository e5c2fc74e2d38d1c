import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

/** ms, on a machine that does much else */
const PATIENCE = 240_000;
const NOT_IN_A_CLONE = ['node_modules', '.git', '.cache', '.node-red', 'dist', 'build', 'coverage', 'test'];

describe('npm start in a new clone', function () {
  this.timeout(2 * PATIENCE);
  let parent: string;
  let clone: string;
  let demo: ChildProcess | undefined;

  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'demo-'));
    clone = join(parent, 'Mein Klön 日本');
    for (const name of readdirSync(ROOT).filter((one) => !NOT_IN_A_CLONE.includes(one)))
      cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  });
  after(() => {
    demo?.kill('SIGKILL');
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
  });

  /** @returns what was said until Node-RED had been ended again */
  const start = async (): Promise<string> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    demo = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: clone,
      env: { ...process.env, PORT: String(port), npm_lifecycle_event: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(demo, 'exit');
    let said = '';
    for (const stream of [demo.stdout, demo.stderr])
      stream?.on('data', (text: Buffer) => {
        said += text.toString();
      });
    const isOver = (): boolean => demo?.exitCode !== null;
    await eventually(() => said.includes(`Node-RED is running:  ${url}`) || isOver() || undefined, PATIENCE);
    assert.ok(!isOver(), said);
    const flows = (await (await fetch(`${url}/flows`)).json()) as { type: string }[];
    assert.ok(flows.some(({ type }) => type === 'microsip-status'));
    const nodes = (await (await fetch(`${url}/nodes`, { headers: { accept: 'application/json' } })).json()) as {
      module: string;
      err?: unknown;
    }[];
    assert.ok(nodes.some(({ module }) => module === '@flowfuse/node-red-dashboard'));
    assert.deepEqual(
      nodes.filter(({ err }) => err),
      [],
    );
    demo.kill('SIGINT');
    await ended;
    return said;
  };

  it('installs what the demo needs, builds, and has Node-RED with the demo; tells each step', async () => {
    const said = await start();
    assert.match(said, /\[1\/3\] Installing packages\n(?: +\d+ of \d+\n)* +(\d+) of \1\n/);
    assert.match(said, /\[2\/3\] Building the nodes\n +\d+ s\n\[3\/3\] Starting Node-RED/);
    for (const tool of ['mocha', 'playwright-core', 'echarts'])
      assert.ok(!existsSync(join(clone, 'node_modules', tool)), tool);
  });

  it('does neither again', async () => {
    const said = await start();
    assert.match(said, /Installing packages\n +done before\n.*Building the nodes\n +done before\n/);
  });
});
