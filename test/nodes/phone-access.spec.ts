import assert from 'node:assert/strict';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE } from './flow';

const NODES = [
  PHONE,
  { id: 'contacts', type: 'microsip-contacts', phone: 'phone', refresh: 30, wires: [[]] },
  { id: 'sim', type: 'microsip-simulator', phone: 'phone', wires: [[]] },
  { id: 'mine', type: 'helper' },
];

nodeSuite("what a phone's node offers to nodes of other packages", () => {
  it('is how the phone stands, its calls, its contacts, and its commands', async () => {
    const flow = await Flow.load(NODES);
    const { access } = flow.node('phone') as PhoneNode;
    assert.equal(access.version, 1);
    assert.equal(access.name, 'Desk 1');
    let changes = 0;
    access.join(flow.node('mine'), () => changes++);
    assert.equal(changes, 1);
    await eventually(() => access.snapshot().presence === 'ready' || undefined);
    assert.equal(flow.statusOf('mine')['text'], 'status.idle');

    flow.send('sim', { payload: { action: 'incoming', number: '1005', name: 'Bob' } });
    const call = await eventually(() => access.snapshot().calls[0]);
    changes = 0;
    await access.execute({ type: 'hangup', scope: 'ringing', callId: call.callId });
    const [past] = await eventually(() => (access.callsToday().length > 0 ? access.callsToday() : undefined));
    assert.deepEqual([past?.name, past?.disposition, past?.phone], ['Bob', 'rejected', 'Desk 1']);
    assert.notEqual(changes, 0);

    flow.send('contacts', { payload: [{ name: 'Ada', number: '+4930777' }], req: { query: { sequence: '0' } } });
    await eventually(() => access.findContacts('ada', 3)[0]);
    assert.deepEqual(access.findContacts('777', 3), [{ name: 'Ada', number: '+4930777' }]);
    assert.deepEqual(access.findContacts('', 3), []);
  });

  it('refuses what is no command, and says so in any language', async () => {
    const flow = await Flow.load(NODES);
    const { access } = flow.node('phone') as PhoneNode;
    access.join(flow.node('mine'), () => undefined);
    await eventually(() => access.snapshot().presence === 'ready' || undefined);
    const failed = async (command: unknown): Promise<unknown> =>
      access.execute(command).catch((error: unknown) => error);
    const unknown = await failed({ type: 'dial', number: '1', extra: 1 });
    assert.equal(access.describe(unknown, 'en').code, 'config');
    const wrong = await failed({ type: 'dial', number: '/exit' });
    assert.equal(access.describe(wrong, 'de-AT').code, 'invalid_number');
    assert.notEqual(access.describe(wrong, 'de-AT').message, access.describe(wrong, 'xx').message);
    assert.equal(access.describe(new TypeError('inside'), 'en').code, 'unexpected');
    assert.doesNotMatch(access.describe(new TypeError('inside'), 'en').message, /inside/);
  });

  it('lets a node that fails be the only one that does', async () => {
    const flow = await Flow.load(NODES);
    const { access } = flow.node('phone') as PhoneNode;
    access.join(flow.node('mine'), () => {
      throw new Error('of its own');
    });
    flow.send('sim', { payload: { action: 'incoming', number: '1005', name: 'Bob' } });
    await eventually(() => access.snapshot().calls[0]);
  });
});
