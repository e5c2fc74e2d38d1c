/**
 * Leaves out a test (in `it`) or a whole suite (in `before`) that cannot run on this machine, and says why.
 * Call it as `skipBecause(this, 'no sound card')`.
 */
export function skipBecause(context: Mocha.Context, why: string): never {
  console.log(`skipped: ${process.env.TEST_LAYER ?? 'tests'}: ${why}`);
  return context.skip();
}
