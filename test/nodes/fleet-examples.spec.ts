import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { skipBecause } from '../support/skip';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type FlowNode, type Message } from './flow';
import { ScriptedFleet, type AgentOptions, type ScriptedAgent } from './scripted-agent';

interface Board {
  brokerLost: boolean;
  phones: number;
  counts: Record<'inCall' | 'calling' | 'free' | 'offline' | 'missed', number>;
  longest?: { desk: string };
  calls: { phone: string; desk: string; callState: string; name: string; number: string; since: number }[];
  moreCalls: number;
  offline: { phone: string; why: string }[];
  notes: object[];
}

const BOARD = 'f1ee70000000ab09';

nodeSuite('examples with a fleet', () => {
  const office = new ScriptedFleet();
  const agent = (options?: AgentOptions): Promise<ScriptedAgent> => office.agent(options);

  const load = (name: string, change: (nodes: FlowNode[]) => void = () => undefined): Promise<Flow> =>
    loadExample(name, (nodes) => {
      const [broker = assert.fail('no broker')] = nodes.filter(({ type }) => type === 'mqtt-broker');
      Object.assign(broker, { broker: '127.0.0.1', port: String(office.mosquitto.port) });
      change(nodes);
    });

  describe('wallboard', () => {
    /** The page is for the browser; here it is what the flow sends to it. */
    const board = (): Promise<Flow> =>
      load('Fleet - wallboard on the dashboard', (nodes) => {
        for (const node of nodes) if (node.type === 'ui-template') node.type = 'helper';
        nodes.splice(0, Infinity, ...nodes.filter(({ type }) => !type.startsWith('ui-')));
      });
    const shown = (flow: Flow, fits: (board: Board) => boolean): Promise<Board> =>
      eventually(() => {
        const last = flow.messages(BOARD).at(-1)?.payload;
        // What a function node makes has other prototypes.
        const told = last && (JSON.parse(JSON.stringify(last)) as Board);
        return told && fits(told) ? told : undefined;
      });
    const talking = (callId: string, minutes: number, more: object = {}): Record<string, unknown> => {
      const time = new Date(Date.now() - minutes * 60_000).toISOString();
      const call = { callId, direction: 'inbound', callState: 'connected', startTime: time, answerTime: time, ...more };
      return { state: 'connected', calls: [call], ...call };
    };

    it('tells who talks with whom, who is offline, what was missed, and of the longest call', async () => {
      const one = await agent();
      const two = await agent({ id: 'desk-2', name: 'Desk 2' });
      const three = await agent({ id: 'desk-3', name: 'Desk 3' });
      await agent({ id: 'desk-4', name: 'Desk 4' });
      await one.stand(talking('a', 2, { number: '1005', name: 'Ada' }));
      await two.stand(talking('b', 65, { number: '1006' }));
      await three.incoming('+4930123456');
      const flow = await board();
      const all = await shown(flow, ({ phones, counts }) => phones === 4 && counts.calling === 1);
      assert.deepEqual(all.counts, { inCall: 2, calling: 1, free: 1, offline: 0, missed: 8 });
      assert.equal(all.longest?.desk, 'Desk 2');
      assert.deepEqual(
        all.calls.map(({ desk, callState, name, number }) => [desk, callState, name, number]),
        [
          ['Desk 2', 'connected', '', '1006'],
          ['Desk 1', 'connected', 'Ada', '1005'],
          ['Desk 3', 'ringing', 'Ada', '+4930123456'],
        ],
      );
      await two.die();
      const fewer = await shown(flow, ({ offline }) => offline.length === 1);
      assert.deepEqual(fewer.offline, [{ phone: 'desk-2', desk: 'Desk 2', why: 'agent_offline' }]);
      assert.deepEqual(fewer.counts, { inCall: 1, calling: 1, free: 1, offline: 1, missed: 6 });
      assert.equal(fewer.longest?.desk, 'Desk 1');
    });

    it('tells why a desk cannot be called though its agent is there', async () => {
      const one = await agent();
      const two = await agent({ id: 'desk-2' });
      await one.stand({ state: 'offline', calls: [], problem: 'not_running' });
      await two.stand({ state: 'idle', calls: [], registration: { state: 'unregistered' } });
      const flow = await board();
      const { offline } = await shown(
        flow,
        ({ offline: all }) => all.length === 2 && all.every(({ why }) => why !== 'offline'),
      );
      assert.deepEqual(
        offline.map(({ why }) => why),
        ['not_running', 'not_registered'],
      );
    });

    it('notes who is not to be disturbed, for whom messages wait, and what is wrong with a phone', async () => {
      const one = await agent();
      const two = await agent({ id: 'desk-2', name: 'Desk 2' });
      await agent({ id: 'desk-3' });
      const voicemail = { waiting: true, new: 2 };
      await one.stand({ state: 'idle', calls: [], features: { dnd: true }, voicemail });
      await two.stand({ state: 'idle', calls: [], problem: 'blocked', problemText: 'Error'.repeat(40) });
      const { notes, counts } = await shown(await board(), (all) => all.notes.length === 2 && all.phones === 3);
      assert.deepEqual(notes, [
        { phone: 'desk-1', desk: 'Desk 1', dnd: true, messages: 2 },
        { phone: 'desk-2', desk: 'Desk 2', problem: 'blocked', text: 'Error'.repeat(16) },
      ]);
      assert.equal(counts.free, 3);
    });

    it('asks for the table twice a second at most, and shows what came last', async () => {
      const one = await agent();
      const flow = await board();
      await shown(flow, ({ phones }) => phones === 1);
      const before = flow.messages(BOARD).length;
      const began = Date.now();
      for (let number = 1; number <= 100; number++) await one.incoming(String(number));
      const { calls } = await shown(flow, (all) => all.calls.some(({ number }) => number === '100'));
      assert.ok(calls.length <= 60);
      const most = (Date.now() - began) / 500 + 2;
      assert.ok(flow.messages(BOARD).length - before <= most);
    });

    it('passes on names as they are, but not without end', async () => {
      const one = await agent();
      const name = `<img src=x onerror=alert(1)>${'🙂'.repeat(500)}`;
      await one.stand(talking('a', 1, { name, number: '9'.repeat(300) }));
      const flow = await board();
      const { calls } = await shown(flow, (all) => all.calls.length === 1);
      const cut = Array.from(name).slice(0, 80).join('');
      assert.deepEqual(
        calls.map((call) => [call.name, call.number]),
        [[cut, '9'.repeat(80)]],
      );
    });

    it('never shows a call that begins in the future', async () => {
      const one = await agent();
      await one.stand(talking('a', -60));
      const { calls } = await shown(await board(), (all) => all.calls.length === 1);
      assert.ok((calls[0]?.since ?? Infinity) <= Date.now());
    });

    it('says that the broker is lost', async () => {
      await agent();
      const flow = await board();
      await shown(flow, ({ phones }) => phones === 1);
      const broker = helper.getNode('f1ee70000000aa0c') as unknown as { disconnect(done: () => void): void };
      await new Promise<void>((resolve) => {
        broker.disconnect(resolve);
      });
      await shown(flow, ({ brokerLost }) => brokerLost);
    });

    it('has buttons that play a call at a desk on the simulator', async () => {
      const one = await agent();
      const flow = await board();
      await shown(flow, ({ phones }) => phones === 1);
      flow.send('somebody calls desk-1', {});
      flow.send('the caller gives up', {});
      await eventually(() => one.commands.length === 2 || undefined);
      assert.deepEqual(
        one.commands.map(({ type, action }) => [type, action]),
        [
          ['simulate', 'incoming'],
          ['simulate', 'hangup'],
        ],
      );
      assert.deepEqual(flow.messages('why') satisfies Message[], []);
    });
  });

  it('hangs up everywhere, and tells what became of it at each desk', async () => {
    const noCall = { ok: false, error: { code: 'no_call', message: 'x' } };
    const one = await agent({ id: 'desk-1', name: 'Desk 1' });
    const two = await agent({ id: 'desk-2', name: 'Desk 2', answer: () => noCall, groups: ['support'] });
    await agent({ id: 'desk-3', name: 'Desk 3', answer: () => undefined, groups: ['support'] });
    await agent({ id: 'desk-4', answer: () => ({ ok: false, error: { code: 'timeout', message: 'x' } }), groups: [] });
    const flow = await load('Fleet - hang up on all phones', (nodes) => {
      for (const node of nodes) if (node.type === 'microsip-fleet') node['timeout'] = 1;
    });
    const told = async (): Promise<unknown[]> => {
      const { payload } = await flow.until('desks');
      flow.messages('desks').length = 0;
      return (payload as unknown as { phone: string; became: string }[]).map(({ phone, became }) => [phone, became]);
    };
    flow.send('all hang up', {});
    const all = await told();
    assert.deepEqual(all.slice(0, 3), [
      ['desk-1', 'hung up'],
      ['desk-2', 'had no call'],
      ['desk-3', 'has not answered'],
    ]);
    assert.deepEqual([one.commands[0]?.['type'], one.commands[0]?.['scope']], ['hangup', 'all']);
    flow.send('sales hangs up', {});
    assert.deepEqual(await told(), [['desk-1', 'hung up']]);
    assert.equal(two.commands.length, 1);
    await one.die();
    await agent({ id: 'desk-5', answer: () => noCall });
    flow.send('sales hangs up', {});
    assert.deepEqual(await told(), [['desk-5', 'had no call']]);
    flow.send('somebody calls desk-1', {});
    await one.event('phone_online').catch(() => undefined);
    assert.deepEqual(flow.messages('desks'), []);
  });

  it('SQLite: each call of each desk once, whatever the caller is called', async function () {
    if (!('getBuiltinModule' in process) || !process.getBuiltinModule('node:sqlite'))
      skipBecause(this, `Node.js ${process.version} has no SQLite`);
    const folder = mkdtempSync(join(tmpdir(), 'microsip-fleet-sqlite-'));
    const desks = [await agent(), await agent({ id: 'desk-2', name: 'Desk 2' })];
    const flow = await load('Fleet - call log of the whole office in SQLite', (nodes) => {
      setEnv(nodes, { FLEET_CALL_LOG_DB: join(folder, 'calls.db') });
    });
    await eventually(() => flow.statusOf('f1ee70000000ae0b')['online'] === 2 || undefined);
    const time = new Date().toISOString();
    const name = "'); DROP TABLE calls;--";
    const call = { direction: 'inbound', number: '1005', name, disposition: 'missed', startTime: time, endTime: time };
    for (const desk of desks)
      for (const callId of ['a', 'b', 'a']) await desk.finished({ callId, ...call, endedBy: 'remote' });
    await flow.until('calls', ({ payload }) => payload['calls'] === 4);
    // As it is told again by an agent that was started anew.
    flow.send('f1ee70000000ae07', {
      ...{ topic: 'desk-1/call_log', phone: 'desk-1', callId: 'a' },
      payload: { phone: 'Desk 1', ...call },
    });
    flow.messages('calls').length = 0;
    flow.send('by desk', {});
    const { payload } = await flow.until('calls', (msg) => Array.isArray(msg.payload));
    assert.deepEqual(JSON.parse(JSON.stringify(payload)), [
      { phone: 'desk-1', calls: 2, missed: 2, seconds: 0 },
      { phone: 'desk-2', calls: 2, missed: 2, seconds: 0 },
    ]);
    flow.messages('calls').length = 0;
    flow.send('missed calls', {});
    const missed = await flow.until('calls', (msg) => Array.isArray(msg.payload));
    assert.equal((missed.payload as unknown as { name: string }[])[0]?.name, name);
    await helper.unload();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
});
