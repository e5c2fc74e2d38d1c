import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LARGEST_PACKAGE, nextVersion, packageProblems, releasedChangelog } from '../../scripts/lib/release-parts';
import { ROOT } from '../support/checkout';

describe('a release', () => {
  for (const [current, wanted, next] of [
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.1.0', '0.1.0', '0.1.0'],
    ['0.1.0', '1.0.0', '1.0.0'],
  ] as const) {
    it(`of ${wanted} after ${current} is ${next}`, () => {
      assert.equal(nextVersion(current, wanted), next);
    });
  }

  for (const wanted of ['', 'newest', '1.2', '1.2.2', '0.9.9', '1.2.3-beta'])
    it(`of "${wanted}" after 1.2.3 is refused`, () => {
      assert.throws(() => nextVersion('1.2.3', wanted), /version|older/i);
    });

  it('puts the news under the version and its date, and begins a new list', () => {
    const text = '# Changes\n\n## Unreleased\n\n- This.\n\n## 0.1.0 – 2026-01-01\n\n- That.\n';
    assert.equal(
      releasedChangelog(text, '0.2.0', '2026-11-23'),
      '# Changes\n\n## Unreleased\n\n## 0.2.0 – 2026-11-23\n\n- This.\n\n## 0.1.0 – 2026-01-01\n\n- That.\n',
    );
  });

  it('needs news', () => {
    for (const text of ['# Changes\n', '## Unreleased\n\n## 0.1.0 – 2026-01-01\n\n- That.\n'])
      assert.throws(() => releasedChangelog(text, '0.2.0', '2026-11-23'), /Unreleased/);
  });

  it('has a list of changes that it can use', () => {
    assert.match(
      releasedChangelog(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), '9.9.9', '2099-01-01'),
      /## 9\.9\.9/,
    );
  });

  it('says what does not belong into the package, what is missing, and that it is too large', () => {
    const files = ['dist/src/index.js', 'dist/src/index.js.map', 'test/a.spec.ts', '.env'].map((path) => ({ path }));
    const problems = packageProblems({ size: LARGEST_PACKAGE + 1, files }, ['LICENSE', 'dist/src/index.js']);
    assert.deepEqual(
      problems.map((problem) => problem.split(' ')[0]),
      ['dist/src/index.js.map', 'test/a.spec.ts', '.env', 'LICENSE', 'it'],
    );
  });
});
