import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** What may be fetched and run, each with its address, its SHA-256, and who else says that this is its SHA-256. */
export const LIST = 'test/windows/real/downloads.json';

/**
 * Fetches a file of the list.
 * @param {string} name
 * @param {string} file where it is put
 * @param {Record<string, { url: string, sha256?: string }>} [entries]
 * @throws Error for one whose SHA-256 is another one, or is not known
 */
export async function fetchChecked(name, file, entries = JSON.parse(readFileSync(join(ROOT, LIST), 'utf8'))) {
  const entry = entries[name];
  if (!entry) throw new Error(`${LIST} has no "${name}". There are: ${Object.keys(entries).join(', ')}`);
  const response = await fetch(entry.url);
  if (!response.ok) throw new Error(`${entry.url}: HTTP status ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!entry.sha256) {
    throw new Error(
      `${LIST} has no SHA-256 for "${name}". The file at ${entry.url} has ${sha256}. ` +
        "Look for the same one where somebody else has written it down, such as in winget's manifest " +
        `(github.com/microsoft/winget-pkgs, InstallerSha256); then put it there as "sha256", and where you found it as "source".`,
    );
  }
  if (sha256 !== entry.sha256.toLowerCase()) {
    throw new Error(`${entry.url} has the SHA-256 ${sha256}, not ${entry.sha256}: it is not run.`);
  }
  writeFileSync(file, bytes);
}
