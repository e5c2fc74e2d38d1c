import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from './checkout';

const TOPS = ['src', 'nodes', 'plugins', 'bin'];

/** Which files each file of the product imports, types too; paths from the project's root. */
export function imports(): Map<string, string[]> {
  const files = TOPS.flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, top, file)),
  ).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && statSync(file).isFile());
  const known = new Set(files);
  const plain = (file: string): string => relative(ROOT, file).split(sep).join('/');
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
      const targets = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => `${resolve(dirname(file), fileName)}.ts`)
        .filter((target) => known.has(target));
      return [plain(file), [...new Set(targets)].map(plain)];
    }),
  );
}

/** `nodes`, `bin`, a folder of `src`, or a file that lies in `src` itself. */
export function partOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second.replace(/\.ts$/, '') : top;
}

/** All that can be reached from each, whatever the way. */
export function reachable(next: ReadonlyMap<string, Iterable<string>>): Map<string, Set<string>> {
  return new Map(
    [...next.keys()].map((start) => {
      const found = new Set<string>();
      const todo = [...(next.get(start) ?? [])];
      for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
        if (found.has(one)) continue;
        found.add(one);
        todo.push(...(next.get(one) ?? []));
      }
      return [start, found];
    }),
  );
}
