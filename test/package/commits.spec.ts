import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('the subject of a commit', () => {
  let problem: typeof import('../../scripts/lib/commit-subject.mjs').subjectProblem;

  before(async () => {
    ({ subjectProblem: problem } = await import('../../scripts/lib/commit-subject.mjs'));
  });

  it('may be a sentence of 71 characters', () => {
    assert.equal(problem(`Say ${'x'.repeat(67)}`), undefined);
    assert.match(problem(`Say ${'x'.repeat(68)}`) ?? '', /^72 characters/);
  });

  for (const subject of ['Say more.', 'fixup! Say more', 'WIP', 'feat: say more'])
    it(`may not be "${subject}"`, () => {
      assert.ok(problem(subject)?.includes(subject));
    });

  it('is told of in CONTRIBUTING.md with its limit', () => {
    assert.match(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'), /under 72\s+characters/);
  });
});
