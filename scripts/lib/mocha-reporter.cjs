const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

const LONGEST_REASON = 300;

/**
 * Mocha's readable output, and beside it the counts as JSON in the file TEST_RESULT. The file is written only when the
 * run came to its end: no file means that the layer crashed. Each failure has a line of its own, for the summary.
 */
module.exports = class LayerReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('fail', (test, error) => {
      const reason = String(error?.message ?? error).replace(/\s*\n\s*/g, ' ⏎ ');
      console.log(`failed: ${test.fullTitle()}: ${reason.slice(0, LONGEST_REASON)}`);
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (process.env.TEST_RESULT)
        writeFileSync(process.env.TEST_RESULT, JSON.stringify({ passes, failures, pending }));
    });
  }
};
