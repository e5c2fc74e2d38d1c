import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';

/** The examples that it begins with: what it is about, and the phone on the dashboard. */
const EXAMPLES = [/^Demo .*\.json$/, /^Dashboard - phone panel\.json$/];

/** Makes the user directory of `npm start`; the demo flow goes in only when there is no flow yet. */
export function prepareUserDir() {
  const folder = join(ROOT, '.node-red');
  mkdirSync(folder, { recursive: true });
  const flows = join(folder, 'flows.json');
  if (!existsSync(flows)) writeFileSync(flows, JSON.stringify(demoFlow(), null, 4));
  return folder;
}

/** With what the examples share once. */
function demoFlow() {
  const folder = join(ROOT, 'examples');
  const files = EXAMPLES.flatMap((wanted) => readdirSync(folder).filter((file) => wanted.test(file)));
  const nodes = files.flatMap(
    (file) => /** @type {{ id: string, type: string }[]} */ (JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
  // What it needs is there already.
  const wanted = nodes.filter(({ type }) => type !== 'global-config');
  return [...new Map(wanted.map((node) => [node.id, node])).values()];
}
