import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { AgentPhoneConfig } from '../../src/agent/config/agent-config';
import { eventually } from '../support/eventually';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../support/mosquitto';
import { deskPhone, RunningAgents } from '../support/running-agents';
import { skipBecause } from '../support/skip';
import { loadExample } from './example';
import { nodeSuite, type Flow } from './flow';

interface Result {
  outcome: string;
  phone?: string;
  number?: string;
  calls: { phone: string; number: string; became: string }[];
  notCalled: string[];
}

const FLEET = 'f1ee70000000ad0b';
const TASK = 'f1ee70000000ad06';

/** The tests dial faster than people do. */
const desk = (id: string, group: string): AgentPhoneConfig =>
  deskPhone(id, { groups: [group], phone: { name: id, connection: 'simulator', dialsPerSecond: 10 } });

nodeSuite('example: first answer wins', () => {
  let mosquitto: Mosquitto;
  before(async function () {
    const why = whyNoMosquitto();
    if (why !== undefined) skipBecause(this, why);
    mosquitto = await startMosquitto();
  });
  after(() => (mosquitto as Mosquitto | undefined)?.stop());
  afterEach(() => helper.unload());
  const agents = new RunningAgents();
  let base = 0;

  /** @param desks of the group `sales`; desk-9 is of another one */
  async function load(desks: number, ringing?: number): Promise<Flow> {
    base += 1;
    const sales = Array.from({ length: desks }, (_, nth) => desk(`desk-${nth + 1}`, 'sales'));
    await agents.start({
      ...{ broker: { url: mosquitto.url }, base: `office-${base}` },
      phones: [...sales, desk('desk-9', 'support')],
    });
    const flow = await loadExample('Fleet - first answer wins', (nodes) => {
      nodes.push({ id: 'table', type: 'helper' });
      for (const node of nodes) {
        if (node.type === 'mqtt-broker') Object.assign(node, { broker: '127.0.0.1', port: String(mosquitto.port) });
        if (node.type === 'microsip-fleet') Object.assign(node, { base: `office-${base}`, wires: [[TASK, 'table']] });
        if (node.id === TASK && ringing !== undefined)
          node['func'] = String(node['func']).replace('RINGING = 30', `RINGING = ${ringing}`);
      }
    });
    await idle(flow, desks + 1);
    return flow;
  }
  const idle = (flow: Flow, phones: number): Promise<unknown> =>
    eventually(() => {
      const rows = flow.messages('table').findLast(({ topic }) => topic === 'fleet/phones')?.payload as unknown as
        { state: string; agent?: string }[] | undefined;
      flow.messages('table').length = 0;
      const ready = rows?.filter(({ state, agent }) => state === 'idle' && agent !== undefined).length;
      if (ready === phones) return true;
      flow.send(FLEET, { payload: 'who is there?' });
      return undefined;
    });
  const calls = (desk: number): readonly unknown[] => agents.microsip(`desk-${desk}`).calls.all;
  const calling = (...desks: number[]): Promise<unknown> =>
    eventually(() => desks.every((desk) => calls(desk).length === 1) || undefined);
  const start = async (flow: Flow, ...desks: number[]): Promise<void> => {
    flow.send('somebody has to come', {});
    await calling(...desks);
    await eventually(() => /^calling/.test(String(flow.statusOf(TASK)['text'])) || undefined);
  };
  const result = async (flow: Flow): Promise<Result> => {
    const { payload } = await flow.until('who has answered');
    flow.messages('who has answered').length = 0;
    return JSON.parse(JSON.stringify(payload)) as Result;
  };
  const free = (...desks: number[]): Promise<unknown> =>
    eventually(() => desks.every((desk) => calls(desk).length === 0) || undefined);

  it('keeps the call that is answered first, and hangs up the others', async () => {
    const flow = await load(3);
    await start(flow, 1, 2, 3);
    flow.send('desk-2 is answered', {});
    const { outcome, phone, number, calls: all, notCalled } = await result(flow);
    assert.deepEqual([outcome, phone, number, notCalled], ['answered', 'desk-2', '1002', []]);
    assert.deepEqual(
      all.map(({ number: called, became }) => [called, became]),
      [
        ['1001', 'hung up'],
        ['1002', 'answered'],
        ['1003', 'hung up'],
      ],
    );
    await free(1, 3);
    assert.deepEqual([calls(2).length, calls(9).length], [1, 0]);
  });

  it('hangs up the second one who answers', async () => {
    const flow = await load(2);
    await start(flow, 1, 2);
    agents.microsip('desk-1').far.answer();
    agents.microsip('desk-2').far.answer();
    const { outcome, phone } = await result(flow);
    assert.equal(outcome, 'answered');
    await free(phone === 'desk-1' ? 2 : 1);
    assert.equal(calls(phone === 'desk-1' ? 1 : 2).length, 1);
  });

  it('calls as many as there are free desks, and tells whom it has not called', async () => {
    const flow = await load(2);
    agents.microsip('desk-1').far.incoming({ number: '1005' });
    await eventually(() => flow.statusOf(FLEET)['calling'] === 1 || undefined);
    await start(flow, 2);
    flow.send('stop', {});
    const { outcome, calls: all, notCalled } = await result(flow);
    assert.deepEqual([outcome, notCalled], ['stopped', ['1002', '1003']]);
    assert.deepEqual(all, [{ phone: 'desk-2', number: '1001', became: 'hung up' }]);
    await free(2);
    assert.equal(calls(1).length, 1, 'the call of somebody else goes on');
  });

  it('ends when nobody answers in time', async () => {
    const flow = await load(1, 2);
    await start(flow, 1);
    assert.equal((await result(flow)).outcome, 'nobody answered');
    await free(1);
  });

  it('ends as soon as all have declined, and can be used again', async () => {
    const flow = await load(2);
    await start(flow, 1, 2);
    agents.microsip('desk-1').far.busy();
    agents.microsip('desk-2').far.reject();
    const { outcome, calls: all } = await result(flow);
    assert.equal(outcome, 'nobody answered');
    assert.deepEqual(
      all.map(({ became }) => became),
      ['busy', 'rejected'],
    );
    await idle(flow, 3);
    await start(flow, 1, 2);
    flow.send('desk-2 is answered', {});
    assert.equal((await result(flow)).phone, 'desk-2');
  });

  it('says that no desk is free', async () => {
    const flow = await load(0);
    flow.send('somebody has to come', {});
    const { outcome, notCalled } = await result(flow);
    assert.deepEqual([outcome, notCalled], ['no desk is free', ['1001', '1002', '1003']]);
  });
});
