const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');
const { failedLine } = require('./failed-line.cjs');

const LAST_WORDS_MS = 20_000;

/**
 * Mocha's readable output, and beside it the counts as JSON in the file TEST_RESULT. The file is written only when the
 * run came to its end: no file means that the layer crashed. Each failure has a line of its own, for the summary. Tests
 * that leave something running fail, without keeping the others waiting.
 */
module.exports = class LayerReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.on('fail', (test, error) => {
      console.log(failedLine(test.fullTitle(), error instanceof Error ? error.message : String(error)));
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (process.env.TEST_RESULT)
        writeFileSync(process.env.TEST_RESULT, JSON.stringify({ passes, failures, pending }));
      setTimeout(() => {
        console.log(`something still runs ${LAST_WORDS_MS / 1000} s after the last test: ended`);
        process.exit(1);
      }, LAST_WORDS_MS).unref();
    });
  }
};
