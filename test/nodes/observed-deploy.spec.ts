import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { hookPipe } from '../../src/microsip/hook-pipe';
import { buildHookProgram, runHook } from '../unit/observers/hooks/hook-program';
import { LOGS } from '../unit/observers/log/recorded-logs';
import { Flow, nodeSuite, type FlowNode } from './flow';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

nodeSuite('deploys of a phone that is only observed', () => {
  let folder: string;
  let script: string;
  let pipe: string;
  let events: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deployed phone '));
    script = buildHookProgram(join(folder, 'hook'));
    pipe = hookPipe(join(folder, 'microsip.ini'));
    events = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  const flowOf = (settings: object, name = 'Desk 1'): FlowNode[] => [
    {
      ...{ id: 'phone', type: 'microsip-phone', name, connection: 'observe', callLog: '' },
      ...{ program: join(folder, 'microsip.exe'), ...settings },
    },
    { id: 'status', type: 'microsip-status', phone: 'phone', events: [], wires: [['events']] },
    { id: 'events', type: 'helper' },
  ];

  let heard: unknown;
  /** A deploy may have made the node anew. */
  const listen = (): void => {
    const node = helper.getNode('events');
    if (node === heard) return;
    heard = node;
    node.on('input', ({ payload }) => {
      const { event, callId, disposition = '' } = payload as Record<string, string | undefined>;
      if (callId !== undefined) events.push(`${String(event)} ${callId} ${disposition}`.trim());
    });
  };

  async function start(settings: object): Promise<void> {
    await Flow.load(flowOf(settings));
    listen();
    await pause(150);
  }

  async function deploy(settings: object, type: 'full' | 'nodes' | 'flows' = 'full'): Promise<void> {
    const onTab = flowOf(settings, `Desk ${Math.random()}`).map((node) =>
      node.type === 'microsip-phone' ? node : { z: 'tab', x: 100, y: 100, ...node },
    );
    await helper.setFlows([{ id: 'tab', type: 'tab' }, ...onTab] as never, type);
    listen();
    await pause(150);
  }

  async function hooks(...names: string[]): Promise<void> {
    for (const name of names) {
      // A slow machine may end the program before it has handed over.
      for (let tries = 0; tries < 5; tries += 1) {
        if ((await runHook(script, [`cmdCall${name}`, pipe, '-- 1001'])).exitCode === 0) break;
      }
    }
    await pause(50);
  }

  /** The same call all the way. */
  const lives = (): string[] => {
    assert.equal(new Set(events.map((event) => event.split(' ')[1])).size, 1, events.join('\n'));
    return events.map((event) => event.replace(/ \S+/, ''));
  };

  for (const type of ['full', 'nodes', 'flows'] as const) {
    it(`a call that hooks tell of goes on, whatever is deployed at whatever moment: ${type}`, async () => {
      await start({ hooks: true, logFile: '' });
      await hooks('Ring');
      await deploy({ hooks: true, logFile: '' }, type);
      await hooks('Answer');
      await deploy({ hooks: true, logFile: '' }, type);
      await deploy({ hooks: true, logFile: '' }, type);
      await hooks('Start', 'End');
      assert.deepEqual(lives(), ['incoming', 'answered', 'ended answered']);
    });
  }

  it('it goes on when the log is switched on although MicroSIP writes none, and off again', async () => {
    await start({ hooks: true, logFile: '' });
    await hooks('Ring', 'Answer', 'Start');
    await deploy({ hooks: true, logFile: 'auto' });
    await deploy({ hooks: true, logFile: join(folder, 'none.txt') });
    await deploy({ hooks: true, logFile: '' });
    await hooks('End');
    assert.deepEqual(lives(), ['incoming', 'answered', 'ended answered']);
  });

  it('it goes on when the log has been silent for long', async () => {
    const log = join(folder, 'microsip_log.txt');
    const bytes = readFileSync(join(LOGS, 'hold-resume.log'));
    await start({ logFile: log });
    writeFileSync(log, bytes.subarray(0, bytes.indexOf('BYE sip:') - 200));
    for (let wait = 0; wait < 100 && events.length < 5; wait += 1) await pause(20);
    utimesSync(log, 1, 1_000_000_000);
    await deploy({ logFile: log });
    await deploy({ logFile: log });
    writeFileSync(log, bytes);
    for (let wait = 0; wait < 100 && events.length < 6; wait += 1) await pause(20);
    assert.deepEqual(lives(), ['outgoing', 'alerting', 'answered', 'held', 'resumed', 'ended answered']);
  });
});
