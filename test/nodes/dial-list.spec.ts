import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import type { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { eventually } from '../support/eventually';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type FlowNode } from './flow';

const EXAMPLE = 'Dial - call a list of numbers';
const PHONE = 'fda9d0988e6aa702';
const CALLER = 'c0f1d1a700000008';
interface Kept {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}
const ALWAYS = { PAUSE: '0.05', RINGING: '30', DAYS: 'SunMonTueWedThuFriSat', OPENS: '0', CLOSES: '24' };

nodeSuite('example: call a list of numbers', () => {
  afterEach(() => helper.unload());
  let flow: Flow;
  let nodes: FlowNode[];
  let microsip: SimulatedMicrosip;

  async function load(env: Record<string, string> = {}, csv?: string): Promise<void> {
    flow = await loadExample(EXAMPLE, (all) => {
      setEnv(all, { ...ALWAYS, ...env });
      for (const node of all) {
        if (node.id === 'call this list' && csv !== undefined) node['payload'] = csv;
        if (node.type === 'microsip-phone') Object.assign(node, { dialsPerSecond: 100, dialsPerMinute: 1000 });
      }
      nodes = all;
    });
    const { service } = flow.node(PHONE) as unknown as PhoneNode;
    const { simulated } = await eventually(() => (service.simulated?.isReady ? service : undefined));
    microsip = simulated as SimulatedMicrosip;
  }
  const dialled = (): string[] => microsip.journal.details('received').filter((text) => /^\+?\d+$/.test(text));
  const call = (rows: unknown[]): void => {
    flow.send(CALLER, { payload: rows });
  };
  const outcomes = (): unknown[] =>
    flow.messages('the outcome').map(({ payload }) => [payload['number'], payload['outcome']]);
  const calling = (number: string): Promise<unknown> =>
    eventually(() => microsip.calls.all.some((one) => one.number === number) || undefined);
  const outcomesKept = (): unknown[] => {
    const { flow: kept } = (flow.node(CALLER) as unknown as { context(): { flow: Kept } }).context();
    const { rows } = kept.get('dialList') as { rows: { outcome?: string }[] };
    return rows.filter(({ outcome }) => outcome !== undefined);
  };
  const status = (text: RegExp): Promise<unknown> =>
    eventually(() => text.test(String(flow.statusOf(CALLER)['text'])) || undefined);
  const told = async (): Promise<string> => (await flow.until('the list')).payload as unknown as string;

  it('calls one after the other and writes each outcome into the CSV', async () => {
    await load({}, 'name,number\n"Lovelace, Ada",1001\nGrace,+49301\nAlan,1003\nNo,/exit\n');
    flow.send('call this list', {});
    await calling('1001');
    microsip.far.busy();
    await calling('+49301');
    microsip.far.ring();
    microsip.far.answer();
    microsip.far.hangup();
    await calling('1003');
    microsip.far.noAnswer();
    const [head, ...rows] = (await told()).trim().split('\r\n');
    assert.equal(head, 'name,number,outcome,called,seconds');
    assert.deepEqual(
      rows.map((row) => row.replace(/,\d{4}-\d\d-\d\dT[\d:.]+Z,/, ',(time),').replace(/,+$/, '')),
      [
        '"Lovelace, Ada",1001,busy,(time),0',
        'Grace,+49301,answered,(time),0',
        'Alan,1003,no_answer,(time),0',
        'No,/exit,invalid_number',
      ],
    );
    assert.deepEqual(outcomes().length, 4);
    assert.deepEqual(dialled(), ['1001', '+49301', '1003']);
    await status(/^1 of 4 answered$/);
  });

  it('hangs up what nobody answers', async () => {
    await load({ RINGING: '0.1' });
    call(['1001', 1002]);
    await calling('1001');
    microsip.far.ring();
    await calling('1002');
    microsip.far.answer();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(microsip.calls.all.length, 1, 'a conversation goes on');
    microsip.far.hangup();
    assert.match(await told(), /1001,no_answer/);
    assert.deepEqual(outcomes(), [
      ['1001', 'no_answer'],
      [1002, 'answered'],
    ]);
  });

  it('stops at any time: hangs up what rings, and tells whom it has not called', async () => {
    await load();
    call(['1001', '1002', '1003']);
    await calling('1001');
    await eventually(() => (microsip.calls.all.length === 1 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 100));
    flow.send('stop', {});
    const list = await told();
    assert.match(list, /1001,cancelled/);
    assert.match(list, /1002,not_called/);
    assert.deepEqual(dialled(), ['1001']);
    flow.messages('the list').length = 0;
    call(['1004']);
    await calling('1004');
  });

  describe('while a dial is under way', () => {
    const STATUS = 'c0f1d1a700000006';
    const DIAL = 'c0f1d1a700000009';
    const HANG_UP = 'c0f1d1a70000000a';
    let dialKey: unknown;
    const next = async (id: string): Promise<Record<string, unknown>> => {
      const msg = await flow.until(id);
      flow.messages(id).length = 0;
      return msg;
    };
    beforeEach(async () => {
      flow = await loadExample(EXAMPLE, (all) => {
        setEnv(all, ALWAYS);
        for (const node of all) if ([STATUS, DIAL, HANG_UP].includes(node.id)) node.type = 'helper';
      });
      flow.send(CALLER, { payload: { event: 'snapshot', state: 'idle' } });
      call(['1001', '1002']);
      ({ dialKey } = await next(DIAL));
      flow.send(CALLER, { payload: { event: 'outgoing', state: 'dialing', callId: '1' } });
    });
    const fails = (error: object): void => {
      flow.send(CALLER, { dialKey, error });
    };

    it('is stopped: the call that comes of it is hung up', async () => {
      flow.send('stop', {});
      await eventually(() => outcomesKept().length === 1 || undefined);
      flow.send(CALLER, { dialKey, callId: '1' });
      assert.equal((await next(HANG_UP))['callId'], '1');
    });

    it('is stopped: what fails is not tried again', async () => {
      flow.send('stop', {});
      await eventually(() => outcomesKept().length === 1 || undefined);
      fails({ code: 'not_registered', message: '' });
      assert.match(await told(), /1001,stopped\r\n1002,not_called/);
    });

    it('is tried again when the phone was asked too often', async () => {
      fails({ code: 'refused', cause: 'rate', message: 'Too many' });
      flow.send(CALLER, { payload: { event: 'ended', state: 'idle' } });
      assert.equal((await next(DIAL))['payload'], '1001');
      assert.deepEqual(flow.messages('the outcome'), []);
    });
  });

  it('calls nobody after a start of Node-RED, even with what a file has kept', async () => {
    await load();
    call(['1001', '1002']);
    await calling('1001');
    const { flow: kept } = (flow.node(CALLER) as unknown as { context(): { flow: Kept } }).context();
    await helper.setFlows(
      nodes.filter(({ id }) => id !== CALLER),
      'full',
    );
    kept.set('dialList', JSON.parse(JSON.stringify(kept.get('dialList'))));
    await helper.setFlows(nodes, 'full');
    microsip.far.busy();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(dialled(), ['1001']);
  });

  it('stops, and lets a conversation go on', async () => {
    await load();
    call(['1001', '1002']);
    await calling('1001');
    microsip.far.answer();
    await eventually(() => (microsip.calls.all[0]?.stage === 'confirmed' ? true : undefined));
    flow.send('stop', {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(microsip.calls.all.length, 1);
    assert.deepEqual(flow.messages('the list'), []);
    microsip.far.hangup();
    assert.match(await told(), /1001,answered.*\r\n1002,not_called/);
  });

  it('never dials on top of a call, also not in multi-call mode', async () => {
    await load();
    microsip.setSingleMode(false);
    const other = microsip.far.incoming({ number: '1009' });
    call(['1001', '1002']);
    await status(/waits for the phone/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(dialled(), []);
    microsip.far.hangup(other);
    await calling('1001');
    microsip.user.dial('1008');
    microsip.far.busy(microsip.calls.all.find(({ number }) => number === '1001')?.sipCallId);
    await eventually(() => outcomes()[0]);
    await status(/waits for the phone/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(dialled(), ['1001']);
    microsip.far.busy();
    await calling('1002');
  });

  it('waits while the phone is offline or not registered', async () => {
    await load();
    call(['1001', '1002', '1003']);
    await calling('1001');
    microsip.crash();
    await eventually(() => outcomes()[0]);
    assert.equal(dialled().length, 1);
    await status(/waits for the phone/);
    microsip.start();
    await calling('1002');
    microsip.unregister();
    microsip.far.busy();
    await eventually(() => outcomes()[1]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(dialled().length, 2);
    microsip.register();
    await calling('1003');
    microsip.far.busy();
    assert.match(await told(), /1002,busy.*\r\n1003,busy/);
  });

  it('calls within its hours only', async () => {
    await load({ OPENS: '0', CLOSES: '0' });
    call(['1001']);
    await status(/waits for SunMon/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(dialled(), []);
  });

  it('takes no second list meanwhile, and leaves out what has an outcome', async () => {
    await load();
    call([{ number: '1001', outcome: 'answered' }, { number: '1002' }]);
    await calling('1002');
    call(['1005']);
    microsip.far.reject();
    const list = await told();
    assert.match(list, /1001,answered/);
    assert.match(list, /1002,rejected/);
    assert.deepEqual(dialled(), ['1002']);
  });

  it('goes on after a deploy in the midst of it, and calls nobody twice', async () => {
    await load();
    call(['1001', '1002', '1003']);
    await calling('1001');
    microsip.far.answer();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await helper.setFlows(nodes, 'full');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(dialled(), ['1001']);
    microsip.far.hangup();
    await calling('1002');
    microsip.far.busy();
    await calling('1003');
    assert.deepEqual(dialled(), ['1001', '1002', '1003']);
  });
});
