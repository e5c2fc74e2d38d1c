// What `microsip-agent.exe` runs: one of the programs of this package. Only what is asked for is loaded, since MicroSIP
// waits for `hook`.
import { readOwnFile } from '../src/own-files';

const [, , program = ''] = process.argv;
switch (program) {
  case 'hook':
    void import('../bin/microsip-hook.js');
    break;
  case 'doctor':
    process.argv.splice(2, 1);
    void import('../bin/microsip-doctor.js');
    break;
  case '--licenses':
    process.stdout.write(readOwnFile('THIRD-PARTY-LICENSES.txt'));
    break;
  default:
    process.stdout.write('?\n');
}
