import { appendFileSync } from 'node:fs';
import { release } from 'node:os';
import { programVersion } from '../../../src/win32/installation/program-version';
import { skipBecause } from '../../support/skip';
import { contractPart } from './parts/contract-part';
import { factsPart, registrarPart } from './parts/facts-part';
import { historyPart } from './parts/history-part';
import { hooksPart } from './parts/hooks-part';
import { logPart } from './parts/log-part';
import { Findings } from './staging/findings';
import { RealMicrosip } from './staging/real-microsip';
import { recorder } from './staging/record';
import type { Stager } from './staging/staged';

const PROGRAM = process.env['MICROSIP_TEST'];
/** A MicroSIP of which the history is in a database, or an older one. */
const NEWER = [3, 22, 5];

/** A MicroSIP as its authors have made it, without anybody at it. */
describe('a real MicroSIP', function () {
  this.timeout(180_000);

  if (PROGRAM === undefined || PROGRAM === '') {
    it('does what is written about it', function () {
      skipBecause(this, 'a real MicroSIP is used only when MICROSIP_TEST names its program file');
    });
    return;
  }

  const findings = new Findings();
  const version = programVersion(PROGRAM) ?? [];
  const part = (name: string, tests: (start: Stager) => void): void => {
    describe(name, () => {
      afterEach(recorder(findings, name));
      tests(async (options) => {
        try {
          return await RealMicrosip.start(PROGRAM, options);
        } catch (error) {
          // No test is run then, of which it could be the outcome.
          findings.add(name, 'starts', 'not as documented', error instanceof Error ? error.message : String(error));
          throw error;
        }
      });
    });
  };
  part('facts', factsPart);
  part('registrar', registrarPart);
  part('log', logPart);
  part('hooks', (start) => {
    hooksPart(start, isNewer(version) ? '3.22.16' : '3.22.3');
  });
  part('history', historyPart);
  part('contract', contractPart);

  after(() => {
    const about = [`MicroSIP ${version.slice(0, 3).join('.')}`, `Windows ${release()}`, `Node.js ${process.version}`];
    const table = findings.table(about);
    console.log(`\n${table}`);
    const file = process.env['MICROSIP_FINDINGS'];
    if (file !== undefined && file !== '') appendFileSync(file, `${table}\n`);
  });
});

function isNewer(version: readonly number[]): boolean {
  for (const [i, wanted] of NEWER.entries()) {
    const has = version[i] ?? 0;
    if (has !== wanted) return has > wanted;
  }
  return true;
}
