import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import type { EditorPage } from './editor-page';
import { withEditors } from './editor-stage';

interface Editor {
  nodes: {
    eachConfig(callback: (node: { type: string; name: string }) => boolean): void;
    getWorkspaceOrder(): string[];
    workspace(id: string): { label: string };
  };
}

/** Imports an example as a person does, by the menu of the examples of this package. */
async function importExample({ page }: EditorPage, name: string): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { RED: { actions: { invoke(action: string): void } } }).RED.actions.invoke(
      'core:show-examples-import-dialog',
    );
  });
  const entry = page.locator('#red-ui-clipboard-dialog-import-tab-examples .red-ui-treeList-label', { hasText: name });
  const folder = page.locator('#red-ui-clipboard-dialog-import-tab-examples .red-ui-treeList-label', {
    hasText: 'node-red-microsip',
  });
  await folder.first().waitFor();
  if (!(await entry.first().isVisible())) await folder.first().click();
  await entry.first().click();
  await page.locator('#red-ui-clipboard-dialog-ok').click();
  await page.locator('#red-ui-clipboard-dialog-ok').waitFor({ state: 'hidden' });
}

const QUESTION = '.red-ui-notification button';

/** Runs in the browser. */
function found(): { phones: string[]; tabs: string[] } {
  const { nodes } = (window as unknown as { RED: Editor }).RED;
  const phones: string[] = [];
  nodes.eachConfig(({ type, name }) => {
    if (type === 'microsip-phone') phones.push(name);
    return true;
  });
  return { phones, tabs: nodes.getWorkspaceOrder().map((id) => nodes.workspace(id).label) };
}

withEditors('importing examples one after the other, in the editor', [{ id: 'tab', type: 'tab' }], (stage) => {
  const look = (): Promise<ReturnType<typeof found>> => stage.editor().page.evaluate(found);
  const questions = (): Promise<number> => stage.editor().page.locator(QUESTION).count();

  it('asks nothing and leaves one phone', async () => {
    for (const name of ['Hold - put a call on hold and back', 'Dial - make a call', 'API - events by WebSocket']) {
      const { tabs } = await look();
      await importExample(stage.editor(), name);
      await eventually(async () => (await look()).tabs.length > tabs.length || (await questions()) > 0 || undefined);
      assert.equal(await questions(), 0, name);
    }
    assert.deepEqual((await look()).phones, ['Simulated phone']);
    await stage.editor().screenshot(`${stage.folder} three examples`);
  });

  it('asks nothing about the broker that the examples of a fleet share', async () => {
    for (const name of ['Fleet - see and call all phones', 'Fleet - hang up on all phones']) {
      const { tabs } = await look();
      await importExample(stage.editor(), name);
      await eventually(async () => (await look()).tabs.length > tabs.length || (await questions()) > 0 || undefined);
      assert.equal(await questions(), 0, name);
    }
  });

  it('asks about an example that is there already', async () => {
    await importExample(stage.editor(), 'Dial - make a call');
    await stage.editor().page.locator(QUESTION).first().click();
  });
});
