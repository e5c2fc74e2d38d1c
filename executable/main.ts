import { compileFunction } from 'node:vm';
import { readOwnFile } from '../src/own-files';

// What `microsip-agent.exe` runs: one of the programs of this package.

type Script = (exports: object, require: NodeJS.Require, module: object) => void;

const [, , program = ''] = process.argv;
switch (program) {
  case 'hook':
    run('microsip-hook');
    break;
  case 'doctor':
    process.argv.splice(2, 1);
    run('microsip-doctor');
    break;
  case '--licenses':
    process.stdout.write(readOwnFile('THIRD-PARTY-LICENSES.txt'));
    break;
  default:
    run('microsip-agent');
}

/** Only what is asked for is compiled: MicroSIP waits for `hook`, and the agent is a thousand times as large. */
function run(name: string): void {
  const text = readOwnFile(`bin/${name}.js`).toString().replace(/^#!.*/, '');
  const script = compileFunction(text, ['exports', 'require', 'module'], { filename: `${name}.js` }) as Script;
  const module = { exports: {} };
  script(module.exports, require, module);
}
