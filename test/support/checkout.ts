import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

export interface Manifest {
  name: string;
  version: string;
  license?: string;
  repository?: unknown;
  bugs?: unknown;
  keywords: string[];
  engines: { node: string };
  main: string;
  types: string;
  exports: { '.': { types: string; default: string } };
  bin: Record<string, string>;
  dependencies?: Record<string, string>;
  'node-red': { version: string; nodes: Record<string, string> };
}

export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** The types of our nodes: each has a node set of its own, of the same name. */
export const TYPES = Object.keys(MANIFEST['node-red'].nodes);

/** The nodes of a flow file. */
export function readFlow(file: string): Record<string, unknown>[] {
  const flow: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(flow)) throw new Error(`${basename(file)} is no list of nodes`);
  return flow as Record<string, unknown>[];
}
