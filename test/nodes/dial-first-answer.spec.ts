import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import type { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { eventually } from '../support/eventually';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type FlowNode } from './flow';

interface Result {
  outcome: string;
  number?: string;
  callId?: string;
  calls: { number: string; became: string }[];
}

interface LoadOptions {
  single: boolean;
  ringing?: string;
  /** s between two dials; the example has 1.2. */
  between?: number;
}

const PHONE = 'fda9d0988e6aa702';
const CALLER = 'f1a57a5e00000007';

nodeSuite('example: first answer wins, with one phone', () => {
  afterEach(() => helper.unload());
  let flow: Flow;
  let nodes: FlowNode[];
  let microsip: SimulatedMicrosip;

  async function load({ single, ringing = '30', between = 0.05 }: LoadOptions): Promise<void> {
    flow = await loadExample('Dial - first answer wins', (all) => {
      setEnv(all, { RINGING: ringing });
      for (const node of all) {
        if (node.type === 'microsip-phone') Object.assign(node, { dialsPerSecond: 100, dialsPerMinute: 1000 });
        if (node.id === CALLER) node['func'] = String(node['func']).replace('BETWEEN = 1.2', `BETWEEN = ${between}`);
      }
      nodes = all;
    });
    const { service } = flow.node(PHONE) as unknown as PhoneNode;
    microsip = await eventually(() => (service.simulated?.isReady ? service.simulated : undefined));
    microsip.setSingleMode(single);
  }
  const numbers = (): string[] => microsip.calls.all.map(({ number }) => number);
  const of = (number: string): string => microsip.calls.all.find((one) => one.number === number)?.sipCallId ?? '';
  const ringing = (...wanted: string[]): Promise<unknown> =>
    eventually(() => (numbers().join() === wanted.join() ? true : undefined));
  const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 200));
  const start = async (): Promise<void> => {
    await settled();
    flow.send('somebody has to come', {});
  };
  const result = async (): Promise<Result> =>
    JSON.parse(JSON.stringify((await flow.until('who has answered')).payload)) as Result;
  const became = ({ calls }: Result): string[] => calls.map((one) => one.became);

  it('rings all at once in multi-call mode, and keeps the call that is answered', async () => {
    await load({ single: false });
    await start();
    await ringing('1001', '1002', '1003');
    microsip.far.answer(of('1002'));
    const { outcome, number, callId, ...all } = await result();
    assert.deepEqual([outcome, number], ['answered', '1002']);
    assert.match(callId ?? '', /\w/);
    assert.deepEqual(became({ outcome, ...all }), ['hung_up', 'answered', 'hung_up']);
    await ringing('1002');
    await settled();
    assert.equal(microsip.calls.all[0]?.stage, 'confirmed');
    assert.ok(!microsip.journal.details('received').includes('/hangupall'));
  });

  it('hangs up the second one who answers', async () => {
    await load({ single: false });
    await start();
    await ringing('1001', '1002', '1003');
    microsip.far.answer(of('1001'));
    microsip.far.answer(of('1003'));
    assert.equal((await result()).number, '1001');
    await ringing('1001');
  });

  it('calls one after the other in single-call mode', async () => {
    await load({ single: true, ringing: '0.3' });
    await start();
    await ringing('1001');
    microsip.far.busy();
    await ringing('1002');
    await ringing('1003');
    microsip.far.answer();
    const told = await result();
    assert.deepEqual(
      [told.outcome, told.number, became(told)],
      ['answered', '1003', ['busy', 'no_answer', 'answered']],
    );
    await settled();
    assert.deepEqual(numbers(), ['1003']);
  });

  it('calls nobody more once somebody has answered', async () => {
    // Long enough for the answer to come before the next dial is begun, on a busy machine too.
    await load({ single: true, between: 1.2 });
    await start();
    await ringing('1001');
    microsip.far.answer();
    const told = await result();
    assert.deepEqual(became(told), ['answered', 'not_called', 'not_called']);
    microsip.far.hangup();
    await settled();
    assert.deepEqual(numbers(), []);
  });

  for (const single of [true, false]) {
    const mode = single ? 'single-call' : 'multi-call';

    it(`ends when nobody answers in time, in ${mode} mode`, async () => {
      await load({ single, ringing: '0.3' });
      await start();
      const told = await result();
      assert.equal(told.outcome, 'nobody_answered');
      assert.deepEqual(became(told), ['no_answer', 'no_answer', 'no_answer']);
      assert.deepEqual(numbers(), []);
    });

    it(`stops at any time, in ${mode} mode`, async () => {
      await load({ single });
      await start();
      await (single ? ringing('1001') : ringing('1001', '1002', '1003'));
      await settled();
      flow.send('stop', {});
      assert.equal((await result()).outcome, 'stopped');
      await ringing();
      await settled();
      assert.deepEqual(numbers(), []);
    });
  }

  it('begins nothing on top of a call, nor while the phone is offline', async () => {
    await load({ single: false });
    microsip.far.incoming({ number: '1009' });
    await start();
    assert.equal((await result()).outcome, 'phone_not_free');
    assert.deepEqual(numbers(), ['1009']);
    flow.messages('who has answered').length = 0;
    microsip.crash();
    await start();
    assert.equal((await result()).outcome, 'phone_not_free');
  });

  it('tells when the phone goes in the midst of it, and can be used again', async () => {
    await load({ single: false });
    await start();
    await ringing('1001', '1002', '1003');
    await settled();
    microsip.crash();
    assert.equal((await result()).outcome, 'nobody_answered');
    flow.messages('who has answered').length = 0;
    microsip.start();
    await settled();
    await start();
    await ringing('1001', '1002', '1003');
    microsip.far.answer(of('1003'));
    assert.equal((await result()).number, '1003');
  });

  it('goes on after a deploy in the midst of it', async () => {
    await load({ single: false });
    await start();
    await ringing('1001', '1002', '1003');
    await settled();
    await helper.setFlows(nodes, 'full');
    await settled();
    assert.deepEqual(numbers(), ['1001', '1002', '1003']);
    microsip.far.answer(of('1002'));
    await ringing('1002');
    await settled();
    assert.deepEqual(numbers(), ['1002']);
  });
});
