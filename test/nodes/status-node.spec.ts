import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE } from './flow';

const sim = { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] };
const status = (more: object): { id: string; type: string } => ({
  id: 'status',
  type: 'microsip-status',
  ...{ phone: 'phone', wires: [['events']] },
  ...more,
});
const events = { id: 'events', type: 'helper' };
const INCOMING = { payload: { action: 'incoming', number: '1005' } };

nodeSuite('call status node', () => {
  it('sends only the events that are chosen', async () => {
    const flow = await Flow.load([PHONE, sim, status({ events: ['ended'] }), events]);
    flow.send('sim', INCOMING);
    flow.send('sim', { payload: { action: 'hangup' } });
    await flow.event('events', 'ended');
    assert.equal(flow.messages('events').length, 1);
  });

  it('with "initial" the first message is a snapshot', async () => {
    const flow = await Flow.load([PHONE, sim, status({ initial: true }), events]);
    const first = await flow.event('events', 'snapshot');
    assert.equal(first.topic, 'Desk 1/phone/snapshot');
    assert.deepEqual([first.payload['state'], first.payload['phone'], first.payload['calls']], ['idle', 'Desk 1', []]);
    assert.equal(flow.messages('events').length, 1);
  });

  it('answers any message with a snapshot and keeps the rest of the message', async () => {
    const flow = await Flow.load([PHONE, sim, status({ events: ['ended'] }), events]);
    flow.send('sim', INCOMING);
    await new Promise((resolve) => setTimeout(resolve, 50));
    flow.send('status', { payload: '?', mine: 1 });
    const reply = await flow.event('events', 'snapshot');
    assert.equal(reply['mine'], 1);
    assert.deepEqual([reply.payload['state'], reply.payload['number']], ['ringing', '1005']);
    assert.equal(typeof reply['callId'], 'string');
  });

  it('tells in its snapshot whether the microphone is muted, and how loud it is', async () => {
    const device = { phone: 'phone', device: 'microphone', action: 'mute', wires: [['status']] };
    const audio = { id: 'mute', type: 'microsip-audio', ...device };
    const flow = await Flow.load([PHONE, audio, status({ events: ['ended'] }), events]);
    flow.send('mute', {});
    const { payload } = await flow.event('events', 'snapshot');
    assert.deepEqual(payload['audio'], {
      microphone: { muted: true, level: 100 },
      speaker: { muted: false, level: 100 },
    });
  });

  it('does not keep the id of an earlier call in its snapshot', async () => {
    const flow = await Flow.load([PHONE, sim, status({}), events]);
    flow.send('status', { payload: '?', callId: 'long over' });
    const reply = await flow.event('events', 'snapshot');
    assert.equal('callId' in reply, false);
  });

  it('takes a single name of an event as well', async () => {
    const flow = await Flow.load([PHONE, sim, status({ events: 'ended' }), events]);
    flow.send('sim', INCOMING);
    flow.send('sim', { payload: { action: 'hangup' } });
    await flow.event('events', 'ended');
    assert.equal(flow.messages('events').length, 1);
  });

  it('tells in its status line how long the call has been connected', async () => {
    const flow = await Flow.load([
      PHONE,
      sim,
      status({}),
      events,
      { id: 'answer', type: 'microsip-answer', phone: 'phone' },
    ]);
    const line = (id: string): unknown => flow.statusOf(id)['text'];
    flow.send('sim', { payload: { action: 'incoming', number: '+493012345678901' } });
    await flow.event('events', 'incoming');
    flow.send('answer', {});
    await flow.event('events', 'answered');
    assert.equal(line('status'), '← +4930123456… 0:00');
    assert.equal(line('answer'), '← +493012345678901', 'only one node ticks');
    await eventually(() => /^← \+4930123456… 0:0[2-9]$/.test(String(line('status'))) || undefined);
    flow.send('sim', { payload: { action: 'hangup' } });
    await flow.event('events', 'ended');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.equal(line('status'), 'status.idle');
  });

  it('tells in its status line who calls while it rings', async () => {
    const hold = { id: 'hold', type: 'microsip-hold', phone: 'phone' };
    const flow = await Flow.load([PHONE, sim, status({}), events, hold]);
    flow.send('sim', { payload: { action: 'incoming', number: '1005', name: 'Ada' } });
    await flow.event('events', 'incoming');
    assert.deepEqual(flow.statusOf('status'), { fill: 'blue', shape: 'ring', text: '← Ada', state: 'ringing' });
    assert.equal(flow.statusOf('hold')['text'], 'status.ringing');
    flow.send('sim', { payload: { action: 'hangup' } });
    await flow.event('events', 'ended');
    assert.equal(flow.statusOf('status')['text'], 'status.idle');
  });

  it('gives every node an object of its own', async () => {
    const second = { ...status({}), id: 'status2', wires: [['events2']] };
    const flow = await Flow.load([PHONE, sim, status({}), second, events, { id: 'events2', type: 'helper' }]);
    flow.send('sim', INCOMING);
    const one = await flow.event('events', 'incoming');
    const two = await flow.event('events2', 'incoming');
    assert.notEqual(one.payload, two.payload);
    assert.deepEqual(one.payload, two.payload);
  });

  it('says what is missing when no phone is chosen', async () => {
    const flow = await Flow.load([
      status({ phone: '' }),
      { id: 'dial', type: 'microsip-dial', phone: 'gone', wires: [[]] },
      { id: 'catch', type: 'catch', wires: [['errors']] },
      events,
      { id: 'errors', type: 'helper' },
    ]);
    assert.deepEqual(flow.statusOf('dial')['text'], 'status.no_phone');
    flow.send('dial', { payload: '1' });
    const { error } = (await flow.until('errors')) as unknown as { error: { code: string; message: string } };
    assert.equal(error.code, 'config');
    assert.match(error.message, /phone/);
  });

  for (const [what, phone, code] of [
    ['MQTT and no broker', { connection: 'mqtt' }, 'config'],
    ['ids that two commands share', { protocol: 'documented', commandIds: '{"dial": 4}' }, 'config'],
    ['a wrong number', { timeout: 'soon' }, 'config'],
  ] as const) {
    it(`a phone with ${what} gives ${code}`, async () => {
      const flow = await Flow.load([
        { ...PHONE, ...phone },
        { id: 'dial', type: 'microsip-dial', phone: 'phone', wires: [[]] },
        { id: 'catch', type: 'catch', wires: [['errors']] },
        { id: 'errors', type: 'helper' },
      ]);
      assert.deepEqual([flow.statusOf('dial')['fill'], flow.statusOf('dial')['text']], ['red', `status.error.${code}`]);
      flow.send('dial', { payload: '1' });
      const { error } = (await flow.until('errors')) as unknown as { error: { code: string } };
      assert.equal(error.code, code);
    });
  }

  if (process.platform !== 'win32') {
    it('a real phone on another system than Windows gives unsupported and says what to do', async () => {
      const flow = await Flow.load([
        { ...PHONE, connection: 'window' },
        { id: 'dial', type: 'microsip-dial', phone: 'phone', wires: [[]] },
        { id: 'catch', type: 'catch', wires: [['errors']] },
        { id: 'errors', type: 'helper' },
      ]);
      flow.send('dial', { payload: '1' });
      const { error } = (await flow.until('errors')) as unknown as { error: { code: string; message: string } };
      assert.equal(error.code, 'unsupported');
      assert.match(error.message, /simulated phone/);
    });
  }
});
