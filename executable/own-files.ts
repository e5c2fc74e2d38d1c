import { getAsset, getRawAsset } from 'node:sea';
import type * as OwnFiles from '../src/own-files';

// Stands for `src/own-files.ts` in `microsip-agent.exe`: the files are in the exe, under the same paths.

export const IS_ONE_FILE: typeof OwnFiles.IS_ONE_FILE = true;

export const readOwnFile: typeof OwnFiles.readOwnFile = (path) => Buffer.from(getRawAsset(path) as ArrayBuffer);

export const namesIn: typeof OwnFiles.namesIn = (folder) => {
  const names = paths()
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1).replace(/\/.*/, ''));
  return [...new Set(names)];
};

export const threadScript: typeof OwnFiles.threadScript = (path) => [getAsset(`${path}.js`, 'utf8'), { eval: true }];

export const ownProgram: typeof OwnFiles.ownProgram = (name) =>
  name === 'microsip-agent' ? [process.execPath] : [process.execPath, name.replace('microsip-', '')];

/** This Node.js can list them; its types do not know that yet. */
function paths(): string[] {
  return (process.getBuiltinModule('node:sea') as unknown as { getAssetKeys(): string[] }).getAssetKeys();
}
