import assert from 'node:assert/strict';
import { Flow, nodeSuite, PHONE, type Message } from './flow';

const PEOPLE = [
  { Name: 'Ada', Number: 101, Starred: true },
  { 'First Name': 'Grace', 'Last Name': 'Hopper', Telephone: '+49 30 123456' },
  { name: 'nobody' },
];
const NODES = [
  { ...PHONE, region: 'DE' },
  { id: 'contacts', type: 'microsip-contacts', phone: 'phone', refresh: 30, wires: [['answers']] },
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] },
  { id: 'catch', type: 'catch', wires: [['errors']] },
  ...['answers', 'events', 'errors'].map((id) => ({ id, type: 'helper' })),
];

nodeSuite('contacts node', () => {
  let flow: Flow;
  let asked = 0;
  const ask = async (sequence: number, payload: unknown, more: object = {}): Promise<Record<string, unknown>> => {
    const nth = ++asked;
    flow.send('contacts', { payload, nth, req: { query: { sequence: String(sequence) } }, ...more });
    const answer: Message = await flow.until('answers', (msg) => msg['nth'] === nth);
    assert.match((answer['headers'] as Record<string, string>)['content-type'] ?? '', /^application\/json/);
    return JSON.parse(answer.payload as unknown as string) as Record<string, unknown>;
  };
  beforeEach(async () => {
    flow = await Flow.load(NODES);
  });

  it('tells all contacts first, and then only lamps until they change', async () => {
    const lamps = [
      { number: '+4930123456', status: 'Ring', info: 'rings\u0007' },
      { number: 1, status: 'asleep' },
    ];
    assert.deepEqual(await ask(0, PEOPLE), {
      refresh: 30,
      silent: 1,
      items: [
        { number: '101', name: 'Ada', starred: 1 },
        { number: '+49 30 123456', name: 'Grace Hopper', firstname: 'Grace', lastname: 'Hopper' },
      ],
      presence: [],
    });
    const presence = [{ number: '+49 30 123456', status: 'ring', info: 'rings' }];
    assert.deepEqual(await ask(1, PEOPLE, { lamps }), { refresh: 30, silent: 1, presence });
    const changed = await ask(2, PEOPLE.slice(0, 1));
    assert.deepEqual(changed['items'], [{ number: '101', name: 'Ada', starred: 1 }]);
  });

  it('leaves the contacts of MicroSIP alone when there is no list', async () => {
    for (const payload of ['an error page', { sequence: '0' }, undefined, [1, null, 'x']])
      assert.deepEqual(await ask(0, payload), { refresh: 30, silent: 1, presence: [] });
    assert.equal(flow.statusOf('contacts')['text'], 'status.no_list');
    assert.deepEqual((await ask(0, []))['items'], []);
    assert.deepEqual(flow.messages('errors'), []);
  });

  it('names the callers of its phone that the network sent no name for', async () => {
    await ask(0, PEOPLE);
    flow.send('sim', { payload: { action: 'incoming', number: '030123456' } });
    const { payload } = await flow.event('events', 'incoming');
    assert.deepEqual([payload['name'], payload['nameSource']], ['Grace Hopper', 'contacts']);
    flow.send('sim', { payload: { action: 'hangup' } });
    await flow.event('events', 'ended');
    flow.send('sim', { payload: { action: 'incoming', number: '101', name: 'Bob' } });
    const next = await flow.event('events', 'incoming', 2);
    assert.deepEqual([next.payload['name'], next.payload['nameSource']], ['Bob', undefined]);
  });
});
