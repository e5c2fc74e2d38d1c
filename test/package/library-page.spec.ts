import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  APP_ACTIONS,
  AUDIO_ACTIONS,
  AUDIO_DEVICES,
  CONFERENCE_ACTIONS,
  DIAL_FORMATS,
  FEATURE_ACTIONS,
  FEATURES,
  HANGUP_SCOPES,
  HOLD_ACTIONS,
  type Command,
} from '../../src/phone/commands/command';
import { MANIFEST, ROOT } from '../support/checkout';

/** The words that a field of each command may be, in the order in which the page has them. */
const WORDS: Record<Command['type'], readonly string[]> = {
  dial: DIAL_FORMATS,
  answer: [],
  hangup: HANGUP_SCOPES,
  dtmf: [],
  transfer: [],
  hold: HOLD_ACTIONS,
  audio: [...AUDIO_DEVICES, ...AUDIO_ACTIONS],
  message: [],
  app: APP_ACTIONS,
  feature: [...FEATURES, ...FEATURE_ACTIONS],
  conference: CONFERENCE_ACTIONS,
};

describe('docs/library.md', () => {
  const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');

  it('has a program that works', async () => {
    const [, program = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const built = program.replace(`'${MANIFEST.name}'`, JSON.stringify(join(ROOT, 'dist/src/index.js')));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', built]);
    assert.equal(stderr, '');
    assert.match(stdout, /^phone_online.*\n(?:.*\n)*outgoing \+4930123456\n(?:.*\n)*ended \+4930123456\n/);
    assert.match(stdout, /the call is \w/);
  });

  it('has every command with its words', () => {
    const rows = new Map(
      [...page.matchAll(/^ *\| `(\w+)` +\|(.*)\|$/gm)].map(([, type = '', fields = '']) => [type, fields]),
    );
    assert.deepEqual([...rows.keys()], Object.keys(WORDS));
    for (const [type, words] of Object.entries(WORDS)) {
      const named = [...(rows.get(type) ?? '').matchAll(/\(([^)]*)\)/g)].flatMap(([, list = '']) =>
        [...list.matchAll(/`(\w+)`/g)].map(([, word]) => word),
      );
      assert.deepEqual(named, words, type);
    }
  });
});
