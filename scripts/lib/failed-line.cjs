const LONGEST_REASON = 500;

/**
 * The line of the output that the summary tells what failed by.
 * @param {string} title
 * @param {string} reason
 */
module.exports.failedLine = (title, reason) => {
  const lines = reason.trim().replace(/\s*\n\s*/g, ' ⏎ ');
  return `failed: ${title.replace(/\s*\n\s*/g, ' ')}${lines && `: ${lines.slice(0, LONGEST_REASON)}`}`;
};
