import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { Flow, nodeSuite, PHONE, type Message } from './flow';

type Fields = Record<string, unknown>;

const flowWith = (dial: object): { id: string; type: string }[] => [
  PHONE,
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] },
  { id: 'dial', type: 'microsip-dial', ...{ phone: 'phone', wires: [['reached'], ['not']] }, ...dial },
  { id: 'hangup', type: 'microsip-hangup', phone: 'phone', wires: [[]] },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  { id: 'complete', type: 'complete', ...{ scope: ['dial'], wires: [['completed']] } },
  ...['events', 'reached', 'not', 'errors', 'completed'].map((id) => ({ id, type: 'helper' })),
];

nodeSuite('dial node that waits', () => {
  let flow: Flow;
  const play = (action: string): void => {
    flow.send('sim', { payload: { action } });
  };
  const dial = async (more: object): Promise<void> => {
    flow = await Flow.load(flowWith(more));
    flow.send('dial', { payload: '1002', mine: 1, call: 'an old one' });
    await flow.event('events', 'outgoing');
  };
  const callOf = (msg: Message): Fields => msg['call'] as Fields;
  const callNow = (msg: Message): unknown[] => ['callState', 'disposition'].map((name) => callOf(msg)[name]);
  const nothing = (id: string): void => {
    assert.deepEqual(flow.messages(id), []);
  };

  it('for alerting goes on when the far end rings', async () => {
    await dial({ waitFor: 'alerting' });
    nothing('reached');
    play('ring');
    const msg = await flow.until('reached');
    assert.deepEqual(callNow(msg), ['alerting', undefined]);
    assert.deepEqual([msg.payload, msg['mine']], ['1002', 1]);
    assert.equal(msg['callId'], callOf(msg)['callId']);
    assert.equal(msg['callId'], flow.messages('events').find((event) => event['callId'])?.['callId']);
    assert.match(String(callOf(msg)['startTime']), /Z$/);
    nothing('not');
  });

  it('for alerting goes on when the far end answers without ringing', async () => {
    await dial({ waitFor: 'alerting' });
    play('answer');
    assert.deepEqual(callNow(await flow.until('reached')), ['connected', undefined]);
  });

  it('for answered goes on when the far end answers, not before', async () => {
    await dial({ waitFor: 'answered' });
    play('ring');
    await flow.event('events', 'alerting');
    nothing('reached');
    nothing('completed');
    play('answer');
    assert.deepEqual(callNow(await flow.until('reached')), ['connected', undefined]);
    await flow.until('completed');
    play('hangup');
    await flow.event('events', 'ended');
    assert.equal(flow.messages('reached').length, 1);
    nothing('not');
  });

  for (const [action, disposition] of [
    ['busy', 'busy'],
    ['reject', 'rejected'],
    ['no-answer', 'no_answer'],
  ] as const) {
    it(`for answered takes the second output when the far end plays ${action}`, async () => {
      await dial({ waitFor: 'answered' });
      play(action);
      assert.deepEqual(callNow(await flow.until('not')), ['ended', disposition]);
      nothing('reached');
      nothing('errors');
    });
  }

  it('for answered takes the second output when we hang up', async () => {
    await dial({ waitFor: 'answered' });
    flow.send('hangup', {});
    assert.deepEqual(callNow(await flow.until('not')), ['ended', 'cancelled']);
  });

  it('for answered takes the second output when MicroSIP is gone', async () => {
    await dial({ waitFor: 'answered' });
    play('crash');
    assert.equal(callNow(await flow.until('not'))[0], 'ended');
  });

  for (const [answered, action, disposition] of [
    [true, 'hangup', 'answered'],
    [false, 'busy', 'busy'],
  ] as const) {
    it(`for ended goes on when a call that was ${answered ? '' : 'not '}answered ends`, async () => {
      await dial({ waitFor: 'ended' });
      if (answered) {
        play('answer');
        await flow.event('events', 'answered');
      }
      nothing('reached');
      play(action);
      assert.deepEqual(callNow(await flow.until('reached')), ['ended', disposition]);
    });
  }

  for (const waitTimeout of [0.15, '0.15']) {
    it(`takes the second output after the ${typeof waitTimeout} waitTimeout`, async () => {
      await dial({ waitFor: 'answered', waitTimeout });
      play('ring');
      assert.deepEqual(callNow(await flow.until('not')), ['alerting', undefined]);
      play('answer');
      await flow.event('events', 'answered');
      nothing('reached');
    });
  }

  it('waits for its own call, not for another', async () => {
    await dial({ waitFor: 'ended' });
    play('answer');
    await flow.event('events', 'answered');
    play('incoming');
    const { callId } = await flow.event('events', 'incoming');
    flow.send('sim', { payload: { action: 'hangup', callId } });
    assert.equal((await flow.event('events', 'ended'))['callId'], callId);
    nothing('reached');
    play('hangup');
    const own = (await flow.event('events', 'ended', 2))['callId'];
    assert.equal((await flow.until('reached'))['callId'], own);
  });

  it('a failure of the command is an error and takes no output', async () => {
    flow = await Flow.load(flowWith({ waitFor: 'answered' }));
    flow.send('dial', { payload: '/exit' });
    const { error } = (await flow.until('errors')) as unknown as { error: { code: string } };
    assert.equal(error.code, 'invalid_number');
    nothing('not');
    nothing('reached');
  });

  for (const wrong of [{ waitFor: 'dinner' }, { waitFor: 'answered', waitTimeout: 'soon' }]) {
    it(`${JSON.stringify(wrong)} gives config, and nothing is dialled`, async () => {
      flow = await Flow.load(flowWith(wrong));
      flow.send('dial', { payload: '1002' });
      const { error } = (await flow.until('errors')) as unknown as { error: { code: string } };
      assert.equal(error.code, 'config');
      assert.ok(!flow.messages('events').some((event) => event['callId']));
    });
  }

  it('a deploy while it waits sends nothing and leaves no timer', async () => {
    await dial({ waitFor: 'answered' });
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await helper.unload();
    assert.ok(timers() < before, `${before} timers before, ${timers()} after`);
    nothing('reached');
    nothing('not');
  });
});
