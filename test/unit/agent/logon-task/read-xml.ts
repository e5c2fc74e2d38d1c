import assert from 'node:assert/strict';

export interface Element {
  name: string;
  text: string;
  children: Element[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root of a small XML text; throws for what is not well-formed. */
export function readElement(xml: string): Element {
  const root: Element = { name: '', text: '', children: [] };
  const open = [root];
  for (const [whole, close, name, text] of xml
    .replace(/^<\?xml[^>]*\?>/, '')
    .matchAll(/<(\/?)(\w+)(?: \w+="[^"<]*")*>|([^<]+)|</g)) {
    const current = open.at(-1) ?? assert.fail('too many ends');
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|apos);)/);
      current.text += text.replace(/&(\w+);/g, (_, entity: string) => ENTITIES[entity] ?? assert.fail(entity));
    } else if (close === '/') assert.equal(open.pop()?.name, name);
    else if (name !== undefined) {
      const element: Element = { name, text: '', children: [] };
      current.children.push(element);
      open.push(element);
    } else assert.fail(`not well-formed: ${whole}`);
  }
  assert.deepEqual(open, [root]);
  assert.equal(root.children.length, 1);
  return root.children[0] ?? assert.fail();
}

/** @param path names with slashes between them, below the element */
export function textAt(element: Element, path: string): string {
  const found = path
    .split('/')
    .reduce<Element | undefined>((at, name) => at?.children.find((child) => child.name === name), element);
  return found?.text ?? assert.fail(`no ${path}`);
}
