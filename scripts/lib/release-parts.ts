/** What a release does to texts and numbers, without touching anything. */

const UNRELEASED = /^## Unreleased$/m;
const STEPS = ['major', 'minor', 'patch'];

/**
 * @param wanted a version, or which part of the current one to raise: `major`, `minor` or `patch`
 * @throws Error for anything else, and for a version that is not newer
 */
export function nextVersion(current: string, wanted: string): string {
  const parts = numbers(current);
  const step = STEPS.indexOf(wanted);
  const next = step < 0 ? numbers(wanted) : parts.map((part, at) => (at < step ? part : at === step ? part + 1 : 0));
  const differs = next.findIndex((part, at) => part !== parts[at]);
  const isOlder = differs >= 0 && (next[differs] ?? 0) < (parts[differs] ?? 0);
  if (isOlder) throw new Error(`${wanted} is older than ${current}`);
  return next.join('.');
}

function numbers(version: string): number[] {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`Not a version: ${version}. Give one such as 1.2.3, or ${STEPS.join(', ')}`);
  return version.split('.').map(Number);
}

/**
 * The changelog with what is not released yet under the new version.
 * @throws Error when it says nothing of the new version
 */
export function releasedChangelog(text: string, version: string, date: string): string {
  const [, after = ''] = text.split(UNRELEASED);
  const news = after.split(/^## /m)[0] ?? '';
  if (!/^- /m.test(news)) throw new Error('CHANGELOG.md has nothing under "## Unreleased": write down what is new.');
  return text.replace(UNRELEASED, `## Unreleased\n\n## ${version} – ${date}`);
}

/** All that may be in the package file. */
const WANTED = [
  /^dist\/(?:nodes|plugins|src|bin|locales)\/.+\.(?:d\.ts|js|json|html|svg)$/,
  /^dist\/agent\.schema\.json$/,
  /^examples\/[^/]+\.json$/,
  /^docs\/mosquitto\/(?:acl|mosquitto\.conf)$/,
  /^(?:README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
];
export const LARGEST_PACKAGE = 2.25 * 1024 * 1024;

/** All that may be in the package file of the dashboard's widget. */
const WANTED_OF_WIDGET = [
  /^dist\/ui-microsip-phone\.(?:js|html)$/,
  /^dist\/(?:icons\/[\w-]+\.svg|locales\/[\w-]+\/ui-microsip-phone\.(?:json|html))$/,
  /^resources\/ui-microsip-phone\.umd\.js$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
];
const LARGEST_WIDGET = 0.25 * 1024 * 1024;

export interface PackageFile {
  size: number;
  files: { path: string }[];
}

/** What is wrong with the package file as `npm pack --json` tells of it; one sentence each. */
export function packageProblems(file: PackageFile, required: readonly string[]): string[] {
  return problemsOf(file, { wanted: WANTED, required, largest: LARGEST_PACKAGE });
}

/** The same of the dashboard's widget. */
export function widgetProblems(file: PackageFile): string[] {
  const required = ['dist/ui-microsip-phone.js', 'resources/ui-microsip-phone.umd.js', 'LICENSE', 'README.md'];
  return problemsOf(file, { wanted: WANTED_OF_WIDGET, required, largest: LARGEST_WIDGET });
}

interface Rules {
  wanted: readonly RegExp[];
  required: readonly string[];
  /** bytes */
  largest: number;
}

function problemsOf({ size, files }: PackageFile, { wanted, required, largest }: Rules): string[] {
  const paths = files.map(({ path }) => path);
  return [
    ...paths.filter((path) => !wanted.some((one) => one.test(path))).map((path) => `${path} does not belong there`),
    ...required.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...(size > largest ? [`it has ${size} bytes, more than ${largest}`] : []),
  ];
}

/** An example with the versions of our own packages that Node-RED is to offer with it. */
export function releasedExample(text: string, version: string): string {
  return text.replace(/("@callflow\/[\w-]+": )"\d+\.\d+\.\d+"/g, `$1"${version}"`);
}
