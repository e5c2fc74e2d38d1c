import assert from 'node:assert/strict';
import { HomeAssistantLink } from '../../../../src/agent/home-assistant/home-assistant-link';
import type { OutgoingMessage } from '../../../../src/agent/publishing/outflow';
import { phoneTopics } from '../../../../src/fleet/protocol/topics';
import type { EntityKey } from '../../../../src/agent/home-assistant/entities';
import type { Command, CommandResult, Feature } from '../../../../src/phone/commands/command';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { HOME_ASSISTANT } from '../../../support/home-assistant/defaults';
import { FakeClock } from '../../../support/fake-clock';

const STATUS = HOME_ASSISTANT.statusTopic;

class Stage {
  readonly clock = new FakeClock();
  readonly published: OutgoingMessage[] = [];
  readonly answers: OutgoingMessage[] = [];
  readonly executed: Command[] = [];
  readonly logged: string[] = [];
  readonly validFor: unknown[] = [];
  microsip: string | undefined;
  /** What its MicroSIP offers; undefined: nobody sees it. */
  features: Feature[] | undefined;
  noted: string[] = [];
  republished = 0;
  mayBeOld = false;
  execute = (command: Command): Promise<CommandResult> => {
    this.executed.push(command);
    return Promise.resolve({ callId: 'c' });
  };
  readonly link: HomeAssistantLink;

  constructor(allowed?: string[], before: EntityKey[] = []) {
    const note = (event: string) => this.logged.push(event);
    this.link = new HomeAssistantLink({
      config: HOME_ASSISTANT,
      topics: phoneTopics('microsip', 'desk-1'),
      phone: () => ({
        ...{ base: 'microsip', id: 'desk-1', name: 'Desk 1', agent: '1', keepsLastCall: true },
        ...(this.microsip !== undefined && { microsip: this.microsip }),
        ...(this.features && { features: this.features }),
      }),
      before,
      noteEntities: (entities) => {
        this.noted = entities.map(({ key }) => key);
      },
      allowed,
      clock: this.clock,
      log: { debug: note, info: note, warn: note, error: note },
      mayBeOld: () => this.mayBeOld,
      execute: (command, validFor) => {
        this.validFor.push(validFor);
        return this.execute(command);
      },
      publish: (message) => this.published.push(message),
      answer: (message) => this.answers.push(message),
      republish: () => (this.republished += 1),
    });
  }

  /** What each of the published documents says of a switch. */
  told(key: string): unknown[] {
    return this.published.map(
      ({ payload }) => (JSON.parse(payload) as { components: Record<string, unknown> }).components[key],
    );
  }

  take(verb: string, text = '', retain = false, properties = {}): Promise<void> {
    return this.link.take(verb, { payload: Buffer.from(text), retain, properties });
  }

  get outcomes(): unknown[] {
    return this.answers.map(({ topic, payload, retain }) => {
      assert.deepEqual([topic, retain], ['microsip/desk-1/response/verb', false]);
      const { verb, ok, error } = JSON.parse(payload) as { verb: string; ok: boolean; error?: { code: string } };
      return [verb, error?.code ?? ok];
    });
  }
}

