const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/**
 * Mocha's readable output, and beside it the counts as JSON in the file TEST_RESULT. The file is written only when the
 * run came to its end: no file means that the layer crashed.
 */
module.exports = class LayerReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (process.env.TEST_RESULT)
        writeFileSync(process.env.TEST_RESULT, JSON.stringify({ passes, failures, pending }));
    });
  }
};
