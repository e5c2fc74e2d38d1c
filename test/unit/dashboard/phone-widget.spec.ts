import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import { PhoneWidget } from '../../../packages/dashboard/src/phone-widget';
import type { DashboardBase, DashboardMessage } from '../../../packages/dashboard/src/dashboard';
import type { PhoneAccess } from '../../../packages/dashboard/src/phone-node';
import { PARTS, type Part, type ToBrowser } from '../../../packages/dashboard/src/protocol';

const CLIENT = { socketId: 'browser-1' };

/** A phone, its widget, and what Dashboard gets of both. */
class Stage {
  readonly node = Object.assign(new EventEmitter(), {
    id: 'widget',
    status: () => undefined,
    error: (error: Error) => this.errors.push(error),
  });
  readonly errors: Error[] = [];
  readonly told: { said: ToBrowser; client: unknown }[] = [];
  readonly executed: unknown[] = [];
  stored: { microsip: ToBrowser } | undefined;
  enabled: boolean | undefined = true;
  failure: Error | undefined;
  muted = false;
  change: () => void = () => assert.fail('nobody listens');
  readonly widget: PhoneWidget;

  constructor(parts: readonly Part[] = PARTS, phone?: 'missing') {
    const base = {
      emit: (event: string, message: { microsip: ToBrowser; _client?: unknown }) => {
        assert.equal(event, 'msg-input:widget');
        this.told.push({ said: message.microsip, client: message._client });
      },
      stores: {
        data: { save: (_base: unknown, _node: unknown, message: { microsip: ToBrowser }) => (this.stored = message) },
        state: { getProperty: () => this.enabled },
      },
    } as unknown as DashboardBase;
    const RED = { settings: {} } as NodeAPI;
    this.widget = new PhoneWidget(RED, this.node as unknown as Node, base, phone ?? this.phone(), parts);
    this.widget.open();
  }

  async ask(microsip: object): Promise<DashboardMessage | null> {
    return this.widget.events.beforeSend({ microsip, _client: CLIENT, topic: '' });
  }

  command(command: object): Promise<DashboardMessage | null> {
    return this.ask({ request: 'r', language: 'de', command });
  }

  get answers(): unknown[] {
    return this.told.flatMap(({ said }) => (said.answer ? [said.answer] : []));
  }

  private phone(): PhoneAccess {
    return {
      version: 1,
      name: 'Desk 1',
      join: (_node: unknown, onChange: () => void) => {
        this.change = onChange;
        onChange();
      },
      snapshot: () => ({
        ...{ event: 'snapshot', state: 'idle', phone: 'Desk 1', presence: 'ready', calls: [], replayed: false },
        time: new Date().toISOString(),
        audio: { microphone: { muted: this.muted }, speaker: { muted: false } },
        account: 'secret-account',
      }),
      callsToday: () => [],
      findContacts: (text: string) => [{ name: text, number: '1' }],
      execute: (command: unknown) => {
        this.executed.push(command);
        return this.failure ? Promise.reject(this.failure) : Promise.resolve({ callId: 'c', verified: true });
      },
      describe: (error: Error, language: string) => ({ code: 'line_busy', message: `${language}: ${error.message}` }),
    } as unknown as PhoneAccess;
  }
}

describe('the node of the phone on the dashboard', () => {
  it('tells browsers of changes, those that come later too, and of what stays the same nothing', async () => {
    const stage = new Stage();
    await turn();
    stage.change();
    stage.change();
    await turn();
    assert.equal(stage.told.length, 1);
    stage.muted = true;
    stage.change();
    await turn();
    assert.equal(stage.told.length, 2);
    assert.equal(stage.told[1]?.client, undefined);
    assert.equal(stage.stored?.microsip.view?.audio?.microphone.muted, true);
    stage.node.emit('close');
  });

  it('stores nothing that it does not show', async () => {
    const stage = new Stage();
    await turn();
    assert.doesNotMatch(JSON.stringify(stage.stored), /secret/);
    await stage.ask({ request: 'r', ask: 'contacts', text: 'Ada' });
    assert.doesNotMatch(JSON.stringify(stage.stored), /Ada/);
    assert.deepEqual(stage.told.at(-1), {
      said: { matches: { request: 'r', found: [{ name: 'Ada', number: '1' }] } },
      client: CLIENT,
    });
    stage.node.emit('close');
  });

  it('sends on each command that was done', async () => {
    const stage = new Stage();
    const message = await stage.command({ type: 'dial', number: '1001' });
    assert.deepEqual(message, {
      topic: 'Desk 1/widget/dial',
      payload: { type: 'dial', number: '1001' },
      callId: 'c',
      _client: CLIENT,
    });
    assert.deepEqual(stage.answers, [{ request: 'r' }]);
    stage.node.emit('close');
  });

  it('answers in the language of the browser what failed, and tells Catch nodes in that of Node-RED', async () => {
    const stage = new Stage();
    stage.failure = new Error('busy');
    assert.equal(await stage.command({ type: 'dial', number: '1001' }), null);
    assert.deepEqual(stage.answers, [{ request: 'r', code: 'line_busy', message: 'de: busy' }]);
    assert.deepEqual(
      stage.errors.map((error) => [error.message, (error as Error & { code?: string }).code]),
      [['en-US: busy', 'line_busy']],
    );
    stage.node.emit('close');
  });

  it('does nothing that it does not offer, nor anything while it is disabled', async () => {
    const stage = new Stage(['today']);
    await stage.command({ type: 'dial', number: '1001' });
    await stage.command({ type: 'app', action: 'exit' });
    const disabled = new Stage();
    disabled.enabled = false;
    await disabled.command({ type: 'dial', number: '1001' });
    assert.deepEqual([...stage.executed, ...disabled.executed], []);
    assert.deepEqual(stage.answers.length, 2);
    assert.deepEqual(disabled.answers, [{ request: 'r', code: 'not_offered' }]);
    for (const { node } of [stage, disabled]) node.emit('close');
  });

  it('takes no commands from flows, and gives browsers only what they know of their messages', async () => {
    const stage = new Stage();
    const message = {
      ...{ payload: '1010', _msgid: 'm', visible: true, secret: 'x' },
      microsip: { request: 'r', language: 'en', command: { type: 'dial', number: '666' } },
    };
    stage.node.emit(
      'input',
      message,
      () => undefined,
      () => undefined,
    );
    assert.deepEqual(await stage.widget.events.beforeSend(message), {
      ...{ _msgid: 'm', visible: true },
      microsip: { number: '1010' },
    });
    assert.deepEqual(stage.executed, []);
    stage.node.emit('close');
  });

  it('says that no phone is chosen', async () => {
    const stage = new Stage(PARTS, 'missing');
    assert.equal(stage.stored?.microsip.view?.presence, 'missing');
    await stage.command({ type: 'dial', number: '1001' });
    assert.deepEqual(stage.answers, [{ request: 'r', code: 'missing' }]);
    stage.node.emit('close');
  });
});
