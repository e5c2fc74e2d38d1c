import assert from 'node:assert/strict';
import { execFileSync, execSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { MANIFEST, ROOT, TYPES } from '../support/checkout';
import { compile } from '../support/compile';
import { eventually } from '../support/eventually';
import { NodeRedProcess } from '../support/node-red-process';
import { skipBecause } from '../support/skip';
import { InstalledPackage } from './installed-package';
import { SIMULATED_CALL_FLOW } from './simulated-call-flow';

const VERSIONS = [
  { title: 'Node-RED 4.1', folder: 'node-red', node: process.execPath },
  { title: 'Node-RED 5', folder: 'node-red-5', node: process.env.NODE_FOR_NODE_RED_5 },
];

interface NodeSet {
  module: string;
  name: string;
  types: string[];
  enabled: boolean;
  err?: unknown;
}

describe('the packed package', function () {
  this.timeout(120_000);
  let installed: InstalledPackage;

  before(() => {
    installed = InstalledPackage.install();
  });
  after(() => {
    installed.remove();
  });

  it('brings its programs', () => {
    const run = (command: string): string =>
      execSync(`npx --no-install ${command}`, { cwd: installed.userDir, encoding: 'utf8' });
    assert.match(run('microsip-doctor help'), /Exit codes/);
    const folder = mkdtempSync(join(tmpdir(), 'microsip-packed-'));
    writeFileSync(join(folder, 'microsip.exe'), '');
    writeFileSync(join(folder, 'microsip.ini'), Buffer.from('\ufeff[Settings]\r\n', 'utf16le'));
    try {
      const program = `--program "${join(folder, 'microsip.exe')}"`;
      assert.match(run(`microsip-doctor install --yes --events CallRing ${program}`), /5 of 5 hooks arrived/);
      assert.match(run(`microsip-doctor check --events CallRing ${program}`), /Everything is in order/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const { title, folder, node } of VERSIONS) {
    describe(`on ${title}`, () => {
      let nodeRed: NodeRedProcess | undefined;

      before(async function () {
        if (!node) skipBecause(this, process.env.NO_NODE_FOR_NODE_RED_5 ?? 'no Node.js for Node-RED 5 was named');
        const script = join(ROOT, 'node_modules', folder, 'red.js');
        nodeRed = await NodeRedProcess.start({
          node,
          script,
          settings: installed.settings(folder),
          userDir: installed.userDir,
        });
      });
      after(() => nodeRed?.stop());

      it('offers every node', async () => {
        const sets = (await red().json('/nodes')) as NodeSet[];
        const ours = sets.filter(({ module }) => module === MANIFEST.name);
        assert.deepEqual(
          ours.map(({ types, enabled, err }) => ({ types, enabled, err })),
          TYPES.map((type) => ({ types: [type], enabled: true, err: undefined })),
        );
      });

      it('serves every icon', async () => {
        const icons = (await red().json('/icons')) as Record<string, string[]>;
        const expected = readdirSync(join(ROOT, 'icons')).sort();
        assert.deepEqual(icons[MANIFEST.name]?.toSorted(), expected);
        for (const icon of expected) {
          const answer = await red().fetch(`/icons/${MANIFEST.name}/${icon}`);
          assert.match(answer.headers.get('content-type') ?? '', /^image\//);
        }
      });

      for (const language of readdirSync(join(ROOT, 'locales'))) {
        it(`has the texts of every node in ${language}`, async () => {
          const catalogs = (await red().json(`/nodes/messages?lng=${language}`)) as Record<string, object>;
          for (const type of TYPES) {
            const catalog = catalogs[`${MANIFEST.name}/${type}`] ?? {};
            assert.ok(Object.keys(catalog).length > 0, type);
          }
        });

        it(`has the help of every node in ${language}`, async () => {
          const html = await red().text('/nodes', { accept: 'text/html', 'accept-language': language });
          for (const type of TYPES) assert.match(html, new RegExp(`data-help-name="${type}"[^>]*>\\s*\\S`), type);
        });
      }

      it('serves every example', async () => {
        for (const file of readdirSync(join(ROOT, 'examples'))) {
          const name = encodeURIComponent(file.replace(/\.json$/, ''));
          const flow = await red().json(`/library/examples/flows/${MANIFEST.name}/${name}`);
          assert.ok(Array.isArray(flow) && flow.length > 0, file);
        }
      });

      it('takes a simulated call through a deployed flow', async () => {
        await red().post('/flows', SIMULATED_CALL_FLOW);
        await eventually(() =>
          red()
            .json('/events')
            .catch(() => undefined),
        );
        await red().post('/simulate', { action: 'incoming', number: '1001', name: 'Ada' });
        await seen('incoming');
        await red().post('/answer', {});
        await seen('answered');
        await red().post('/simulate', { action: 'hangup' });
        await seen('ended');
        const calls = ((await red().json('/events')) as string[]).filter(
          (event) => !/^phone_|^registration/.test(event),
        );
        assert.deepEqual(calls, ['incoming', 'answered', 'ended']);
      });

      function red(): NodeRedProcess {
        assert.ok(nodeRed);
        return nodeRed;
      }

      async function seen(event: string): Promise<void> {
        await eventually(async () => ((await red().json('/events')) as string[]).includes(event) || undefined);
      }
    });
  }

  it('is compiled and run with a program in TypeScript, however its modules are found', async () => {
    const { Bundler, Node16 } = ts.ModuleResolutionKind;
    const source = join(installed.userDir, 'program.cts');
    cpSync(join(ROOT, 'test/fixtures/library/program.cts'), source);
    compile([source], { moduleResolution: Bundler, module: ts.ModuleKind.Preserve, noEmit: true });
    compile([source], { moduleResolution: Node16 });
    const program = createRequire(source)('./program.cjs') as { play(): Promise<string[]> };
    const seen = await program.play();
    for (const told of [
      'incoming +4930123456 true',
      'true true ready false',
      'answered false',
      'invalid_number true',
      'refused',
    ])
      assert.ok(seen.includes(told), `${told}: ${seen.join(', ')}`);
  });

  it('is found by its name, and so is its manifest', () => {
    const script = `
      const { createPhone } = require('${MANIFEST.name}');
      const { version } = require('${MANIFEST.name}/package.json');
      import('${MANIFEST.name}').then((module) => console.log(version, module.createPhone === createPhone));`;
    const output = execFileSync(process.execPath, ['-e', script], { cwd: installed.userDir, encoding: 'utf8' });
    assert.equal(output.trim(), `${MANIFEST.version} true`);
  });

  it('gives plain programs the library', async () => {
    const library = (await import(pathToFileURL(join(installed.modulePath, MANIFEST.main)).href)) as {
      createPhone?: unknown;
    };
    assert.equal(typeof library.createPhone, 'function');
  });
});
