import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

const FACTS = 'docs/microsip';
const PAGES = readdirSync(join(ROOT, FACTS)).filter((name) => name.endsWith('.md'));
const SOURCES = ['src', 'nodes', 'bin', 'executable', 'bench', 'scripts', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:[cm]?[jt]s|[ch]|md|sh)$/.test(file))
    .map((file) => join(folder, file).replaceAll('\\', '/')),
);

/** `docs/microsip/interface.md#2.3`, also `…#2.3, #2.6 and #10` and `…#2.2 to #2.5`. */
const CITATION = /docs\/microsip\/([\w.-]+\.md)((?:(?:, | and | to |, and )?#[\w.-]*\w)*)/g;

describe('the facts about MicroSIP', () => {
  const anchors = new Map(PAGES.map((page) => [page, anchorsOf(page)]));

  it('have anchors that stand once', () => {
    for (const [page, ids] of anchors) assert.deepEqual(ids, [...new Set(ids)], page);
    assert.ok([...anchors.values()].flat().length > 80);
  });

  it('are there where a comment cites them', () => {
    const cited = SOURCES.flatMap((file) =>
      citations(readFileSync(join(ROOT, file), 'utf8')).map((citation) => ({ file, ...citation })),
    );
    const wrong = cited
      .filter(({ page, id }) => !anchors.get(page)?.includes(id))
      .map(({ file, page, id }) => `${file}: ${page}#${id}`);
    assert.ok(cited.length > 150, String(cited.length));
    assert.deepEqual(wrong, []);
  });

  it('are there where they name each other', () => {
    for (const page of PAGES)
      for (const [, target = '', id = ''] of read(page).matchAll(/\]\(([\w.-]+\.md)?#([\w.-]+)\)/g))
        assert.ok(anchors.get(target || page)?.includes(id), `${page}: ${target}#${id}`);
  });
});

function read(page: string): string {
  return readFileSync(join(ROOT, FACTS, page), 'utf8');
}

function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id);
}

/** A comment may break a citation at the end of a line. */
function citations(text: string): { page: string; id: string }[] {
  const flat = text.replace(/\n\s*(?:\*|\/\/)?\s*/g, ' ');
  return [...flat.matchAll(CITATION)].flatMap(([, page = '', list = '']) =>
    [...list.matchAll(/#([\w.-]*\w)/g)].map(([, id = '']) => ({ page, id })),
  );
}
