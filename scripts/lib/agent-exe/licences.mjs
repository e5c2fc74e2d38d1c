import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const TEXT = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const LINE = `\n${'-'.repeat(80)}\n\n`;

/**
 * The licence texts of everything in the exe.
 * @param {string[]} files what was bundled, as paths from the project's root
 * @param {{ nodeLicence: string, nodeVersion: string }} node
 * @throws Error for a package without a licence text
 */
export function licenceTexts(files, { nodeLicence, nodeVersion }) {
  const folders = [...new Set(files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))].sort();
  return [
    'microsip-agent.exe contains the following programs and libraries.\n',
    `node-red-microsip\n\n${readFileSync(join(ROOT, 'LICENSE'), 'utf8')}`,
    `Node.js ${nodeVersion}\n\n${readFileSync(nodeLicence, 'utf8')}`,
    ...folders.map(ofPackage),
  ].join(LINE);
}

/** @param {string} folder */
function ofPackage(folder) {
  const { name, version, license } =
    /** @type {{ name: string, version: string, license?: string }} */
    (JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')));
  const texts = readdirSync(join(ROOT, folder)).filter((file) => TEXT.test(file));
  if (texts.length === 0) throw new Error(`${name} ${version} (${license}) has no licence text in ${folder}.`);
  return `${name} ${version} (${license})\n\n${texts.map((file) => readFileSync(join(ROOT, folder, file), 'utf8')).join('\n')}`;
}
