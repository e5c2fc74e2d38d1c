import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import { LivePhones } from '../../src/node-red/sidebar/live-phones';
import { serveCommand, servePhonesShown } from '../../src/node-red/sidebar/sidebar-endpoints';
import type { LiveState, PhonesAnswer } from '../../src/node-red/sidebar/sidebar-json';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE, type FlowNode } from './flow';

const STATUS: FlowNode = { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] };
const PLAY: FlowNode = { id: 'play', type: 'microsip-simulator', phone: 'phone', wires: [[]] };
const EVENTS: FlowNode = { id: 'events', type: 'helper' };
const NODES = [PHONE, STATUS, PLAY, EVENTS];
const ADA = { action: 'incoming', number: '+4930123456', name: 'Ada <b>Lovelace</b>' };
/** ms in which something would have been published. */
const A_WHILE = 400;

nodeSuite('the phones in the sidebar', () => {
  let published: LiveState[];
  let live: LivePhones;
  const plugin = (RED: NodeAPI): void => {
    servePhonesShown(RED, live);
    serveCommand(RED);
  };
  const load = (nodes = NODES): Promise<Flow> => Flow.load(nodes, [plugin]);
  const last = (): LiveState['phones'] => published.at(-1)?.phones ?? [];
  const untilLast = (fits: (phones: LiveState['phones']) => boolean): Promise<LiveState['phones']> =>
    eventually(() => (published.length > 0 && fits(last()) ? last() : undefined));
  const asked = async (query = ''): Promise<PhonesAnswer['phones']> => {
    const answer = await helper.request().get(`/microsip-phone/sidebar${query}`).expect(200);
    return (answer.body as PhonesAnswer).phones;
  };
  const command = (body: object): ReturnType<ReturnType<typeof helper.request>['post']> =>
    helper.request().post('/microsip-phone/command').send(body);

  beforeEach(() => {
    published = [];
    live = new LivePhones((state) => published.push(structuredClone(state)));
    live.start();
  });
  afterEach(() => {
    live.stop();
  });

  it('are not even looked at while no editor is open, and told to the first one at once', async () => {
    const flow = await load();
    flow.send('play', { payload: ADA });
    await flow.event('events', 'incoming');
    await sleep(A_WHILE);
    assert.deepEqual(published, []);
    live.editorCame();
    assert.deepEqual(
      last().map(({ id, state }) => [id, state]),
      [['phone', 'ringing']],
    );
    live.editorLeft();
    flow.send('play', { payload: 'hangup' });
    await flow.event('events', 'ended');
    await sleep(A_WHILE);
    assert.equal(published.length, 1);
  });

  it('are told to everybody without names and numbers, and with them to who asks and may', async () => {
    const flow = await load();
    live.editorCame();
    const [before] = await untilLast(([phone]) => phone?.state === 'idle');
    flow.send('play', { payload: ADA });
    const [phone] = await untilLast(([one]) => one?.state === 'ringing');
    assert.ok(phone && before && phone.revision > before.revision);
    assert.deepEqual(phone.calls, [{ callState: 'ringing', direction: 'inbound' }]);
    assert.doesNotMatch(JSON.stringify(published), /Ada|123456|Desk|sip:/);
    const [shown] = await asked();
    assert.deepEqual([shown?.name, shown?.revision, shown?.isSimulated], ['Desk 1', phone.revision, true]);
    assert.deepEqual([shown?.calls[0]?.number, shown?.calls[0]?.name], [ADA.number, ADA.name]);
    assert.deepEqual(shown?.sources, [{ source: 'simulator', is: 'heard' }]);
    assert.deepEqual(await asked('?ids=other'), []);
    assert.equal((await asked('?ids=other,phone')).length, 1);
  });

  it('are told again only when something is new', async () => {
    await load();
    live.editorCame();
    await untilLast(([phone]) => phone?.state === 'idle');
    const count = published.length;
    const { service } = helper.getNode('phone') as unknown as { service: { local: { emit(event: 'change'): void } } };
    for (let i = 0; i < 20; i += 1) {
      service.local.emit('change');
      await sleep(A_WHILE / 20);
    }
    assert.equal(published.length, count);
  });

  it('have a new revision for what is not told to everybody', async () => {
    const flow = await load();
    live.editorCame();
    const [before] = await untilLast(([phone]) => phone?.state === 'idle');
    flow.send('play', { payload: { action: 'voicemail', new: 2 } });
    await untilLast(([phone]) => (phone?.revision ?? 0) > (before?.revision ?? 0));
    assert.equal((await asked())[0]?.voicemail?.new, 2);
  });

  it('carry out commands of the library, and say in the language of the editor what went wrong', async () => {
    const flow = await load();
    await flow.event('events', 'phone_online');
    const { body } = (await command({ phone: 'phone', type: 'dial', number: '1001' }).expect(200)) as {
      body: { callId?: string };
    };
    const begun = await flow.event('events', 'outgoing');
    assert.equal(body.callId, begun['callId']);
    const busy = (await command({ phone: 'phone', type: 'dial', number: '1002' }).expect(400)) as {
      body: Record<string, string>;
    };
    assert.equal(busy.body['code'], 'line_busy');
    assert.match(busy.body['key'] ?? '', /^error\.line_busy\./);
    const [{ lastError } = {}] = await asked();
    assert.equal(lastError?.code, 'line_busy');
    await command({ phone: 'phone', type: 'hangup', scope: 'all', callId: body.callId }).expect(200);
    await flow.event('events', 'ended');
  });

  it('refuse what is no command, is for no phone of the flows, or comes from a form of a web page', async () => {
    await load();
    for (const [body, code] of [
      [{ phone: 'nobody', type: 'dial', number: '1001' }, 'config'],
      [{ phone: '__proto__', type: 'dial', number: '1001' }, 'config'],
      [{ phone: ['phone'], type: 'dial', number: '1001' }, 'config'],
      [{ phone: 'phone' }, 'config'],
      [{ phone: 'phone', type: 'constructor' }, 'config'],
      [{ phone: 'phone', type: 'dial', number: '/resetnoask' }, 'invalid_number'],
      [[], 'config'],
    ] as const) {
      const answer = (await command(body).expect(400)) as { body: Record<string, string> };
      assert.equal(answer.body['code'], code, JSON.stringify(body));
    }
    const form = helper.request().post('/microsip-phone/command').type('form');
    await form.send({ phone: 'phone', type: 'dial', number: '1001' }).expect(400);
    assert.deepEqual((await asked())[0]?.calls, []);
  });

  it('go when their flow goes, and one that nothing uses says so', async () => {
    await load([PHONE]);
    live.editorCame();
    assert.equal((await asked())[0]?.isUnused, true);
    await helper.unload();
    await untilLast((phones) => phones.length === 0);
    await Flow.load(NODES);
    await untilLast(([phone]) => phone?.state === 'idle');
  });

  it('say which sources the settings leave out, and which have shown nothing', async () => {
    const observing = { ...PHONE, connection: 'observe', logFile: '/nowhere/MicroSIP_log.txt', callLog: '' };
    await load([observing, STATUS, EVENTS]);
    const [shown] = await asked();
    assert.deepEqual(shown?.sources, [
      { source: 'log', is: 'silent' },
      { source: 'hooks', is: 'off' },
      { source: 'history', is: 'off' },
    ]);
    assert.deepEqual([shown.takesCommands, shown.isSimulated], [false, false]);
  });
});
