import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { NodeRedProcess } from '../support/node-red-process';
import { skipBecause } from '../support/skip';
import { browserFor } from './browser';
import { EditorPage } from './editor-page';

export { BROKER, idOf, ONE_OF_EACH, PALETTE } from './one-of-each';

export const VERSIONS = [
  { title: 'Node-RED 4.1', folder: 'node-red', node: process.execPath },
  { title: 'Node-RED 5', folder: 'node-red-5', node: process.env.NODE_FOR_NODE_RED_5 },
];
/** The one that needs no other Node.js than the one that runs the tests. */
export const NODE_RED_4 = VERSIONS.slice(0, 1);

export interface EditorStage {
  /** `node-red` or `node-red-5`. */
  folder: string;
  userDir: string;
  nodeRed: () => NodeRedProcess;
  editor: () => EditorPage;
}

/**
 * The same tests with the editors of both Node-RED versions.
 * @param versions for what is the same in both and takes long, one of them
 */
export function withEditors(
  what: string,
  flow: object[],
  define: (stage: EditorStage) => void,
  versions = VERSIONS,
): void {
  for (const { title, folder, node } of versions) {
    describe(`${what} of ${title}`, function () {
      this.timeout(120_000);
      let nodeRed: NodeRedProcess | undefined;
      let opened: EditorPage | undefined;
      const userDir = mkdtempSync(join(tmpdir(), 'microsip-editor-'));

      before(async function () {
        const browser = await browserFor(this);
        if (!node) skipBecause(this, process.env.NO_NODE_FOR_NODE_RED_5 ?? 'no Node.js for Node-RED 5 was named');
        mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
        nodeRed = await NodeRedProcess.start({
          node,
          script: join(ROOT, 'node_modules', folder, 'red.js'),
          settings: join(ROOT, 'scripts/lib/node-red-settings.cjs'),
          userDir,
        });
        await nodeRed.post('/flows', flow);
        opened = await EditorPage.open(browser, nodeRed.url);
      });
      afterEach(async function () {
        if (this.currentTest?.state === 'failed') await opened?.screenshot(`${folder} ${this.currentTest.title}`);
        await opened?.closeDialogs();
      });
      after(async () => {
        await opened?.close();
        await nodeRed?.stop();
        rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
      });

      define({
        folder,
        userDir,
        nodeRed: () => nodeRed ?? assert.fail('Node-RED does not run'),
        editor: () => opened ?? assert.fail('no editor is open'),
      });
    });
  }
}

/** A text that was not found in the catalog is shown as its key, such as `dial.label.number`. */
const KEY = /^[\w-]+([.:/][\w-]+)+$/;

export function assertWords(texts: string[]): void {
  assert.ok(texts.length > 0, 'no text');
  for (const text of texts) {
    assert.match(text, /\p{L}/u);
    assert.doesNotMatch(text, KEY);
  }
}

/** Runs in the browser. */
export function valuesOf(elements: Element[]): string[] {
  return elements.map((element) => element.getAttribute('value') ?? '');
}
