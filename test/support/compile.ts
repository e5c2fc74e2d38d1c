import assert from 'node:assert/strict';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './checkout';

/** How others compile: as strictly as can be, the types of libraries included. */
const STRICTEST: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  // Not those of the language: they take longer than all others.
  skipDefaultLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: [],
};

/**
 * Compiles programs, beside their sources.
 * @throws AssertionError with what the compiler says against them
 */
export function compile(files: string[], more: ts.CompilerOptions = {}): void {
  const options = { ...STRICTEST, ...more, typeRoots: [join(ROOT, 'node_modules/@types')] };
  const program = ts.createProgram(files, options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  assert.equal(ts.formatDiagnostics(problems, HOST), '');
}

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
};
