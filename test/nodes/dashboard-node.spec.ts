import assert from 'node:assert/strict';
import type { Node, NodeAPI, NodeInitializer } from 'node-red';
import widget from '../../packages/dashboard/nodes/ui-microsip-phone';
import type { DashboardMessage, WidgetEvents } from '../../packages/dashboard/src/dashboard';
import type { ToBrowser } from '../../packages/dashboard/src/protocol';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE } from './flow';

interface Registered {
  config: Record<string, unknown>;
  events: WidgetEvents;
  stored: ToBrowser;
  told: ToBrowser[];
}
/** What Dashboard knows, by the ids of the widgets. */
const registered = new Map<string, Registered>();

/** As much of Dashboard as the node sees. */
const dashboard: NodeInitializer = (RED: NodeAPI) => {
  function Group(this: Node, config: object): void {
    RED.nodes.createNode(this, config as never);
    const base = {
      emit: (event: string, { microsip }: { microsip: ToBrowser }) => {
        registered.get(event.replace('msg-input:', ''))?.told.push(microsip);
      },
      stores: {
        data: {
          save: (_base: unknown, { id }: Node, { microsip }: { microsip: ToBrowser }) =>
            Object.assign(registered.get(id) ?? {}, { stored: microsip }),
        },
        state: { getProperty: () => undefined },
      },
    };
    Object.assign(this, {
      getBase: () => base,
      register: ({ id }: Node, given: Record<string, unknown>, events: WidgetEvents) => {
        registered.set(id, { config: given, events, stored: {}, told: [] });
      },
    });
  }
  RED.nodes.registerType('ui-group', Group);
};

const WIDGET = { type: 'ui-microsip-phone', phone: 'phone', wires: [['out']] };
const OTHERS = [
  { id: 'catch', type: 'catch', wires: [['errors']] },
  { id: 'out', type: 'helper' },
  { id: 'errors', type: 'helper' },
];

nodeSuite('phone on the dashboard', () => {
  const press = (id: string, command: object): DashboardMessage | null | Promise<DashboardMessage | null> =>
    registered.get(id)?.events.beforeSend({ microsip: { request: 'r', language: 'fr', command } }) ?? null;

  it('shows one phone in two places, and carries out what is pressed in either', async () => {
    const two = ['here', 'there'].map((id) => ({ ...WIDGET, id, group: 'group' }));
    const flow = await Flow.load([{ id: 'group', type: 'ui-group' }, PHONE, ...two, ...OTHERS], [widget, dashboard]);
    await eventually(() => registered.get('there')?.stored.view?.presence === 'ready' || undefined);
    assert.equal(flow.statusOf('here')['text'], 'status.idle');
    const message = await press('here', { type: 'dial', number: '1001' });
    assert.equal(message?.['topic'], 'Desk 1/widget/dial');
    const call = await eventually(() => registered.get('there')?.stored.view?.calls[0]);
    assert.equal(call.callId, message['callId']);
    await press('there', { type: 'hangup', scope: 'all', callId: call.callId });
    await eventually(() => registered.get('here')?.stored.view?.today[0]);
    // What the settings of the phone are is nobody's business there.
    assert.deepEqual(Object.keys(registered.get('here')?.config ?? {}).sort(), [
      ...['group', 'id', 'parts', 'phone', 'type', 'wires', 'x', 'y', 'z'],
    ]);
  });

  it('fails for Catch nodes with a code, and for the browser in its language', async () => {
    const flow = await Flow.load(
      [{ id: 'group', type: 'ui-group' }, PHONE, { ...WIDGET, id: 'here', group: 'group' }, ...OTHERS],
      [widget, dashboard],
    );
    await eventually(() => registered.get('here')?.stored.view?.presence === 'ready' || undefined);
    assert.equal(await press('here', { type: 'dial', number: '/exit' }), null);
    const { error, payload } = await flow.until('errors');
    assert.equal((error as { code: string }).code, 'invalid_number');
    assert.deepEqual(payload, { type: 'dial', number: '/exit' });
    const answer = registered.get('here')?.told.find((said) => said.answer)?.answer;
    assert.equal(answer?.code, 'invalid_number');
    assert.notEqual((error as { message: string }).message, answer.message);
  });

  it('is not made to tell all browsers as often as one asks', async () => {
    await Flow.load(
      [{ id: 'group', type: 'ui-group' }, PHONE, { ...WIDGET, id: 'here', group: 'group' }, ...OTHERS],
      [widget, dashboard],
    );
    await eventually(() => registered.get('here')?.stored.view?.presence === 'ready' || undefined);
    const { events, told } = registered.get('here') ?? assert.fail();
    told.length = 0;
    for (let i = 0; i < 100; i += 1) await events.beforeSend({ microsip: { request: `r${i}`, ask: 'view' } });
    await eventually(() => told.find(({ view }) => view));
    assert.ok(told.length < 10, `${told.length} times`);
  });

  it('says that there is no dashboard, or no phone', async () => {
    const flow = await Flow.load(
      [
        { id: 'group', type: 'ui-group' },
        { ...WIDGET, id: 'alone', group: 'nowhere' },
        { ...WIDGET, id: 'mute', group: 'group', phone: 'nobody' },
        ...OTHERS,
      ],
      [widget, dashboard],
    );
    assert.equal(flow.statusOf('alone')['text'], 'status.no_group');
    assert.equal(flow.statusOf('mute')['text'], 'status.missing');
    assert.equal(registered.get('mute')?.stored.view?.presence, 'missing');
  });
});
