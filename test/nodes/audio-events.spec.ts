import assert from 'node:assert/strict';
import { Flow, nodeSuite, PHONE } from './flow';

const FLOW = [
  PHONE,
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: ['audio', 'ended'], wires: [['events']] },
  { id: 'ask', type: 'microsip-status', phone: 'phone', events: ['snapshot'], wires: [['answers']] },
  { id: 'mute', type: 'microsip-audio', phone: 'phone', device: 'microphone', action: 'mute', wires: [['done']] },
  { id: 'dial', type: 'microsip-dial', phone: 'phone', number: '1002', numberType: 'str', wires: [['done']] },
  { id: 'hangup', type: 'microsip-hangup', phone: 'phone', scope: 'all', wires: [['done']] },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  { id: 'errors', type: 'helper' },
  { id: 'done', type: 'helper' },
  { id: 'events', type: 'helper' },
  { id: 'answers', type: 'helper' },
];

nodeSuite('audio as a state of the phone', () => {
  it('is an event when it changes, and outlives calls', async () => {
    const flow = await Flow.load(FLOW);
    flow.send('mute', {});
    const { topic, payload } = await flow.event('events', 'audio');
    assert.equal(topic, 'Desk 1/phone/audio');
    const audio = { microphone: { muted: true, level: 100 }, speaker: { muted: false, level: 100 } };
    assert.deepEqual(payload['audio'], audio);
    flow.send('dial', {});
    await flow.until('done', () => flow.messages('done').length > 1);
    flow.send('hangup', {});
    await flow.event('events', 'ended');
    flow.send('ask', {});
    const snapshot = await flow.until('answers');
    assert.deepEqual(snapshot.payload['audio'], audio);
    assert.equal(flow.messages('events').filter((msg) => msg.payload['event'] === 'audio').length, 1);
  });

  it('is an event when somebody changes it by hand, which the simulator node plays', async () => {
    const flow = await Flow.load(FLOW);
    flow.send('sim', { payload: { action: 'audio', device: 'speaker', level: 40, muted: true } });
    const { payload } = await flow.event('events', 'audio');
    const microphone = { muted: false, level: 100 };
    assert.deepEqual(payload['audio'], { microphone, speaker: { muted: true, level: 40 } });
    flow.send('sim', { payload: { action: 'audio', device: 'speaker', level: '45' } });
    const louder = await flow.event('events', 'audio', 2);
    assert.deepEqual(louder.payload['audio'], { microphone, speaker: { muted: false, level: 45 } });
    const hostile = [{ device: 'both' }, { device: ['speaker'] }, { muted: 'yes' }, { level: 101 }, { level: {} }];
    for (const fields of hostile) flow.send('sim', { payload: { action: 'audio', device: 'speaker', ...fields } });
    await flow.until('errors', () => flow.messages('errors').length === hostile.length);
    assert.equal(flow.messages('events').length, 2);
  });
});
