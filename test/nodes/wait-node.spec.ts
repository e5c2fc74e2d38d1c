import assert from 'node:assert/strict';
import { Flow, nodeSuite, PHONE, type Message } from './flow';

const flowWith = (wait: object): { id: string; type: string }[] => [
  PHONE,
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] },
  { id: 'wait', type: 'microsip-wait', ...{ phone: 'phone', wires: [['reached'], ['not']] }, ...wait },
  { id: 'answer', type: 'microsip-answer', phone: 'phone', wires: [[]] },
  { id: 'answer chosen', type: 'microsip-answer', ...{ phone: 'phone', call: 'msg', wires: [[]] } },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  ...['events', 'reached', 'not', 'errors'].map((id) => ({ id, type: 'helper' })),
];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

nodeSuite('wait until node', () => {
  let flow: Flow;
  const load = async (until: unknown, timeout: unknown = 5): Promise<void> => {
    flow = await Flow.load(flowWith({ until, timeout }));
  };
  const play = (action: string): void => {
    flow.send('sim', { payload: { action } });
  };
  const incoming = async (nth = 1): Promise<unknown> => {
    // MicroSIP refuses a second call of the same caller.
    flow.send('sim', { payload: { action: 'incoming', number: `100${nth}` } });
    return (await flow.event('events', 'incoming', nth))['callId'];
  };
  const stateOf = (msg: Message): unknown => (msg['call'] as Record<string, unknown> | undefined)?.['callState'];
  const nothing = (...ids: string[]): void => {
    for (const id of ids) assert.deepEqual(flow.messages(id), []);
  };

  it('a phone that is in the state already lets the message pass at once', async () => {
    await load(['idle', 'held']);
    flow.send('wait', { payload: 'kept', topic: 'mine', call: 'an old one' });
    const msg = await flow.until('reached');
    assert.deepEqual([msg.payload, msg.topic, 'call' in msg], ['kept', 'mine', false]);
  });

  it('waits until the phone is idle, however many calls it has', async () => {
    await load(['idle']);
    await incoming();
    await incoming(2);
    flow.send('wait', {});
    play('hangup');
    await flow.event('events', 'ended');
    await pause(30);
    nothing('reached', 'not');
    play('hangup');
    assert.equal(stateOf(await flow.until('reached')), 'ended');
  });

  it('waits for an event, also several messages at once', async () => {
    await load(['answered']);
    const callId = await incoming();
    flow.send('wait', { payload: 1 });
    flow.send('wait', { payload: 2, callId });
    flow.send('wait', { payload: { callId } });
    await pause(30);
    nothing('reached', 'not');
    flow.send('answer', {});
    await flow.until('reached', () => flow.messages('reached').length === 3);
    assert.deepEqual(flow.messages('reached').map(stateOf), ['connected', 'connected', 'connected']);
  });

  it('without any call waits for one', async () => {
    await load(['ringing']);
    flow.send('wait', {});
    const callId = await incoming();
    const msg = await flow.until('reached');
    assert.equal((msg['call'] as Record<string, unknown>)['callId'], callId);
  });

  it('takes the second output when the call ends first', async () => {
    await load(['connected']);
    const callId = await incoming();
    flow.send('wait', { payload: 'current' });
    flow.send('wait', { payload: 'named', callId });
    play('hangup');
    await flow.until('not', () => flow.messages('not').length === 2);
    assert.deepEqual(flow.messages('not').map(stateOf), ['ended', 'ended']);
    nothing('reached');
  });

  it('takes the second output when MicroSIP is gone', async () => {
    await load(['connected']);
    await incoming();
    flow.send('wait', {});
    play('crash');
    assert.equal(stateOf(await flow.until('not')), 'ended');
  });

  it('goes by the named call, whatever the others do', async () => {
    await load(['connected']);
    const first = await incoming();
    const second = await incoming(2);
    flow.send('wait', { callId: first });
    flow.send('answer chosen', { callId: second });
    assert.equal((await flow.event('events', 'answered'))['callId'], second);
    await pause(30);
    nothing('reached', 'not');
  });

  it('a call that is not known has ended', async () => {
    await load(['connected']);
    flow.send('wait', { callId: 'nobody' });
    assert.equal(stateOf(await flow.until('not')), undefined);
    nothing('reached');
  });

  it('a call that is not known has ended, which may be waited for', async () => {
    await load(['ended']);
    flow.send('wait', { callId: 'nobody' });
    await flow.until('reached');
    nothing('not');
  });

  it('a call that was answered before counts as answered', async () => {
    await load(['answered']);
    const callId = await incoming();
    flow.send('answer', {});
    await flow.event('events', 'answered');
    flow.send('wait', { callId });
    await flow.until('reached');
  });

  it('takes the second output after the timeout', async () => {
    await load(['answered'], '0.1');
    await incoming();
    flow.send('wait', {});
    assert.equal(stateOf(await flow.until('not')), 'ringing');
    flow.send('answer', {});
    await flow.event('events', 'answered');
    nothing('reached');
  });

  it('goes on waiting while the phone is closed, until the timeout', async () => {
    await load(['incoming'], 0.3);
    flow.send('wait', { payload: 1 });
    flow.send('wait', { action: 'disconnect', payload: 2 });
    await flow.until('reached', (msg) => (msg.payload as unknown) === 2);
    await pause(50);
    nothing('not');
    assert.equal((await flow.until('not')).payload, 1);
  });

  it('sees the phone go and come', async () => {
    await load(['offline']);
    flow.send('wait', {});
    await pause(50);
    nothing('reached', 'not');
    play('crash');
    await flow.until('reached');
  });

  for (const [until, timeout] of [
    [[], 5],
    [undefined, 5],
    [['dinner'], 5],
    [['snapshot'], 5],
    [['idle'], 'soon'],
    [['idle'], -1],
  ] as const) {
    it(`${JSON.stringify({ until, timeout })} gives config`, async () => {
      await load(until, timeout);
      flow.send('wait', {});
      const { error } = (await flow.until('errors')) as unknown as { error: { code: string; message: string } };
      assert.equal(error.code, 'config');
      nothing('reached', 'not');
    });
  }

  it('without a phone gives config', async () => {
    flow = await Flow.load(flowWith({ until: ['idle'], phone: 'gone' }));
    flow.send('wait', {});
    const { error } = (await flow.until('errors')) as unknown as { error: { code: string } };
    assert.equal(error.code, 'config');
  });
});
