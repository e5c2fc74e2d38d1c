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

export interface PackageFile {
  size: number;
  files: { path: string }[];
}

/** What is wrong with the package file as `npm pack --json` tells of it; one sentence each. */
export function packageProblems({ size, files }: PackageFile, required: readonly string[]): string[] {
  const paths = files.map(({ path }) => path);
  return [
    ...paths
      .filter((path) => !WANTED.some((wanted) => wanted.test(path)))
      .map((path) => `${path} does not belong there`),
    ...required.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...(size > LARGEST_PACKAGE ? [`it has ${size} bytes, more than ${LARGEST_PACKAGE}`] : []),
  ];
}
