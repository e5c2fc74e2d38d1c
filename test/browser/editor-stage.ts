import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, TYPES } from '../support/checkout';
import { NodeRedProcess } from '../support/node-red-process';
import { skipBecause } from '../support/skip';
import { browserFor } from './browser';
import { EditorPage } from './editor-page';

export const VERSIONS = [
  { title: 'Node-RED 4.1', folder: 'node-red', node: process.execPath },
  { title: 'Node-RED 5', folder: 'node-red-5', node: process.env.NODE_FOR_NODE_RED_5 },
];
/** The one that needs no other Node.js than the one that runs the tests. */
export const NODE_RED_4 = VERSIONS.slice(0, 1);
export const PALETTE = TYPES.filter((type) => type !== 'microsip-phone');

const SETTINGS: Record<string, object> = {
  'microsip-dial': { number: 'payload', numberType: 'msg' },
  'microsip-wait': { until: ['idle'], timeout: 60 },
  'microsip-fleet': { broker: 'broker', base: 'microsip', timeout: 5 },
  'microsip-dtmf': { digits: '123#', digitsType: 'str' },
};

/** A broker's node as the editor has it; nobody listens there. */
export const BROKER = {
  ...{ id: 'broker', type: 'mqtt-broker', name: 'Office', broker: '127.0.0.1', port: '1', clientid: '' },
  ...{ autoConnect: false, usetls: false, protocolVersion: '4', keepalive: '60', cleansession: true },
  ...{ birthTopic: '', birthQos: '0', birthPayload: '', birthMsg: {}, closeTopic: '', closeQos: '0', closePayload: '' },
  ...{ closeMsg: {}, willTopic: '', willQos: '0', willPayload: '', willMsg: {}, userProps: '', sessionExpiry: '' },
};

/** One node of each type, all on one simulated phone. */
export const ONE_OF_EACH = [
  { id: 'tab', type: 'tab', label: 'Phone' },
  BROKER,
  { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator', pollInterval: 250, timeout: 2000 },
  ...PALETTE.map((type, row) => ({
    id: idOf(type),
    type,
    z: 'tab',
    phone: 'phone',
    ...SETTINGS[type],
    // Two columns, so that all of them are in sight.
    x: 200 + 300 * (row % 2),
    y: 60 + 40 * row,
    wires: [[]],
  })),
];

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

export function idOf(type: string): string {
  return type.replace('microsip-', 'the-');
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
