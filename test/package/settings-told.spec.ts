import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { phoneSettings } from '../../src/settings/phone-settings';
import { CONNECTIONS, PRESETS, PROTOCOLS, RANGES, type SettingRange } from '../../src/settings/settings-table';
import { ROOT } from '../support/checkout';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const ranges = Object.entries<SettingRange>(RANGES);

interface Field {
  value: unknown;
  validate?(this: object, value: unknown, options: object): true | string;
}

/** The fields that the dialog's script, as it is built, declares. */
function fieldsOfDialog(): Record<string, Field> {
  const [, script = ''] =
    /<script type="text\/javascript">\n([\s\S]*?)<\/script>/.exec(read('dist/nodes/microsip-phone.html')) ?? [];
  let fields: Record<string, Field> = {};
  const registerType = (_type: string, { defaults }: { defaults: Record<string, Field> }): void => {
    fields = defaults;
  };
  runInContext(script, createContext({ RED: { nodes: { registerType }, view: { importNodes: () => undefined } } }));
  return fields;
}

describe('the settings of a phone, wherever they are told', () => {
  const dialog = read('nodes/microsip-phone.html');

  it('have their defaults in the dialog', () => {
    const { name, ...fields } = fieldsOfDialog();
    assert.ok(name);
    const defaults = Object.entries(fields).map(([field, { value }]) => [field, value] as const);
    assert.deepEqual(JSON.parse(JSON.stringify(Object.fromEntries(defaults))), PRESETS);
  });

  it('have their limits in the dialog', () => {
    const fields = fieldsOfDialog();
    const dialogOf = { _: (key: string, values?: object) => JSON.stringify([key, values]) };
    for (const [name, { least, most }] of ranges) {
      const judge = (value: unknown): unknown => fields[name]?.validate?.call(dialogOf, value, {});
      for (const value of [least, most, String(least), '']) assert.equal(judge(value), true, `${name}: ${value}`);
      for (const value of [least - 1, most + 1, 'x']) {
        const complaint = String(judge(value));
        assert.ok(complaint.includes(`"least":${least},"most":${most}`), `${name}: ${value}: ${complaint}`);
      }
    }
  });

  it('have their limits on the page of events and settings', () => {
    const page = read('docs/events.md').split('## Settings of a phone')[1] ?? '';
    for (const [name, { least, most, preset }] of ranges) {
      const [row = ''] = new RegExp(`^\\| \`${name}\`.*$`, 'm').exec(page) ?? [];
      assert.ok(row.includes(` \`${preset}\` `), row);
      assert.match(row, new RegExp(`\\b${least} to ${most}\\b`));
    }
  });

  for (const language of readdirSync(join(ROOT, 'locales')))
    it(`have their limits in the help in ${language}`, () => {
      const help = read(`locales/${language}/microsip-phone.html`).replace(/\s+/g, ' ');
      for (const [name, { least, most }] of ranges)
        assert.match(help, new RegExp(`(?<!\\d)${least}[^\\d.]{1,20}${most}(?!\\d)`), name);
    });

  it('are offered in the dialog with the words that the phone takes', () => {
    const offered = (name: string): string[] => {
      const [, options = ''] =
        new RegExp(`<select id="node-config-input-${name}"[^>]*>([\\s\\S]*?)</select>`).exec(dialog) ?? [];
      return [...options.matchAll(/<option value="([^"]+)"/g)].map(([, word = '']) => word);
    };
    assert.deepEqual(offered('connection').sort(), [...CONNECTIONS].sort());
    assert.deepEqual(offered('protocol'), [...PROTOCOLS]);
  });

  it('are shown in the dialog for the connections that have them', () => {
    const near = CONNECTIONS.filter((connection) => connection !== 'mqtt');
    const common = Object.keys(phoneSettings({ connection: 'simulator', protocol: 'microsip' })).filter((name) =>
      near.every((connection) => Object.hasOwn(phoneSettings({ connection }), name)),
    );
    const names = Object.keys(PRESETS).filter((name) => !['connection', 'commandIds'].includes(name));
    for (const name of names) {
      const field = new RegExp(`id="node-config-input-${name}(?:-lines)?"`).exec(dialog);
      const before = dialog.slice(0, field?.index);
      const shown = (/.*data-for="([^"]+)"/s.exec(before)?.[1] ?? '').split(' ');
      const has = CONNECTIONS.filter((connection) => Object.hasOwn(phoneSettings({ connection }), name));
      // What every phone within reach has may be of no use to one that only observes.
      if (common.includes(name)) assert.equal(shown.includes('mqtt'), has.includes('mqtt'), name);
      else assert.deepEqual(shown.sort(), [...has].sort(), name);
    }
  });
});
