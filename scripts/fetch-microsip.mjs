// Fetches MicroSIP for a test, on Windows, without installing it.
//   node scripts/fetch-microsip.mjs <version of test/windows/real/downloads.json, or newest> <folder>
// Its last line is the path of the program file.
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fetchChecked } from './lib/checked-download.mjs';
import { run } from './lib/process.mjs';

const [version = '', given = ''] = process.argv.slice(2);
if (version === '' || given === '') throw new Error('usage: node scripts/fetch-microsip.mjs <version|newest> <folder>');
const folder = resolve(given);
const [installerFolder, programFolder] = [join(folder, 'installer'), join(folder, 'program')];
mkdirSync(installerFolder, { recursive: true });

if (version === 'newest') await winget();
else await fetchChecked(`MicroSIP ${version}`, join(installerFolder, `MicroSIP-${version}.exe`));
// The installer is an archive that 7-Zip opens: nothing is put into the registry, and nothing started.
await surely('7z', ['x', '-y', `-o${programFolder}`, find(installerFolder, /\.exe$/i)]);
console.log(find(programFolder, /^microsip\.exe$/i));

/** winget itself compares the file with the SHA-256 of its manifest. */
async function winget() {
  const which = ['--id', 'MicroSIP.MicroSIP', '--exact', '--source', 'winget'];
  const agreed = ['--accept-package-agreements', '--accept-source-agreements', '--disable-interactivity'];
  await surely('winget', ['download', ...which, '--download-directory', installerFolder, ...agreed]);
}

/** @param {string} program @param {string[]} args */
async function surely(program, args) {
  const code = await run(program, args);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

/** @param {string} where @param {RegExp} pattern of the file's name */
function find(where, pattern) {
  const found = readdirSync(where, { recursive: true, encoding: 'utf8' }).find((file) => pattern.test(basename(file)));
  if (found === undefined) throw new Error(`nothing like ${pattern} in ${where}`);
  return join(where, found);
}
