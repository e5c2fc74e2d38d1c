import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import { FEATURES, type Feature, type Features } from '../../../src/phone/commands/command';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import type { Phone } from '../../../src/phone/phone';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { EventLog } from '../../contract/world';
import { eventually } from '../../support/eventually';
import { failsWith } from '../../support/fails-with';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';
import { PATIENCE, worldOf } from '../support/window-world';

const WITH_A_NUMBER = { forwarding: 'button', forwardingNumber: '1009' };
/** How the stand-in calls the buttons, and the keys of its ini. */
const BUTTONS = { dnd: 'dnd', autoAnswer: 'aa', autoConference: 'ac', forwarding: 'fwd', recording: 'rec' };
const KEYS = { dnd: 'DND', autoAnswer: 'AA', autoConference: 'AC', forwarding: 'FWD' };
type Setting = keyof typeof KEYS;
const SETTINGS = Object.keys(KEYS) as Setting[];

describe('the switches of the dialer', function () {
  this.timeout(120_000);
  let standIn: StandIn;
  let phone: Phone;
  let log: EventLog;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  const begin = async (settings: StandInOptions['settings'] = {}, more: StandInOptions = {}): Promise<void> => {
    standIn = await StandIn.start({ settings, ...more });
    phone = worldOf(standIn, { dialsPerSecond: 100 }).phone();
    log = new EventLog(phone);
    await phone.open();
  };
  const set = async (feature: Feature, on: boolean): Promise<Features | undefined> =>
    (await phone.execute({ type: 'feature', feature, action: on ? 'on' : 'off' })).features;
  const press = (feature: Feature, ...on: number[]): Promise<unknown> =>
    standIn.act('user-button', BUTTONS[feature], ...on);
  /** What MicroSIP goes by, not what its button shows. */
  const setting = async (feature: Setting): Promise<boolean> =>
    (await standIn.request('setting', KEYS[feature]))[0] === '1';
  const shown = async (feature: Feature): Promise<boolean> =>
    (await standIn.request('button', BUTTONS[feature]))[1] === '1';
  const told = (): (Features | undefined)[] => log.named('features').map((event) => featuresOf(event));
  const dial = async (number: string, nth: number): Promise<string> => {
    const { callId = '' } = await phone.execute({ type: 'dial', number });
    await log.until('outgoing', nth);
    await standIn.act('remote-answer');
    await log.until('answered', nth);
    return callId;
  };

  it('are on and off ten times, with changes by hand in between, and fast', async () => {
    await begin({ singleMode: 0, ...WITH_A_NUMBER });
    const took: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      for (const feature of SETTINGS) {
        for (const on of [true, false]) {
          const before = performance.now();
          const features = await set(feature, on);
          took.push(performance.now() - before);
          assert.equal(features?.[feature], on, `${feature}, round ${round}`);
          assert.deepEqual([await setting(feature), await shown(feature)], [on, on], `${feature}, round ${round}`);
        }
        // Every other round it is left switched over, so that the flow finds it as it should be.
        if (round % 2 === 1) await press(feature);
        assert.equal(await setting(feature), round % 2 === 1);
        const toggled = await phone.execute({ type: 'feature', feature, action: 'toggle' });
        assert.deepEqual([toggled.features?.[feature], await setting(feature)], [round % 2 === 0, round % 2 === 0]);
      }
    }
    took.sort((one, other) => one - other);
    console.log(
      `      a switch is set in ${(took[took.length >> 1] ?? 0).toFixed(1)} ms at the median of ${took.length}`,
    );
    // Nothing is clicked that stands as it should.
    const actions = (await standIn.actions()).length;
    for (const feature of SETTINGS) await set(feature, await setting(feature));
    assert.equal((await standIn.actions()).length, actions);
  });

  it('that a person presses are events, and in the snapshot', async () => {
    await begin({ ...WITH_A_NUMBER, AA: 1 });
    const first = { dnd: false, autoAnswer: true, forwarding: false, recording: false };
    assert.deepEqual(phone.snapshot().features, first);
    await press('dnd');
    await log.until('features');
    await press('autoAnswer');
    await log.until('features', 2);
    await press('forwarding');
    await log.until('features', 3);
    assert.deepEqual(told(), [
      { ...first, dnd: true },
      { ...first, dnd: true, autoAnswer: false },
      { ...first, dnd: true, autoAnswer: false, forwarding: true },
    ]);
    assert.deepEqual(phone.snapshot().features, told().at(-1));
    await set('dnd', true);
    assert.equal(told().length, 3);
    await standIn.crash();
    await log.until('phone_offline');
    assert.equal(phone.snapshot().features, undefined);
  });

  it('are found again when MicroSIP has made them anew', async () => {
    await begin({ singleMode: 0, ...WITH_A_NUMBER });
    for (const round of [0, 1, 2, 3]) {
      const [, , , before] = await standIn.request('button', 'dnd');
      await standIn.act('setting', 'recordingButton', round % 2);
      for (const feature of SETTINGS) {
        assert.equal((await set(feature, round % 2 === 0))?.[feature], round % 2 === 0);
        assert.equal(await setting(feature), round % 2 === 0);
      }
      await standIn.act('register');
      assert.notEqual(before, undefined);
    }
  });

  it('without a button are refused with the setting that makes it appear, and stay as they are', async () => {
    const hidden = { denyIncoming: '', autoAnswer: '', recordingButton: 0, forwarding: 'button', forwardingNumber: '' };
    await begin({ ...hidden, DND: 1, AA: 1, AC: 1, FWD: 1 });
    assert.deepEqual(phone.snapshot().features, {});
    const named: Record<Feature, RegExp> = {
      dnd: /denyIncoming=button/,
      autoAnswer: /autoAnswer=button/,
      autoConference: /singleMode=0.*buttonAC=1/,
      forwarding: /forwarding=button.*forwardingNumber/,
      recording: /recordingButton=1/,
    };
    for (const feature of FEATURES) {
      for (const action of ['on', 'off', 'toggle'] as const) {
        await assert.rejects(
          phone.execute({ type: 'feature', feature, action }),
          (error) => error instanceof PhoneError && error.code === 'unsupported' && named[feature].test(error.message),
        );
      }
    }
    for (const feature of SETTINGS) assert.equal(await setting(feature), true);
    assert.deepEqual(
      (await standIn.actions()).filter((action) => action.startsWith('feature')),
      [],
    );
  });

  it('do what they say to calls', async () => {
    await begin(WITH_A_NUMBER);
    const outcome = async (): Promise<string | undefined> => {
      await standIn.request('incoming', '1005');
      await standIn.sync();
      return (await standIn.actions()).at(-1);
    };
    await set('dnd', true);
    assert.match((await outcome()) ?? '', /^refuse .* 486 Do Not Disturb$/);
    await set('dnd', false);
    await set('forwarding', true);
    assert.match((await outcome()) ?? '', /^refuse .* 302 /);
    await set('forwarding', false);
    await set('autoAnswer', true);
    assert.match((await outcome()) ?? '', /^answer /);
    await log.until('answered');
  });

  it('merge calls at the next answer', async () => {
    await begin({ singleMode: 0 });
    await set('autoConference', true);
    await dial('1002', 1);
    await dial('1003', 2);
    assert.ok((await standIn.actions()).includes('merge'));
  });

  it('record the call of the selected tab, and only an answered one', async () => {
    await begin({ singleMode: 0 });
    await failsWith('no_call', set('recording', true));
    await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await failsWith('no_call', set('recording', true));
    await standIn.act('remote-answer');
    const first = (await log.until('answered')).call?.callId ?? '';
    const on = await phone.execute({ type: 'feature', feature: 'recording', action: 'on' });
    assert.deepEqual([on.callId, on.features?.recording, await shown('recording')], [first, true, true]);
    assert.equal((await set('recording', true))?.recording, true);
    const second = await dial('1003', 2);
    await eventually(() => (phone.snapshot().features?.recording === false ? true : undefined));
    await failsWith(
      'unsupported',
      phone.execute({ type: 'feature', feature: 'recording', action: 'off', callId: first }),
    );
    await press('recording');
    const off = await phone.execute({ type: 'feature', feature: 'recording', action: 'toggle', callId: second });
    assert.deepEqual([off.callId, off.features?.recording], [second, false]);
    await failsWith('no_call', phone.execute({ type: 'feature', feature: 'recording', action: 'off', callId: 'x' }));
    await standIn.act('user-tab', '1002');
    await eventually(() => (phone.snapshot().features?.recording ? true : undefined));
  });

  for (const version of ['3.22.3', '3.19.27'] as const) {
    it(`are there in ${version}, too`, async function () {
      const why = whyNoStandIn(version);
      if (why) skipBecause(this, why);
      await begin({ singleMode: 0, ...WITH_A_NUMBER }, { version });
      for (const feature of SETTINGS) {
        await set(feature, true);
        assert.equal(await setting(feature), true);
      }
    });
  }

  it('are seen but not set by the command line', async () => {
    await begin();
    await phone.close();
    phone = createPhone({ name: 'Desk', connection: 'program', program: standIn.program, timeout: PATIENCE });
    await phone.open();
    await eventually(() => (phone.snapshot().features?.dnd === false ? true : undefined));
    await failsWith('unsupported', set('dnd', true));
    await failsWith('unsupported', set('dnd', false));
  });
});

function featuresOf(event: PhoneEvent): Features | undefined {
  return event.event === 'features' ? event.features : undefined;
}
