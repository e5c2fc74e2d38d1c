import { reasonOf } from '../../../support/skip';
import type { Findings } from './findings';

/** For `afterEach`: each test becomes a line of the table. */
export function recorder(findings: Findings, part: string): (this: Mocha.Context) => void {
  return function () {
    const test = this.currentTest;
    if (!test) return;
    if (test.isPending()) findings.add(part, test.title, 'could not be tried', reasonOf(test));
    else if (test.state === 'passed') findings.add(part, test.title, 'seen');
    else findings.add(part, test.title, 'not as documented', test.err?.message);
  };
}
