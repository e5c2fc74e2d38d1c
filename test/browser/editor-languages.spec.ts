import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { idOf, NODE_RED_4, ONE_OF_EACH, PALETTE, withEditors } from './editor-stage';

interface Texts {
  [key: string]: string | Texts;
}

const LANGUAGES = readdirSync(join(ROOT, 'locales')).filter((language) => language !== 'en-US');
const textsOf = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(join(ROOT, 'locales', language, `${file}.json`), 'utf8')) as Texts;
const at = (texts: Texts, key: string): string => {
  const found = key.split('.').reduce<string | Texts | undefined>((part, name) => (part as Texts)[name], texts);
  return typeof found === 'string' ? found : assert.fail(key);
};

withEditors(
  'the languages of the editor',
  ONE_OF_EACH,
  ({ folder, nodeRed, editor }) => {
    for (const language of LANGUAGES) {
      it(`speaks ${language}: palette, status, dialog, errors and help`, async () => {
        await editor().speak(language);
        for (const type of PALETTE) {
          const label = editor().page.locator(
            `.red-ui-palette-node[data-palette-type="${type}"] .red-ui-palette-label`,
          );
          const name = at(textsOf(language, type), 'label');
          assert.equal((await label.textContent())?.replace(/\s+/g, ' '), name);
          // A word that is too long for the palette is cut in two wherever it ends.
          if (!['ja', 'zh-CN'].includes(language)) {
            const lines = (await label.innerHTML()).split('<br>');
            assert.deepEqual(lines.join(' ').split(/\s+/), name.split(' '));
          }
        }
        const common = textsOf(language, 'common');
        const status = editor().statusOf(idOf('microsip-dial'));
        await status.waitFor();
        assert.equal(await status.textContent(), at(common, 'status.idle'));

        await editor().openNode(idOf('microsip-dial'));
        const dialog = await editor().openPhone();
        const phone = textsOf(language, 'microsip-phone');
        assert.ok((await dialog.texts()).includes(at(phone, 'connection.simulator')));
        await dialog.field('node-config-input-connection').selectOption('window');
        await dialog.field('microsip-test').click();
        const result = dialog.field('microsip-test-result');
        await result.locator('.fa-warning').waitFor();
        // The sentence of an error, which the server does not know in this language.
        if (process.platform !== 'win32')
          assert.equal((await result.textContent())?.trim(), at(common, 'error.unsupported.not_windows'));
        await editor().screenshot(`${folder} phone ${language}`);
      });
    }

    it('has help in every language', async () => {
      for (const language of LANGUAGES) {
        const help = await nodeRed().text('/nodes', { accept: 'text/html', 'accept-language': language });
        for (const type of ['microsip-phone', ...PALETTE]) {
          const own = readFileSync(join(ROOT, 'locales', language, `${type}.html`), 'utf8');
          const sentence = /<p>\s*([^<]{8,})/.exec(own)?.[1]?.trim().split('\n')[0] ?? assert.fail(type);
          assert.ok(help.includes(sentence), `${language} ${type}: ${sentence}`);
        }
      }
    });
  },
  NODE_RED_4,
);
