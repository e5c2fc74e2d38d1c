const reasons = new WeakMap<Mocha.Runnable, string>();

/**
 * Leaves out a test (in `it`) or a whole suite (in `before`) that cannot run on this machine, and says why.
 * Call it as `skipBecause(this, 'no sound card')`.
 */
export function skipBecause(context: Mocha.Context, why: string): never {
  if (context.test) reasons.set(context.test, why);
  console.log(`skipped: ${process.env.TEST_LAYER ?? 'tests'}: ${why}`);
  return context.skip();
}

/** Why a test has left itself out. */
export function reasonOf(test: Mocha.Runnable): string | undefined {
  return reasons.get(test);
}
