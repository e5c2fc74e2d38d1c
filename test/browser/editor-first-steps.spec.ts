import assert from 'node:assert/strict';
import { ONE_OF_EACH, withEditors, type EditorStage } from './editor-stage';

/** Drags a node out of the palette, deploys, and gives the words below it. */
async function dragAndDeploy({ editor }: EditorStage, type: string): Promise<string> {
  const { page } = editor();
  const before = await editor().nodeIds();
  const entry = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
  await entry.scrollIntoViewIfNeeded();
  await entry.dragTo(page.locator('#red-ui-workspace-chart'), { targetPosition: { x: 300, y: 600 } });
  const added = (await editor().nodeIds()).filter((id) => !before.includes(id));
  assert.equal(added.length, 1);
  await page.locator('#red-ui-header-button-deploy').click();
  const status = editor().statusOf(added[0] ?? '');
  await status.filter({ hasText: /\w/ }).waitFor();
  return (await status.textContent()) ?? '';
}

const phones = async ({ nodeRed }: EditorStage): Promise<Record<string, unknown>[]> => {
  const flow = (await nodeRed().json('/flows')) as Record<string, unknown>[];
  return flow.filter(({ type }) => type === 'microsip-phone');
};

withEditors('dragging a node into a flow with a phone, in the editor', ONE_OF_EACH, (stage) => {
  it('gives it that phone, so that it can be deployed as it is', async () => {
    assert.equal(await dragAndDeploy(stage, 'microsip-status'), 'idle');
    assert.equal((await phones(stage)).length, 1);
  });
});

withEditors(
  'dragging a node into an empty flow, in the editor',
  [{ id: 'tab', type: 'tab', label: 'Empty' }],
  (stage) => {
    it('brings a phone with it, so that it can be deployed as it is', async () => {
      const text = await dragAndDeploy(stage, 'microsip-status');
      const [phone, ...more] = await phones(stage);
      assert.deepEqual(more, []);
      const isWindows = process.platform === 'win32';
      assert.equal(phone?.['connection'], isWindows ? 'window' : 'simulator');
      if (!isWindows) assert.equal(text, 'idle');
      assert.equal(phone['timeout'], 2000);
    });

    it('takes the same phone for the second node', async () => {
      await dragAndDeploy(stage, 'microsip-dial');
      assert.equal((await phones(stage)).length, 1);
    });
  },
);
