import assert from 'node:assert/strict';
import { Flow, nodeSuite, PHONE } from './flow';

const EVERYTHING = [
  PHONE,
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [['played']] },
  { id: 'status', type: 'microsip-status', phone: 'phone', events: [], wires: [['events']] },
  { id: 'dial', type: 'microsip-dial', phone: 'phone', number: 'payload', numberType: 'msg', wires: [['out']] },
  { id: 'answer', type: 'microsip-answer', phone: 'phone', call: 'current', wires: [['out']] },
  { id: 'answer chosen', type: 'microsip-answer', phone: 'phone', call: 'msg', wires: [['out']] },
  { id: 'hangup', type: 'microsip-hangup', phone: 'phone', scope: 'all', wires: [['out']] },
  { id: 'reject', type: 'microsip-hangup', phone: 'phone', scope: 'ringing', rejectCode: '603', wires: [['out']] },
  { id: 'dtmf', type: 'microsip-dtmf', phone: 'phone', digits: 'payload', digitsType: 'msg', wires: [['out']] },
  { id: 'dnd', type: 'microsip-feature', phone: 'phone', feature: 'dnd', action: 'on', wires: [[]] },
  { id: 'catch', type: 'catch', scope: null, uncaught: false, wires: [['errors']] },
  { id: 'out', type: 'helper' },
  { id: 'played', type: 'helper' },
  { id: 'events', type: 'helper' },
  { id: 'errors', type: 'helper' },
];
const INCOMING = { payload: { action: 'incoming', number: '+4930123456', name: 'Ada' } };

function errorCode(msg: Record<string, unknown>): string | undefined {
  return (msg['error'] as { code?: string } | undefined)?.code;
}

