import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { MANIFEST, ROOT } from '../support/checkout';
import { compile } from '../support/compile';

const DIST = join(ROOT, 'dist');
const PAGE = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');

/** The programs of the page in this language. */
function examples(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
}

describe('the types of the library', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => file.replaceAll('\\', '/'));
  let folder: string;

  before(() => {
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    // Within the package its own name means itself, by `exports`.
    folder = mkdtempSync(join(ROOT, 'build/library-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are where the manifest says', () => {
    const { '.': entry } = MANIFEST.exports;
    assert.deepEqual(
      [MANIFEST.types, entry.types, entry.default],
      ['dist/src/index.d.ts', './dist/src/index.d.ts', `./${MANIFEST.main}`],
    );
    assert.ok(files.includes('src/index.d.ts'));
  });

  it('know nothing that stands behind the library, and need no other package', () => {
    assert.deepEqual(
      files.filter((file) => /^(?:nodes|bin)\/|^src\/(?:win32|links|observers|node-red|doctor)\//.test(file)),
      [],
    );
    for (const file of files) {
      const text = readFileSync(join(DIST, file), 'utf8');
      const imported = [...text.matchAll(/(?:from|import\()\s*['"]([^'"]+)/g)].map(([, name = '']) => name);
      assert.deepEqual(
        imported.filter((name) => !name.startsWith('.')),
        [],
        file,
      );
      assert.doesNotMatch(text.replace(/\/\*[\s\S]*?\*\//g, ''), /\bany\b/, file);
    }
  });

  it('fit a program that is compiled as strictly as can be', () => {
    compile([join(ROOT, 'test/fixtures/library/program.cts')], { noEmit: true });
  });

  it('fit the programs of docs/library.md', async () => {
    const [program = assert.fail('no program in TypeScript')] = examples('ts');
    const [script = assert.fail('no program in JavaScript')] = examples('js');
    writeFileSync(join(folder, 'program.cts'), program);
    writeFileSync(join(folder, 'script.cjs'), script);
    const files = ['program.cts', 'script.cjs'].map((name) => join(folder, name));
    const outDir = join(folder, 'compiled');
    compile(files, { types: ['node'], skipLibCheck: true, allowJs: true, checkJs: true, rootDir: folder, outDir });
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(outDir, 'program.cjs')]);
    assert.equal(stderr, '');
    assert.match(stdout, /^incoming Ada\nanswered Ada\nended Ada\nit was answered\n/m);
  });

  it('have nothing that docs/library.md does not tell of', () => {
    const program = ts.createProgram([join(DIST, 'src/index.d.ts')], { types: [], strict: true });
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(join(DIST, 'src/index.d.ts')) ?? assert.fail();
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source) ?? assert.fail());
    const told = new Set([...PAGE.matchAll(/`([\w.]+)(?::[^`]*|\([^`]*\))?`/g)].map(([, word]) => word));
    const untold = exported.map(({ name }) => name).filter((name) => !told.has(name));
    for (const name of [
      'Phone',
      'PhoneExtras',
      'PhoneSnapshot',
      'FinishedCall',
      'SimulatedMicrosip',
      'SimulatedMicrosipOptions',
    ]) {
      const symbol = exported.find((one) => one.name === name) ?? assert.fail(name);
      const type = checker.getDeclaredTypeOfSymbol(
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      );
      const fields = type.getProperties();
      assert.ok(fields.length > 2, name);
      untold.push(...fields.filter((field) => !told.has(field.name)).map((field) => `${name}.${field.name}`));
    }
    assert.deepEqual(untold, []);
  });
});
