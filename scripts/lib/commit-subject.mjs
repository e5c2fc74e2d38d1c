/** What tools show of a subject before they cut it. */
const LONGEST = 71;
const UNFINISHED = /^(?:fixup!|squash!|amend!|wip\b)/i;

/**
 * What is wrong with the subject of a commit, or undefined.
 * @param {string} subject
 */
export function subjectProblem(subject) {
  if (subject.length > LONGEST) return `${subject.length} characters, at most ${LONGEST}: ${subject}`;
  if (subject.endsWith('.')) return `no full stop at the end of a subject: ${subject}`;
  if (UNFINISHED.test(subject)) return `not finished: ${subject}`;
  if (!/^\p{Lu}/u.test(subject)) return `begins with a capital letter, without a prefix: ${subject}`;
  return undefined;
}
