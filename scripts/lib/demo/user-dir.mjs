import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';

/** Makes the user directory of `npm start`; the demo flow goes in only when there is no flow yet. */
export function prepareUserDir() {
  const folder = join(ROOT, '.node-red');
  mkdirSync(folder, { recursive: true });
  const flows = join(folder, 'flows.json');
  const demo = demoFlow();
  if (demo && !existsSync(flows)) copyFileSync(demo, flows);
  return folder;
}

function demoFlow() {
  const examples = join(ROOT, 'examples');
  if (!existsSync(examples)) return undefined;
  const name = readdirSync(examples, { recursive: true, encoding: 'utf8' }).find((file) =>
    /demo[^/\\]*\.json$/i.test(file),
  );
  return name && join(examples, name);
}
