import assert from 'node:assert/strict';
import type { NodeAPI } from 'node-red';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import type { FinishedCall } from '../../src/phone/phone-event';
import { Flow, nodeSuite, PHONE, type Message } from './flow';

const start = Date.parse('2026-11-22T20:08:01.120Z');
const MISSED: FinishedCall = {
  call: {
    callId: 'b1f0',
    direction: 'inbound',
    callState: 'ended',
    number: '030123456',
    numberE164: '+4930123456',
    startTime: start,
    disposition: 'missed',
  },
  rang: false,
  info: 'Besetzt',
  replayed: true,
  source: 'history',
  confidence: 'inferred',
};

const log = (more: object): { id: string; type: string } => ({
  id: 'log',
  type: 'microsip-call-log',
  ...{ phone: 'phone', wires: [['logged']] },
  ...more,
});
const others = [
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] },
  { id: 'dial', type: 'microsip-dial', phone: 'phone', wires: [[]] },
  { id: 'answer', type: 'microsip-answer', phone: 'phone', wires: [[]] },
  { id: 'logged', type: 'helper' },
  { id: 'events', type: 'helper' },
];

/** A node that, as it is made, opens the phone and finds the missed call. */
function early(RED: NodeAPI): void {
  RED.nodes.registerType('early', function (this: never, config: never) {
    RED.nodes.createNode(this, config);
    const { service } = RED.nodes.getNode('phone') as PhoneNode;
    service.register(this, () => undefined);
    service.local?.emit('finished', MISSED);
  } as never);
}

