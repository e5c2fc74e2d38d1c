import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { ROOT } from '../paths.mjs';

/** English of the United States, in Unicode: what Node.js has. */
const LANGUAGE = { lang: 1033, codepage: 1200 };

/**
 * The program with what Windows shows of it in the Task Manager and in its properties: otherwise it would call itself
 * Node.js.
 * @param {Buffer} program without a signature
 * @returns {Buffer}
 */
export function withVersionInfo(program) {
  const { version, author } = /** @type {{ version: string, author: string }} */ (
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  );
  const executable = NtExecutable.from(program);
  const resources = NtExecutableResource.from(executable);
  const [info] = Resource.VersionInfo.fromEntries(resources.entries);
  if (!info) throw new Error('Node.js has no version information.');
  info.setFileVersion(`${version}.0`, LANGUAGE.lang);
  info.setProductVersion(`${version}.0`, LANGUAGE.lang);
  info.setStringValues(LANGUAGE, {
    CompanyName: author,
    ProductName: 'microsip-agent',
    FileDescription: 'MicroSIP agent',
    FileVersion: version,
    ProductVersion: version,
    OriginalFilename: 'microsip-agent.exe',
    InternalName: 'microsip-agent',
    LegalCopyright: 'Apache License 2.0. Contains Node.js and others: microsip-agent --licenses',
  });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}
