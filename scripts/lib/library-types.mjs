// A thread of the build: writes the types of the library, and of what it tells of, beside its scripts in dist/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './paths.mjs';

const ENTRY = join(ROOT, 'src/index.ts');
/** Checking them is the linter's work. Types of Node.js are no part of what programs see. */
const OPTIONS = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true, types: [] };

writeTypes();

function writeTypes() {
  const file = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { compilerOptions } = /** @type {{ compilerOptions: object }} */ (file.config);
  const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, ...OPTIONS }, ROOT);
  const program = ts.createProgram([ENTRY], { ...options, rootDir: ROOT });
  const files = [ENTRY];
  // What is imported is added while the loop runs.
  for (const file of files)
    for (const name of writeTypesOf(program, file)) {
      const { resolvedModule } = ts.resolveModuleName(name, file, options, ts.sys);
      if (!resolvedModule) throw new Error(`${relative(ROOT, file)}: a program would need ${name}`);
      if (!files.includes(resolvedModule.resolvedFileName)) files.push(resolvedModule.resolvedFileName);
    }
}

/**
 * @param {ts.Program} program
 * @param {string} file
 * @returns what the types of this file import
 */
function writeTypesOf(program, file) {
  let text = '';
  program.emit(program.getSourceFile(file), (_name, written) => (text = written), undefined, true);
  const target = join(ROOT, 'dist', relative(ROOT, file).replace(/\.ts$/, '.d.ts'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
}