nodeSuite('call log node', () => {
  let flow: Flow;
  const dispositions = (): unknown[] => flow.messages('logged').map(({ payload }) => payload['disposition']);
  const finish = (finished: FinishedCall): void => {
    (flow.node('phone') as PhoneNode).service.local?.emit('finished', finished);
  };
  const play = (action: string): void => {
    flow.send('sim', { payload: { action } });
  };
  /** One answered and one missed incoming call, and one outgoing call to a busy line. */
  const threeCalls = async (): Promise<void> => {
    play('incoming');
    await flow.event('events', 'incoming');
    flow.send('answer', {});
    await flow.event('events', 'answered');
    play('hangup');
    await flow.event('events', 'ended');
    play('incoming');
    await flow.event('events', 'incoming', 2);
    play('hangup');
    await flow.event('events', 'ended', 2);
    flow.send('dial', { payload: '1002' });
    await flow.event('events', 'outgoing');
    play('busy');
    await flow.event('events', 'ended', 3);
  };

  it('sends one message per finished call, with the fields of the call', async () => {
    flow = await Flow.load([PHONE, log({}), ...others]);
    await threeCalls();
    assert.deepEqual(dispositions(), ['answered', 'missed', 'busy']);
    const [first, , last] = flow.messages('logged') as [Message, Message, Message];
    assert.equal(first.topic, 'Desk 1/call_log');
    assert.equal(first['callId'], first.payload['callId']);
    const { callId, sipCallId, startTime, answerTime, endTime, ringSeconds, duration, totalDuration, ...rest } =
      first.payload;
    for (const time of [startTime, answerTime, endTime]) assert.match(String(time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    for (const value of [ringSeconds, duration, totalDuration]) assert.equal(typeof value, 'number');
    for (const id of [callId, sipCallId]) assert.equal(typeof id, 'string');
    delete rest['uri'];
    delete rest['account'];
    assert.deepEqual(rest, {
      phone: 'Desk 1',
      direction: 'inbound',
      callState: 'ended',
      number: '+4930123456',
      numberE164: '+4930123456',
      disposition: 'answered',
      sipStatus: 200,
      sipReason: 'OK',
      hangupCause: 'NORMAL_CLEARING',
      hangupCauseCode: 16,
      endedBy: 'remote',
      source: 'simulator',
      confidence: 'exact',
      replayed: false,
    });
    assert.deepEqual([last.payload['answerTime'], last.payload['duration']], [undefined, 0]);
  });

  it('tells how good a call was, and so does the event of its end when it is known by then', async () => {
    flow = await Flow.load([PHONE, log({}), ...others]);
    const bad = { lossPercent: 12, discardedPercent: 2, jitterMs: 40.5, sentLossPercent: 4, rttMs: 260, packets: 1000 };
    flow.send('sim', { payload: { action: 'network', ...bad } });
    play('incoming');
    await flow.event('events', 'incoming');
    flow.send('answer', {});
    await flow.event('events', 'answered');
    play('hangup');
    const ended = await flow.event('events', 'ended');
    const { payload } = await flow.until('logged');
    assert.deepEqual(payload['quality'], {
      codec: 'PCMU',
      clockRate: 8000,
      received: { packets: 880, lossPercent: 12, discardedPercent: 2, jitterMs: 40.5 },
      sent: { packets: 1000, lossPercent: 4, jitterMs: 0.4 },
      rttMs: 260,
      mos: 2.9,
    });
    assert.deepEqual(ended.payload['quality'], payload['quality']);
  });

  it('has no quality of a call that nobody answered, and none of what was never measured', async () => {
    flow = await Flow.load([PHONE, log({}), ...others]);
    play('incoming');
    await flow.event('events', 'incoming');
    play('hangup');
    assert.equal('quality' in (await flow.until('logged')).payload, false);
    flow.send('sim', { payload: { action: 'network', packets: 1000, rttMs: null, codec: 'opus', clockRate: 48000 } });
    play('incoming');
    await flow.event('events', 'incoming', 2);
    flow.send('answer', {});
    await flow.event('events', 'answered');
    play('hangup');
    await flow.event('events', 'ended', 2);
    const { payload } = await flow.until('logged', (msg) => msg.payload['disposition'] === 'answered');
    const { received, ...rest } = payload['quality'] as { received: object };
    assert.deepEqual(received, { packets: 1000, lossPercent: 0, discardedPercent: 0, jitterMs: 0.3 });
    assert.deepEqual(rest, { codec: 'opus', clockRate: 48000, sent: { packets: 1000 } });
  });

  for (const [filter, expected] of [
    [{ direction: 'inbound' }, ['answered', 'missed']],
    [{ direction: 'outbound' }, ['busy']],
    [{ disposition: ['missed', 'busy'] }, ['missed', 'busy']],
    [{ disposition: 'missed' }, ['missed']],
    [{ direction: 'outbound', disposition: ['missed'] }, []],
    [{ direction: '', disposition: [] }, ['answered', 'missed', 'busy']],
    [{ direction: 'both' }, ['answered', 'missed', 'busy']],
  ] as const) {
    it(`with ${JSON.stringify(filter)} sends only these calls`, async () => {
      flow = await Flow.load([PHONE, log(filter), ...others]);
      await threeCalls();
      assert.deepEqual(dispositions(), expected);
    });
  }

  for (const replayMissed of [true, 'true']) {
    it(`with replayMissed ${typeof replayMissed} sends what was missed, although another node opens the phone first`, async () => {
      const nodes = [{ id: 'opener', type: 'early' }, log({ replayMissed }), { id: 'logged', type: 'helper' }];
      flow = await Flow.load([PHONE, ...nodes], [early]);
      const { payload, callId } = await flow.until('logged');
      assert.equal(callId, 'b1f0');
      assert.deepEqual(payload, {
        phone: 'Desk 1',
        callId: 'b1f0',
        direction: 'inbound',
        callState: 'ended',
        number: '030123456',
        numberE164: '+4930123456',
        startTime: '2026-11-22T20:08:01.120Z',
        disposition: 'missed',
        rang: false,
        info: 'Besetzt',
        source: 'history',
        confidence: 'inferred',
        replayed: true,
      });
      assert.equal(flow.messages('logged').length, 1);
    });
  }

  it('without replayMissed drops what was missed, and sends what ends later', async () => {
    flow = await Flow.load(
      [PHONE, { id: 'opener', type: 'early' }, log({}), { id: 'logged', type: 'helper' }],
      [early],
    );
    finish({ ...MISSED, replayed: false });
    assert.equal((await flow.until('logged')).payload['replayed'], false);
    assert.equal(flow.messages('logged').length, 1);
  });

  it('tells how long a call took of which only that is known', async () => {
    flow = await Flow.load([PHONE, log({ replayMissed: true }), ...others]);
    finish({ ...MISSED, call: { ...MISSED.call, disposition: 'answered' }, duration: 61 });
    const { payload } = await flow.until('logged');
    assert.deepEqual(
      ['duration', 'totalDuration', 'ringSeconds', 'answerTime', 'endTime'].map((name) => payload[name]),
      [61, undefined, undefined, undefined, undefined],
    );
  });

  it('gives every node an object of its own', async () => {
    const second = { ...log({}), id: 'log2', wires: [['logged2']] };
    flow = await Flow.load([PHONE, log({}), second, ...others, { id: 'logged2', type: 'helper' }]);
    finish({ ...MISSED, replayed: false });
    const one = await flow.until('logged');
    const two = await flow.until('logged2');
    assert.notEqual(one.payload, two.payload);
    assert.deepEqual(one.payload, two.payload);
  });

  it('shows the state of the phone, or that none is chosen', async () => {
    flow = await Flow.load([PHONE, log({}), { ...log({ phone: '' }), id: 'alone' }, ...others]);
    play('incoming');
    await flow.event('events', 'incoming');
    assert.deepEqual(
      [flow.statusOf('log')['text'], flow.statusOf('alone')['text']],
      ['status.ringing', 'status.no_phone'],
    );
  });
});
