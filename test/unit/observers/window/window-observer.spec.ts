import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/clock';
import type { Observation } from '../../../../src/phone/ports/observation';
import { hostOf } from '../../../support/observer-host';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { WindowObserver } from '../../../../src/observers/window/window-observer';
import { FakeWindow } from './fake-window';
import type { Shown } from './snapshots';

const RINGS: Shown = {
  rings: ['ringA|Ada|4711@pbx.test\r\n\r\nTo: 1001@pbx.test'],
  tab: 'ringing',
  title: 'Ada – 4711',
  status: 'Ringing',
};
const CONNECTED: Shown = { tab: 'connected', title: 'Ada – 4711', status: 'Connected 0:01' };

describe('window observer', () => {
  let window: FakeWindow;
  let observer: WindowObserver;
  let seen: Observation[];
  const types = (): string[] => seen.map(({ type }) => type);

  beforeEach(() => {
    window = new FakeWindow();
    observer = new WindowObserver(window);
    seen = [];
  });
  afterEach(async () => {
    await observer.stop();
  });
  const clock = { ...systemClock, now: () => window.now };
  const start = (): Promise<void> => observer.start(hostOf((observation) => seen.push(observation), { clock }));

  it('tells who traces it of every look, before what it makes of it', async () => {
    const told: string[] = [];
    const looked = (source: string, shows: object): void => {
      told.push(`look ${source} ${'rings' in shows && Array.isArray(shows.rings) ? shows.rings.length : '?'}`);
    };
    await observer.start(hostOf(({ type }) => told.push(type), { clock, looked }));
    window.show(RINGS);
    assert.deepEqual(told, ['look window 0', 'presence', 'audio', 'registration', 'look window 1', 'call']);
  });

  it('reports the current state before it has started, and then every change', async () => {
    await start();
    assert.deepEqual(types(), ['presence', 'audio', 'registration']);
    window.show(RINGS);
    assert.deepEqual(types(), ['presence', 'audio', 'registration', 'call']);
    assert.equal(seen[3]?.time, 1100);
  });

  it('looks again by itself when something is open', async () => {
    await start();
    window.show(RINGS);
    window.show({});
    assert.equal(types().at(-1), 'call');
    window.now += 100;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(types().slice(3), ['call', 'call_ended']);
  });

  it('decides nothing while no look can be had', async () => {
    await start();
    window.show(RINGS);
    window.show({});
    window.answers = false;
    window.now += 100;
    await observer.refresh();
    assert.equal(types().at(-1), 'call');
  });

  it('a refresh waits for what settles soon', async () => {
    await start();
    window.show({ tab: 'dialing', title: '1', multi: true });
    const passing = setInterval(() => (window.now += 20), 15);
    await observer.refresh();
    clearInterval(passing);
    assert.ok(seen.some((one) => one.type === 'call_mode' && !one.singleMode));
  });

  it('times never run backwards', async () => {
    await start();
    window.show(RINGS);
    window.show(CONNECTED, -500);
    assert.equal(seen.at(-1)?.type, 'call');
    assert.equal(seen.at(-1)?.time, 1100);
  });

  it('leaves no listener behind, and reports nothing more', async () => {
    await start();
    await observer.stop();
    assert.equal(window.listeners.size, 0);
    assert.equal(window.started, false);
    window.show(RINGS);
    assert.deepEqual(types(), ['presence', 'audio', 'registration']);
  });

  it('passes on why it cannot start, and leaves nothing behind', async () => {
    window.failure = new PhoneError('unsupported', 'not_windows');
    await assert.rejects(start(), { code: 'unsupported' });
    assert.equal(window.listeners.size, 0);
  });

  it('a successor on the same MicroSIP gives the same keys', async () => {
    await start();
    window.show(RINGS);
    window.show(CONNECTED);
    const left = observer.memory();
    await observer.stop();
    window.now += 100;
    const again = new WindowObserver(window);
    const later: Observation[] = [];
    await again.start(hostOf((observation) => later.push(observation), { clock, remembered: (name) => left[name] }));
    const call = later.find((one) => one.type === 'call');
    assert.equal(call?.key, 'ringA');
    assert.equal(call.state, 'connected');
    await again.stop();
  });

  it('never uses the key of a line again', async () => {
    await start();
    const dialing: Shown = { tab: 'dialing', title: '1', status: 'Calling 1 ...' };
    window.show(dialing);
    window.show({});
    window.show(dialing);
    const keys = seen.filter((one) => one.type === 'call').map(({ key }) => key);
    assert.equal(keys.length, 2);
    assert.notEqual(keys[0], keys[1]);
  });
});
