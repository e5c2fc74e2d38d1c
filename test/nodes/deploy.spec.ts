import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE } from './flow';

const FLOW = [
  PHONE,
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: [], wires: [['events']] },
  { id: 'hangup', type: 'microsip-hangup', phone: 'phone', scope: 'all', wires: [[]] },
  { id: 'events', type: 'helper' },
];
const INCOMING = { payload: { action: 'incoming', number: '1005' } };
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A full deploy of the same nodes, as the editor's Deploy button does it. */
async function deploy(nodes = FLOW): Promise<void> {
  const onTab = nodes.map((node) => (node.type === 'microsip-phone' ? node : { z: 'tab', x: 100, y: 100, ...node }));
  await helper.setFlows([{ id: 'tab', type: 'tab' }, ...onTab] as never, 'full');
  await pause(60);
}

nodeSuite('deploys', () => {
  it('a call goes on through a full deploy and ends exactly once', async () => {
    const flow = await Flow.load(FLOW);
    flow.send('sim', INCOMING);
    const begun = await flow.event('events', 'incoming');
    await deploy();
    const events: Record<string, unknown>[] = [];
    flow.node('events').on('input', (msg) => events.push(msg.payload as Record<string, unknown>));
    assert.deepEqual([flow.statusOf('hangup')['fill'], flow.statusOf('hangup')['text']], ['blue', 'status.ringing']);
    flow.send('sim', { payload: { action: 'hangup' } });
    await eventually(() => events[0]);
    await pause(100);
    assert.deepEqual(
      events.map((event) => [event['event'], event['callId']]),
      [['ended', begun['callId']]],
    );
  });

  it('flows that are loaded anew begin afresh', async () => {
    const first = await Flow.load(FLOW);
    first.send('sim', INCOMING);
    await first.event('events', 'incoming');
    await helper.unload();
    const second = await Flow.load(FLOW);
    await pause(60);
    assert.equal(second.statusOf('hangup')['text'], 'status.idle');
  });

  it('a call goes on through a deploy of settings that cannot work, and the deploy that puts them right', async () => {
    const flow = await Flow.load(FLOW);
    flow.send('sim', INCOMING);
    const begun = await flow.event('events', 'incoming');
    await deploy([{ ...PHONE, deny: ['('] }, ...FLOW.slice(1)]);
    assert.equal(flow.statusOf('hangup')['text'], 'status.error.config');
    await deploy();
    const events: Record<string, unknown>[] = [];
    flow.node('events').on('input', (msg) => events.push(msg.payload as Record<string, unknown>));
    flow.send('sim', { payload: { action: 'hangup' } });
    await eventually(() => events[0]);
    await pause(100);
    assert.deepEqual(
      events.map((event) => [event['event'], event['callId']]),
      [['ended', begun['callId']]],
    );
  });

  it('settings that cannot work keep no file of a simulated phone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
    const phone = { ...PHONE, writeLog: join(folder, 'log.txt') };
    const flow = await Flow.load([{ ...phone, deny: ['('] }, ...FLOW.slice(1)]);
    await deploy([phone, ...FLOW.slice(1)]);
    assert.equal(flow.statusOf('hangup')['text'], 'status.idle');
    await helper.unload();
    const again = await Flow.load([
      { ...phone, id: 'other' },
      ...FLOW.slice(1).map((node) => ({ ...node, phone: 'other' })),
    ]);
    await pause(60);
    assert.equal(again.statusOf('hangup')['text'], 'status.idle');
    await helper.unload();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('200 deploys leave nothing behind', async () => {
    await Flow.load(FLOW);
    const flowsOf = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout' || kind === 'Worker').length;
    await deploy();
    const before = flowsOf();
    for (let i = 0; i < 200; i++) {
      await helper.setFlows(
        [{ id: 'tab', type: 'tab' }, ...FLOW.map((node) => ({ z: 'tab', ...node, name: `Desk ${i}` }))] as never,
        'full',
      );
    }
    await pause(200);
    assert.ok(flowsOf() <= before + 1, `timers or workers: ${before} before, ${flowsOf()} after`);
  });
});
