import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePhone } from '../../../src/create-phone';
import { FEATURES, type Feature } from '../../../src/phone/commands/command';
import { playFarEnd } from '../../../src/simulator/far-end-actions';
import type { TimedMicrosipOptions } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';
import { Watched } from './watched';

describe('switches of the simulated MicroSIP', () => {
  let watched: Watched;
  let clock: FakeClock;
  let recordings: string;
  before(() => {
    recordings = mkdtempSync(join(tmpdir(), 'switches-'));
  });
  after(() => {
    rmSync(recordings, { recursive: true, maxRetries: 5 });
  });
  afterEach(() => watched.end());
  const start = async (options: TimedMicrosipOptions = {}): Promise<void> => {
    clock = new FakeClock();
    watched = await Watched.start({ clock, traces: { recordings }, ...options });
  };
  const press = async (feature: Feature, on: boolean): Promise<void> => {
    watched.microsip.user.setFeature(feature, on);
    await watched.settle();
  };
  const told = (): unknown[] => watched.seen.flatMap((one) => (one.type === 'features' ? [one.features] : []));
  const incoming = async (number = '1005'): Promise<void> => {
    watched.microsip.far.incoming({ number });
    await watched.settle();
  };

  it('are those that the settings of a new MicroSIP show, and all with several calls and a number', async () => {
    await start();
    assert.deepEqual(Object.keys(watched.microsip.features), ['dnd', 'autoAnswer', 'recording']);
    assert.throws(
      () => {
        watched.microsip.user.setFeature('forwarding', true);
      },
      { code: 'unsupported' },
    );
    watched.microsip.setSingleMode(false);
    await watched.settle();
    const all = { dnd: false, autoAnswer: false, autoConference: false, recording: false };
    assert.deepEqual(told().at(-1), all);
    await watched.end();
    await start({ singleMode: false, forwardingNumber: '1009', pressed: ['dnd'] });
    assert.deepEqual(watched.microsip.features, { ...all, dnd: true, forwarding: false });
    assert.deepEqual(Object.keys(watched.microsip.features), FEATURES);
  });

  it('do to calls what they say, and only while they are on', async () => {
    await start({ forwardingNumber: '1009', pressed: [] });
    const { journal } = watched.microsip;
    await press('dnd', true);
    await incoming();
    assert.deepEqual(journal.details('refused'), ['Do Not Disturb']);
    await press('dnd', false);
    await press('forwarding', true);
    await incoming();
    assert.deepEqual(journal.details('forwarded'), ['1009']);
    await press('forwarding', false);
    await press('autoAnswer', true);
    await incoming();
    assert.deepEqual(journal.details('answered'), ['1005']);
    await press('autoAnswer', false);
    await incoming('1006');
    assert.equal(watched.microsip.calls.ringing.length, 1);
    const switched = ['dnd on', 'dnd off', 'forwarding on', 'forwarding off', 'autoAnswer on', 'autoAnswer off'];
    assert.deepEqual(journal.details('switched'), switched);
  });

  it('merge the calls at the next answer, and hold none', async () => {
    await start({ singleMode: false });
    const { far, user, calls } = watched.microsip;
    const call = async (number: string): Promise<void> => {
      user.dial(number);
      far.answer();
      await watched.settle();
    };
    await call('1002');
    await press('autoConference', true);
    assert.equal(calls.all[0]?.inConference, undefined);
    await call('1003');
    assert.deepEqual(
      calls.all.map(({ inConference, localHold }) => [inConference, localHold]),
      [
        [true, false],
        [true, false],
      ],
    );
  });

  it('record the call of the selected tab until it ends', async () => {
    await start();
    assert.throws(
      () => {
        watched.microsip.user.setFeature('recording', true);
      },
      { code: 'no_call' },
    );
    watched.microsip.user.dial('1002');
    watched.microsip.far.answer();
    await press('recording', true);
    watched.microsip.far.hangup();
    await watched.settle();
    const recording = told().map((one) => (one as { recording: boolean }).recording);
    assert.deepEqual(recording, [false, true, false]);
  });

  it('are written 5 s later or at the exit, so a crash takes them back', async () => {
    await start();
    const { microsip } = watched;
    await press('dnd', true);
    await clock.pass(4999);
    microsip.crash();
    microsip.start();
    assert.equal(microsip.features.dnd, false);
    await clock.pass(200);
    await press('dnd', true);
    await clock.pass(5000);
    microsip.crash();
    microsip.start();
    assert.equal(microsip.features.dnd, true);
    await clock.pass(200);
    await press('dnd', false);
    microsip.exit();
    await watched.settle();
    microsip.start();
    assert.equal(microsip.features.dnd, false);
  });

  it('are pressed by an action of the simulator node, which takes no other words', async () => {
    await start();
    const { local } = makePhone({ connection: 'simulator' }, { simulated: watched.microsip });
    const phone = { simulated: watched.microsip, local };
    await playFarEnd(phone, { action: 'feature', feature: 'dnd' });
    assert.equal(watched.microsip.features.dnd, true);
    await playFarEnd(phone, { action: 'feature', feature: 'dnd', on: false });
    assert.equal(watched.microsip.features.dnd, false);
    const hostile = [{}, { feature: '__proto__' }, { feature: ['dnd'] }, { feature: 'dnd', on: 'true' }];
    for (const fields of hostile) {
      await assert.rejects(playFarEnd(phone, { action: 'feature', ...fields }), { code: 'config' });
    }
  });

  it('follow single-call mode, which the simulator node changes as the settings do: all calls end first', async () => {
    await start();
    const { microsip } = watched;
    const { local } = makePhone({ connection: 'simulator' }, { simulated: microsip });
    const phone = { simulated: microsip, local };
    const modes = (): unknown[] => watched.seen.flatMap((one) => (one.type === 'call_mode' ? [one.singleMode] : []));
    const choose = async (fields: object): Promise<void> => {
      await playFarEnd(phone, { action: 'single-call-mode', ...fields });
      await watched.settle();
    };
    await watched.connected();
    await choose({ on: true });
    assert.deepEqual([modes(), watched.open], [[true], ['1002 connected']]);
    await choose({ on: false });
    assert.deepEqual([modes(), watched.endings, microsip.presence], [[true, false], ['200 local'], 'ready']);
    assert.equal((told().at(-1) as { autoConference?: boolean }).autoConference, false);
    await watched.connected('1002');
    await watched.connected('1003');
    assert.deepEqual(watched.open, ['1002 held', '1003 connected']);
    await choose({});
    assert.deepEqual([modes(), watched.open], [[true, false, true], []]);
    assert.equal('autoConference' in microsip.features, false);
    for (const on of ['false', 0, null, {}]) await assert.rejects(choose({ on }), { code: 'config' });
    microsip.hang(1000);
    await choose({ on: false });
    assert.equal(microsip.singleMode, true);
    await clock.pass(1000);
    assert.equal(microsip.singleMode, false);
    microsip.crash();
    await assert.rejects(choose({ on: true }), { code: 'not_running' });
  });

  it('of the simulator node play nothing else than what they say', async () => {
    await start();
    const { microsip } = watched;
    const { local } = makePhone({ connection: 'simulator' }, { simulated: microsip });
    const phone = { simulated: microsip, local };
    for (const wrong of [{}, ['1'], true, NaN, -1, 1.5])
      for (const name of ['number', 'name', 'callId'])
        await assert.rejects(playFarEnd(phone, { action: 'incoming', [name]: wrong }), { code: 'config' });
    await assert.rejects(playFarEnd(phone, { action: 'hangup', elsewhere: 'yes' }), { code: 'config' });
    assert.equal(microsip.calls.all.length, 0);
    microsip.unregister();
    await assert.rejects(playFarEnd(phone, { action: 'incoming' }), { code: 'no_call', cause: 'not_callable' });
  });
});