describe('a phone at Home Assistant', () => {
  it('is told of again within 5 s after Home Assistant has started, once', async () => {
    const { clock, link, published, ...stage } = new Stage();
    link.noteStatus({ topic: STATUS, payload: Buffer.from('online') });
    link.noteStatus({ topic: STATUS, payload: Buffer.from('online') });
    assert.equal(published.length, 0);
    await clock.pass(5000);
    assert.deepEqual(
      published.map(({ topic, retain }) => [topic, retain]),
      [['homeassistant/device/microsip/desk-1/config', true]],
    );
    await clock.pass(60_000);
    assert.equal(published.length, 1);
    assert.ok(stage.logged.length === 0);
  });

  it('is not told of when Home Assistant ends, nor after the agent has', async () => {
    const { clock, link, published } = new Stage();
    link.noteStatus({ topic: STATUS, payload: Buffer.from('offline') });
    link.noteStatus({ topic: STATUS, payload: Buffer.from('online') });
    link.stop();
    await clock.pass(10_000);
    assert.deepEqual(published, []);
  });

  it('is told of again when the version of its MicroSIP is known', () => {
    const stage = new Stage();
    stage.link.retained();
    stage.link.noteChange();
    assert.equal(stage.published.length, 0);
    stage.microsip = '3.22.16';
    stage.link.noteChange();
    stage.link.noteChange();
    assert.equal(stage.published.length, 1);
    assert.match(stage.published[0]?.payload ?? '', /"sw_version":"3\.22\.16"/);
  });

  it('has a switch as soon as its MicroSIP offers it, and no longer than that', async () => {
    const stage = new Stage();
    stage.link.retained();
    stage.features = [];
    stage.link.noteChange();
    assert.deepEqual([stage.published, stage.noted.includes('dnd')], [[], false]);
    stage.features = ['dnd'];
    stage.link.noteChange();
    assert.deepEqual([stage.told('dnd').length, stage.noted.includes('dnd')], [1, true]);
    stage.features = undefined;
    stage.link.noteChange();
    await stage.clock.pass(60_000);
    assert.equal(stage.published.length, 1, 'a MicroSIP that is closed may offer it when it is back');
    stage.features = ['recording'];
    stage.link.noteChange();
    assert.deepEqual(stage.told('dnd').slice(1), [{ platform: 'switch' }, undefined]);
    assert.ok(!stage.noted.includes('dnd'));
  });

  it('is told of no more than once in 10 s, and then as it is', async () => {
    const stage = new Stage();
    stage.features = [];
    stage.link.retained();
    for (let second = 0; second < 60; second += 1) {
      for (const features of [['dnd'], [], ['dnd']] satisfies Feature[][]) {
        stage.features = features;
        stage.link.noteChange();
      }
      await stage.clock.pass(1000);
      stage.features = [];
      stage.link.noteChange();
    }
    assert.ok(stage.published.length >= 6 && stage.published.length <= 14, String(stage.published.length));
    await stage.clock.pass(10_000);
    assert.equal(stage.told('dnd').at(-1), undefined);
  });

  it('has a switch that it had when the agent ran last, until it is seen not to be offered', () => {
    const stage = new Stage(undefined, [
      { key: 'dnd', platform: 'switch' },
      { key: 'parking', platform: 'switch' },
    ]);
    const parts = (): Record<string, object>[] =>
      stage.link
        .retained()
        .map(({ payload }) => (JSON.parse(payload) as { components: Record<string, object> }).components);
    const [first, then, ...more] = parts();
    assert.ok(first?.['dnd'] && 'command_topic' in first['dnd'] && then?.['dnd']);
    assert.deepEqual([first['parking'], then['parking'], more], [{ platform: 'switch' }, undefined, []]);
    stage.features = [];
    stage.link.noteChange();
    assert.deepEqual(stage.told('dnd'), [{ platform: 'switch' }, undefined]);
  });

  it('carries out what is pressed there, and says what became of it', async () => {
    const stage = new Stage();
    await stage.take('dial', '1001');
    await stage.take('mute', 'ON');
    await stage.take('dnd', 'OFF');
    assert.deepEqual(stage.executed, [
      { type: 'dial', number: '1001' },
      { type: 'audio', device: 'microphone', action: 'mute' },
      { type: 'feature', feature: 'dnd', action: 'off' },
    ]);
    assert.deepEqual(stage.outcomes, [
      ['dial', true],
      ['mute', true],
      ['dnd', true],
    ]);
  });

  it('carries out nothing that was retained, is unknown, not allowed or refused', async () => {
    const stage = new Stage(['answer']);
    await stage.take('answer', '', true);
    assert.deepEqual([stage.answers, stage.logged], [[], ['commands_dropped']]);
    await stage.take('explode');
    await stage.take('dial', '1001');
    stage.execute = () => Promise.reject(new PhoneError('no_call', 'nothing_rings'));
    await stage.take('answer');
    stage.execute = () => Promise.reject(new TypeError('broken'));
    await stage.take('answer');
    assert.deepEqual(stage.executed, []);
    assert.deepEqual(stage.outcomes, [
      ['explode', 'config'],
      ['dial', 'refused'],
      ['answer', 'no_call'],
      ['answer', 'config'],
    ]);
  });

  it('begins a command that carries no time within 10 s, or before it expires', async () => {
    const stage = new Stage();
    await stage.take('answer');
    await stage.take('answer', '', false, { messageExpiryInterval: 4 });
    await stage.take('answer', '', false, { messageExpiryInterval: 3600 });
    assert.deepEqual(stage.validFor, [10_000, 4000, 10_000]);
  });

  it('carries out nothing that may be from before a sleep', async () => {
    const stage = new Stage();
    stage.mayBeOld = true;
    await stage.take('dial', '1001');
    assert.deepEqual([stage.executed, stage.answers, stage.logged], [[], [], ['commands_dropped']]);
  });

  it('takes so many at a time, and no more', async () => {
    const stage = new Stage();
    const ends: (() => void)[] = [];
    stage.execute = () =>
      new Promise((resolve) =>
        ends.push(() => {
          resolve({});
        }),
      );
    const all = Array.from({ length: 30 }, () => stage.take('answer'));
    assert.equal(ends.length, 20);
    for (const end of ends) end();
    await Promise.all(all);
    assert.equal(stage.answers.length, 20);
  });
});