nodeSuite('call nodes on a simulated phone', () => {
  let flow: Flow;
  beforeEach(async () => {
    flow = await Flow.load(EVERYTHING);
  });
  const callEvents = (): unknown[] =>
    flow
      .messages('events')
      .filter((msg) => msg['callId'])
      .map((msg) => msg.payload['event']);

  it('incoming → answer → DTMF → hang up, every step a message', async () => {
    flow.send('sim', INCOMING);
    const incoming = await flow.event('events', 'incoming');
    assert.equal(incoming.topic, 'Desk 1/call/incoming');
    assert.equal(incoming.payload['callId'], incoming['callId']);
    assert.deepEqual(
      [
        'state',
        'previousState',
        'phone',
        'direction',
        'callState',
        'number',
        'name',
        'source',
        'confidence',
        'replayed',
      ].map((name) => incoming.payload[name]),
      ['ringing', 'idle', 'Desk 1', 'inbound', 'ringing', '+4930123456', 'Ada', 'simulator', 'exact', false],
    );
    assert.equal((await flow.until('played'))['callId'], incoming['callId']);
    flow.send('answer', { payload: 'kept', topic: 'mine' });
    const passed = await flow.until('out');
    assert.deepEqual([passed.payload, passed.topic, passed['callId']], ['kept', 'mine', incoming['callId']]);
    await flow.event('events', 'answered');
    flow.send('dtmf', { payload: '12#' });
    await flow.until('out', (msg) => (msg.payload as unknown) === '12#');
    flow.send('hangup', { payload: 'bye' });
    const ended = await flow.event('events', 'ended');
    assert.deepEqual(
      ['state', 'callState', 'disposition', 'sipStatus', 'hangupCause', 'hangupCauseCode', 'endedBy'].map(
        (name) => ended.payload[name],
      ),
      ['idle', 'ended', 'answered', 200, 'NORMAL_CLEARING', 16, 'local'],
    );
    assert.deepEqual(callEvents(), ['incoming', 'answered', 'ended']);
    assert.deepEqual(flow.messages('errors'), []);
  });

  it('dial → alerting → answered → the far end hangs up', async () => {
    flow.send('dial', { payload: '+49 30 123-456' });
    const passed = await flow.until('out');
    assert.equal(passed.payload, '+49 30 123-456');
    const outgoing = await flow.event('events', 'outgoing');
    assert.equal(outgoing.payload['number'], '+4930123456');
    assert.equal(outgoing['callId'], passed['callId']);
    flow.send('sim', { payload: { action: 'ring' } });
    await flow.event('events', 'alerting');
    flow.send('sim', { payload: { action: 'answer' } });
    await flow.event('events', 'answered');
    flow.send('sim', { payload: { action: 'hangup' } });
    assert.equal((await flow.event('events', 'ended')).payload['endedBy'], 'remote');
  });

  for (const [action, disposition, sipStatus] of [
    ['busy', 'busy', 486],
    ['reject', 'rejected', 603],
    ['no-answer', 'no_answer', 480],
  ] as const) {
    it(`dial, and the far end plays ${action}`, async () => {
      flow.send('dial', { payload: 1002 });
      await flow.event('events', 'outgoing');
      flow.send('sim', { payload: { action } });
      const { payload } = await flow.event('events', 'ended');
      assert.deepEqual([payload['disposition'], payload['sipStatus']], [disposition, sipStatus]);
    });
  }

  it('the far end holds and resumes', async () => {
    flow.send('sim', INCOMING);
    await flow.event('events', 'incoming');
    flow.send('answer', {});
    await flow.event('events', 'answered');
    flow.send('sim', { payload: { action: 'hold' } });
    assert.equal((await flow.event('events', 'held')).payload['heldBy'], 'remote');
    assert.deepEqual([flow.statusOf('dial')['fill'], flow.statusOf('dial')['shape']], ['yellow', 'dot']);
    flow.send('sim', { payload: { action: 'resume' } });
    await flow.event('events', 'resumed');
  });

  it('answers and rejects a chosen call', async () => {
    flow.send('sim', INCOMING);
    const first = (await flow.event('events', 'incoming'))['callId'];
    flow.send('sim', { payload: { action: 'incoming', number: '1005' } });
    const second = (await flow.event('events', 'incoming', 2))['callId'];
    flow.send('answer chosen', { callId: second });
    assert.equal((await flow.event('events', 'answered'))['callId'], second);
    flow.send('reject', { payload: { callId: first } });
    const ended = await flow.event('events', 'ended');
    assert.deepEqual(
      [ended['callId'], ended.payload['disposition'], ended.payload['sipStatus']],
      [first, 'rejected', 603],
    );
  });

  it('says that a second call from the same number did not ring, instead of going on without a call', async () => {
    flow.send('sim', INCOMING);
    await flow.event('events', 'incoming');
    flow.send('sim', INCOMING);
    assert.equal(errorCode(await flow.until('errors')), 'line_busy');
    assert.deepEqual(callEvents(), ['incoming']);
  });

  it('says that do not disturb kept a caller from ringing, and not that there are other calls', async () => {
    flow.send('dnd', {});
    await flow.event('events', 'features');
    flow.send('sim', INCOMING);
    const { code, cause } = (await flow.until('errors'))['error'] as { code?: string; cause?: string };
    assert.deepEqual([code, cause], ['line_busy', 'do_not_disturb']);
  });

  it('MicroSIP crashes in a call and comes back', async () => {
    flow.send('sim', INCOMING);
    await flow.event('events', 'incoming');
    flow.send('sim', { payload: { action: 'crash' } });
    const ended = await flow.event('events', 'ended');
    assert.equal(ended.payload['source'], 'watchdog');
    assert.equal((await flow.event('events', 'phone_offline')).topic, 'Desk 1/phone/phone_offline');
    flow.send('dial', { payload: '1002' });
    assert.equal(errorCode(await flow.until('errors')), 'not_running');
    flow.send('sim', { payload: { action: 'restart' } });
    await flow.event('events', 'phone_online', 2);
    assert.deepEqual(callEvents(), ['incoming', 'ended']);
  });

  it('an unregistered phone does not dial, and tells of its registration', async () => {
    flow.send('sim', { payload: { action: 'unregister' } });
    await flow.until(
      'events',
      (msg) =>
        msg.payload['event'] === 'registration' &&
        (msg.payload['registration'] as { state: string }).state !== 'registered',
    );
    flow.send('dial', { payload: '1002' });
    assert.equal(errorCode(await flow.until('errors')), 'not_registered');
    flow.send('sim', { payload: { action: 'register' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(callEvents(), [], 'a refused number was dialled later');
  });

  for (const [node, msg, code] of [
    ['answer', {}, 'no_call'],
    ['hangup', {}, 'no_call'],
    ['dtmf', { payload: '1' }, 'no_call'],
    ['dtmf', { payload: 'hello' }, 'invalid_digits'],
    ['dial', { payload: '/exit' }, 'invalid_number'],
    ['dial', { payload: { a: 1 } }, 'invalid_number'],
    ['dial', {}, 'invalid_number'],
    ['sim', { payload: { action: 'dance' } }, 'config'],
    ['sim', { payload: { action: 'answer' } }, 'no_call'],
  ] as const) {
    it(`${node} with ${JSON.stringify(msg)} fails with ${code}, and sends nothing on`, async () => {
      flow.send(node, msg);
      const caught = await flow.until('errors');
      assert.equal(errorCode(caught), code);
      assert.equal(flow.statusOf(node)['fill'], 'red');
      assert.equal(flow.statusOf(node)['shape'], 'ring');
      assert.deepEqual(flow.messages('out'), []);
    });
  }

  it('a hung MicroSIP gives timeout and recovers', async () => {
    flow.send('sim', { payload: { action: 'hang', ms: 2500 } });
    flow.send('dial', { payload: '1002' });
    assert.equal(errorCode(await flow.until('errors')), 'timeout');
    await new Promise((resolve) => setTimeout(resolve, 800));
    flow.send('dial', { payload: '1003' });
    assert.equal((await flow.event('events', 'outgoing')).payload['number'], '1003');
  });

  it('the status lines follow the phone', async () => {
    await flow.event('events', 'phone_online').catch(() => undefined);
    const shown = (): unknown[] => ['fill', 'shape', 'text'].map((name) => flow.statusOf('hangup')[name]);
    assert.deepEqual(shown(), ['grey', 'ring', 'status.idle']);
    flow.send('sim', INCOMING);
    await flow.event('events', 'incoming');
    assert.deepEqual(shown(), ['blue', 'ring', 'status.ringing']);
    flow.send('answer', {});
    await flow.event('events', 'answered');
    assert.deepEqual(shown(), ['blue', 'dot', '← +4930123456']);
  });

  it('msg.action closes and opens the phone', async () => {
    flow.send('hangup', { action: 'disconnect', payload: 1 });
    await flow.until('out');
    assert.equal(flow.statusOf('dial')['fill'], 'red');
    flow.send('dial', { payload: '1002' });
    assert.equal(errorCode(await flow.until('errors')), 'closed');
    flow.send('dial', { action: 'connect', payload: 2 });
    await flow.until('out', (msg) => (msg.payload as unknown) === 2);
    flow.send('dial', { payload: '1002' });
    await flow.event('events', 'outgoing');
  });
});
