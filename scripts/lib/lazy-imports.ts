const IMPORT = /^var (import_\w+) = (require\("[^"]+"\));$/gm;

/**
 * A compiled module that loads what it imports when it is first used, not when it is loaded itself. Each file stays one
 * module: `require` gives every user the same. It is no slower in use, the name is looked up once.
 * @param code CommonJS as esbuild writes it, which names what it imports as `import_name.part`
 */
export function withLazyImports(code: string): string {
  let lazy = code;
  for (const [whole, name = '', load = ''] of code.matchAll(IMPORT)) {
    const uses = code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
    const parts = code.match(new RegExp(`\\b${name}\\.`, 'g'))?.length ?? 0;
    // Handed on as a whole; or there for what loading it does.
    if (uses !== parts + 1 || parts === 0) continue;
    lazy = lazy
      // In brackets for the sake of `new`.
      .replace(new RegExp(`\\b${name}\\.`, 'g'), `(${name}()).`)
      .replace(whole, `var ${name}_, ${name} = () => ${name}_ ??= ${load};`);
  }
  return lazy;
}
