import assert from 'node:assert/strict';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE, type FlowNode } from './flow';

const NODES: Record<string, Record<string, unknown>> = {
  dial: { type: 'microsip-dial', number: 'payload', numberType: 'msg' },
  answer: { type: 'microsip-answer' },
  hangup: { type: 'microsip-hangup', scope: 'all' },
  dtmf: { type: 'microsip-dtmf', digits: 'payload', digitsType: 'msg' },
  transfer: { type: 'microsip-transfer', number: 'payload', numberType: 'msg' },
  hold: { type: 'microsip-hold', action: 'hold' },
  feature: { type: 'microsip-feature', feature: 'recording', action: 'toggle' },
  'feature of other words': { type: 'microsip-feature', feature: '__proto__', action: 'constructor' },
  conference: { type: 'microsip-conference', action: 'merge' },
  audio: { type: 'microsip-audio', device: 'speaker', action: 'set', level: 'payload', levelType: 'msg' },
  message: { type: 'microsip-message', number: 'payload', numberType: 'msg', text: 'payload', textType: 'msg' },
  wait: { type: 'microsip-wait', until: ['rubbish'] },
  simulator: { type: 'microsip-simulator' },
};

function flowOf(name: string, more: FlowNode[] = []): FlowNode[] {
  return [
    { ...PHONE, dialsPerSecond: 100 },
    { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
    { id: 'node', phone: 'phone', wires: [['out'], ['out']], type: '', ...NODES[name] },
    { id: 'catch', type: 'catch', scope: null, uncaught: false, wires: [['errors']] },
    { id: 'complete', type: 'complete', scope: ['node'], uncaught: false, wires: [['completed']] },
    { id: 'out', type: 'helper' },
    { id: 'errors', type: 'helper' },
    { id: 'completed', type: 'helper' },
    ...more,
  ];
}

/** A message of a web socket, of a function node, of a node that keeps its messages to itself. */
const MESSAGES: Record<string, (fields: object) => object> = {
  'a field hasOwnProperty': (fields) => ({ ...fields, hasOwnProperty: 1 }),
  'fields named as what every object has': (fields) =>
    JSON.parse(
      JSON.stringify({ ...fields, toString: 1, valueOf: null, constructor: 'x' }).replace('{', '{"__proto__":{"a":1},'),
    ) as object,
  'no prototype': (fields) => Object.assign(Object.create(null) as object, fields),
  'no prototype, frozen': (fields) => Object.freeze(Object.assign(Object.create(null) as object, fields)),
};

const UNCHANGEABLE: Record<string, (fields: object) => object> = {
  frozen: (fields) => Object.freeze({ _msgid: 'm', ...fields }),
  sealed: (fields) => Object.seal({ _msgid: 'm', ...fields }),
  'not extensible': (fields) => Object.preventExtensions({ ...fields, callId: '' }),
  'read-only callId': (fields) => Object.defineProperty({ ...fields }, 'callId', { value: '', enumerable: true }),
  'a getter for callId': (fields) =>
    Object.defineProperty({ ...fields }, 'callId', { get: () => undefined, enumerable: true, configurable: true }),
  'a getter that throws': (fields) =>
    Object.freeze(
      Object.defineProperty({ ...fields }, 'other', {
        get: () => {
          throw new Error('not for you');
        },
        enumerable: true,
      }),
    ),
  'a proxy that takes nothing': (fields) =>
    new Proxy(
      { ...fields },
      {
        defineProperty: () => false,
        deleteProperty: () => false,
        set: () => false,
      },
    ),
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

nodeSuite('messages that Node-RED cannot handle', () => {
  const escaped: unknown[] = [];
  const note = (error: unknown): void => void escaped.push(error);
  let listeners: NodeJS.UncaughtExceptionListener[] = [];
  beforeEach(() => {
    escaped.length = 0;
    listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
    for (const listener of listeners) process.on('uncaughtException', listener);
  });

  for (const [what, make] of Object.entries(MESSAGES)) {
    for (const name of Object.keys(NODES)) {
      it(`${what}: the error of ${name} reaches Catch, and Node-RED goes on`, async () => {
        const flow = await Flow.load(flowOf(name));
        flow.send('node', make({ payload: '/exit' }));
        const { error } = await flow.until('errors');
        assert.equal(typeof (error as { code?: string }).code, 'string');
        flow.send('node', { payload: '/exit' });
        await flow.until('errors', (msg) => msg !== flow.messages('errors')[0]);
        assert.deepEqual(escaped, []);
      });
    }
    it(`${what}: connect, disconnect and a snapshot`, async () => {
      const flow = await Flow.load(
        flowOf('hold', [{ id: 'status', type: 'microsip-status', phone: 'phone', events: ['x'], wires: [['out']] }]),
      );
      flow.send('node', make({ action: 'disconnect' }));
      await flow.until('out');
      flow.send('node', make({ action: 'connect' }));
      await flow.until('out', (msg) => msg['action'] === 'connect');
      flow.send('status', make({ callId: 'old' }));
      await flow.until('out', (msg) => (msg.payload as object | undefined) !== undefined);
      await pause(20);
      assert.deepEqual(escaped, []);
    });
  }

  const UNFINISHED = [new Promise(() => undefined), { then: () => undefined }, Promise.resolve('1001')];
  for (const name of ['dial', 'dtmf', 'transfer', 'audio', 'message']) {
    it(`what a function node has not waited for is refused by ${name} at once, and not waited for`, async () => {
      const flow = await Flow.load(flowOf(name));
      for (const [index, payload] of UNFINISHED.entries()) {
        flow.send('node', { payload });
        const { error } = await flow.until('errors', (msg) => flow.messages('errors').indexOf(msg) === index);
        assert.match(String((error as { code?: string }).code), /^(invalid_number|invalid_digits|config)$/);
      }
      assert.deepEqual([flow.messages('out'), escaped], [[], []]);
    });
  }

  for (const [what, make] of Object.entries(UNCHANGEABLE)) {
    it(`${what}: a dial that was made is no error`, async () => {
      const flow = await Flow.load(flowOf('dial'));
      const given = make({ payload: '1001', topic: 'mine' });
      flow.send('node', given);
      const passed = await flow.until('out');
      assert.deepEqual([passed.payload, passed.topic, typeof passed['callId']], ['1001', 'mine', 'string']);
      await pause(20);
      assert.deepEqual(flow.messages('errors'), []);
      assert.deepEqual(escaped, []);
    });

    it(`${what}: a dial that waits, a played call, a wait and a snapshot are no errors`, async () => {
      const flow = await Flow.load([
        ...flowOf('dial', [
          { id: 'waits', ...NODES['dial'], type: 'microsip-dial', phone: 'phone', waitFor: 'ended', wires: [['out']] },
          { id: 'status', type: 'microsip-status', phone: 'phone', events: ['x'], wires: [['snapshot']] },
          { id: 'wait', type: 'microsip-wait', phone: 'phone', until: ['ended'], wires: [['waited']] },
          { id: 'snapshot', type: 'helper' },
          { id: 'waited', type: 'helper' },
        ]).map((node) => (node.id === 'sim' ? { ...node, wires: [['completed']] } : node)),
      ]);
      flow.send('waits', make({ payload: '1001' }));
      const { service } = flow.node('phone') as unknown as PhoneNode;
      await eventually(() => (service.snapshot().calls.length > 0 ? true : undefined));
      flow.send('wait', make({ call: 'of an earlier node' }));
      flow.send('status', make({ callId: 'of an earlier call' }));
      assert.equal((await flow.until('snapshot')).payload['state'], 'dialing');
      flow.send('sim', make({ payload: { action: 'busy' } }));
      for (const id of ['out', 'waited'])
        assert.equal(((await flow.until(id))['call'] as { sipStatus?: number }).sipStatus, 486);
      await flow.until('completed');
      assert.deepEqual(flow.messages('errors'), []);
      assert.deepEqual(escaped, []);
    });
  }

  it('a message that can be changed is passed on itself', async () => {
    const flow = await Flow.load(flowOf('dial'));
    const given = { payload: '1001' };
    flow.send('node', given);
    assert.equal(await flow.until('out'), given);
  });
});
