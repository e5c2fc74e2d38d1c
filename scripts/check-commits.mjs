// The subjects of new commits:  node scripts/check-commits.mjs <base> [<head>]
import { execFileSync } from 'node:child_process';
import { subjectProblem } from './lib/commit-subject.mjs';
import { ROOT } from './lib/paths.mjs';

const [base = '', head = 'HEAD'] = process.argv.slice(2);
const wrong = subjects().flatMap((subject) => subjectProblem(subject) ?? []);
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exitCode = 1;

/** Of a branch that is new, or whose base is gone, only the last one. */
function subjects() {
  const range = isCommit(base) ? [`${base}..${head}`] : ['--max-count=1', head];
  return git('log', '--no-merges', '--format=%s', ...range)
    .split('\n')
    .filter((line) => line !== '');
}

/** @param {string} name */
function isCommit(name) {
  if (!/^\w[\w./-]*$/.test(name) || /^0+$/.test(name)) return false;
  try {
    git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}
