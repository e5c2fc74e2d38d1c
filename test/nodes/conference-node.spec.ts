import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { Flow, nodeSuite, PHONE } from './flow';

nodeSuite('conference node', () => {
  it('works on a simulated phone once the simulator node has switched single-call mode off', async () => {
    const flow = await Flow.load([
      PHONE,
      { id: 'play', type: 'microsip-simulator', phone: 'phone', wires: [['played']] },
      { id: 'answer', type: 'microsip-answer', phone: 'phone', wires: [['done']] },
      { id: 'dial', type: 'microsip-dial', phone: 'phone', number: '1003', numberType: 'str', wires: [['done']] },
      { id: 'merge', type: 'microsip-conference', phone: 'phone', action: 'merge', wires: [['merged']] },
      { id: 'separate', type: 'microsip-conference', phone: 'phone', action: 'separate', wires: [['separated']] },
      { id: 'status', type: 'microsip-status', phone: 'phone', events: ['answered', 'features'], wires: [['events']] },
      { id: 'catch', type: 'catch', wires: [['errors']] },
      ...['played', 'done', 'events', 'merged', 'separated', 'errors'].map((id) => ({ id, type: 'helper' })),
    ]);
    const { service } = flow.node('phone') as unknown as PhoneNode;
    const microsip = await eventually(() => (service.simulated?.isReady ? service.simulated : undefined));
    const members = (): unknown[] =>
      microsip.calls.all.flatMap(({ number, inConference }) => (inConference ? [number] : []));
    const play = async (payload: unknown): Promise<void> => {
      const before = flow.messages('played').length;
      flow.send('play', { payload });
      await eventually(() => flow.messages('played').length > before || undefined);
    };
    await play({ action: 'single-call-mode', on: false });
    await play({ action: 'incoming', number: '1002' });
    flow.send('answer', {});
    await flow.event('events', 'answered');
    flow.send('dial', {});
    await eventually(() => microsip.calls.all.length === 2 || undefined);
    await play('answer');
    await flow.event('events', 'answered', 2);
    flow.send('merge', {});
    await flow.until('merged');
    assert.deepEqual(members(), ['1002', '1003']);
    flow.send('separate', {});
    await flow.until('separated');
    assert.deepEqual(members(), []);
    const { features } = (await flow.event('events', 'features')).payload;
    assert.equal((features as { autoConference?: boolean }).autoConference, false);
    assert.deepEqual(flow.messages('errors'), []);
  });
});
