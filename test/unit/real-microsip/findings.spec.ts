import assert from 'node:assert/strict';
import Mocha from 'mocha';
import { skipBecause } from '../../support/skip';
import { Findings } from '../../windows/real/staging/findings';
import { recorder } from '../../windows/real/staging/record';

describe('the findings of a run against a real MicroSIP', () => {
  it('are a table of what was seen, what was not as documented, and what could not be tried', async () => {
    const findings = new Findings();
    const run = new Mocha({ reporter: Mocha.reporters.Base });
    const suite = Mocha.Suite.create(run.suite, 'part');
    suite.afterEach(recorder(findings, 'log'));
    suite.addTest(new Mocha.Test('a | call', () => undefined));
    suite.addTest(
      new Mocha.Test('a lie', () => {
        assert.fail('no such\nthing in C:\\Users\\ada\\x');
      }),
    );
    suite.addTest(
      new Mocha.Test('an adventure', function (this: Mocha.Context) {
        skipBecause(this, 'nobody is there');
      }),
    );
    // It is no test of ours that is left out.
    const { log } = console;
    console.log = () => undefined;
    try {
      await new Promise((resolve) => run.run(resolve));
    } finally {
      console.log = log;
    }
    const table = findings.table(['MicroSIP 3.22.16', 'Windows']);
    assert.equal(
      table,
      [
        '### MicroSIP 3.22.16, Windows',
        '',
        '1 seen, 1 not as documented, 1 could not be tried.',
        '',
        '| part | what | outcome | note |',
        '| --- | --- | --- | --- |',
        '| log | a \\| call | seen |  |',
        '| log | a lie | not as documented | no such thing in ~\\x |',
        '| log | an adventure | could not be tried | nobody is there |',
        '',
      ].join('\n'),
    );
  });
});
