// Makes a release ready to be published:  npm run release -- minor   (or major, patch, 1.2.3; --dry-run changes nothing)
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  nextVersion,
  packageProblems,
  releasedChangelog,
  releasedExample,
  widgetProblems,
  type PackageFile,
} from './lib/release-parts';

const ROOT = resolve(__dirname, '..');
const CHANGELOG = join(ROOT, 'CHANGELOG.md');
const EXAMPLES = join(ROOT, 'examples');
/** The dashboard's widget: it has the version of the nodes. */
const WIDGET = 'packages/dashboard';
const REQUIRED = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'dist/src/index.js'];

const [wanted = '', ...options] = process.argv.slice(2);
const isDryRun = options.includes('--dry-run');

try {
  release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function release(): void {
  const version = nextVersion(manifest().version, wanted);
  const changelog = releasedChangelog(readFileSync(CHANGELOG, 'utf8'), version, new Date().toISOString().slice(0, 10));
  if (output('git', 'status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  if (output('git', 'tag', '--list', `v${version}`) !== '') throw new Error(`There is a tag v${version} already.`);
  if (isDryRun) console.log(`${version} would be released.`);
  else run('npm', 'test');
  run('npm', 'run', 'build');
  checkPackage((file) => packageProblems(file, REQUIRED));
  checkPackage(widgetProblems, '--workspace', WIDGET);
  if (isDryRun) return;
  writeFileSync(CHANGELOG, changelog);
  for (const name of readdirSync(EXAMPLES)) {
    const file = join(EXAMPLES, name);
    writeFileSync(file, releasedExample(readFileSync(file, 'utf8'), version));
  }
  const options = ['--no-git-tag-version', '--allow-same-version', '--workspaces', '--include-workspace-root'];
  run('npm', 'version', version, ...options);
  run('git', 'commit', '--all', '--message', `Release ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '--message', version);
  run('npm', 'run', 'build:agent');
  console.log(
    `\n${version} is ready. Look at the last commit, then:\n  git push --follow-tags\n  npm publish --access public --workspaces --include-workspace-root\n` +
      'GitHub makes microsip-agent.exe once more and attaches it to the release: its SHA-256 has to be the one above.',
  );
}

function manifest(): { version: string } {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
}

/** What `npm publish` would upload. */
function checkPackage(problemsOf: (file: PackageFile) => string[], ...which: string[]): void {
  const pack = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const listing = JSON.parse(output('npm', ...pack, ...which)) as PackageFile[] | Record<string, PackageFile>;
  const [file] = Object.values(listing);
  if (!file) throw new Error('npm pack says nothing of the package.');
  const problems = problemsOf(file);
  if (problems.length > 0) throw new Error(`The package is not right:\n  ${problems.join('\n  ')}`);
  console.log(`The package has ${file.files.length} files and ${Math.round(file.size / 1024)} kB.`);
}

function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' }).trim();
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
}
