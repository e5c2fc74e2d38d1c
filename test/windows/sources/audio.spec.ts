import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { createPhone } from '../../../src/create-phone';
import { AUDIO_DEVICES, type AudioDevice } from '../../../src/phone/commands/command';
import type { Phone } from '../../../src/phone/phone';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { EventLog } from '../../contract/world';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { PATIENCE, worldOf } from '../support/window-world';

type State = { muted: boolean; level: number };

describe('what is muted and how loud it is', function () {
  this.timeout(120_000);
  let standIn: StandIn;
  let phone: Phone;
  let log: EventLog;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(async () => {
    standIn = await StandIn.start();
    phone = worldOf(standIn, { dialsPerSecond: 100 }).phone();
    log = new EventLog(phone);
    await phone.open();
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  const byHand = (device: AudioDevice, what: 'mute' | 'level', value: number): Promise<unknown> =>
    standIn.act('user-audio', device, what, value);
  const told = (): unknown[] => log.named('audio').map((event: PhoneEvent) => event.event === 'audio' && event.audio);
  const stands = (microphone: State, speaker: State): Promise<unknown> =>
    eventually(() => {
      const seen = [phone.snapshot().audio, told().at(-1)];
      return isDeepStrictEqual(seen, Array(2).fill({ microphone, speaker })) || undefined;
    });
  /** What MicroSIP goes by. */
  const really = async (): Promise<string[]> => [
    ...(await standIn.request('mute')),
    ...(await standIn.request('volume')),
  ];

  it('is in the snapshot from the first look on, and no event', () => {
    const as = { muted: false, level: 100 };
    assert.deepEqual(phone.snapshot().audio, { microphone: as, speaker: as });
    assert.deepEqual(told(), []);
  });

  it('is told for both devices, changed by a flow and by hand in turn', async () => {
    const is = { microphone: { muted: false, level: 100 }, speaker: { muted: false, level: 100 } };
    const change = async (device: AudioDevice, to: Partial<State>, how: Promise<unknown>): Promise<void> => {
      is[device] = { ...is[device], ...to };
      await how;
      await stands(is.microphone, is.speaker);
    };
    for (const device of AUDIO_DEVICES) {
      await change(device, { muted: true }, byHand(device, 'mute', 1));
      // The flow finds it so, and sends nothing.
      assert.deepEqual(await phone.execute({ type: 'audio', device, action: 'mute' }), { audio: is[device] });
      await change(device, { muted: false }, phone.execute({ type: 'audio', device, action: 'toggle' }));
      await change(device, { level: 42 }, byHand(device, 'level', 42));
      await change(device, { level: 47 }, phone.execute({ type: 'audio', device, action: 'up' }));
      await change(device, { level: 0 }, byHand(device, 'level', 0));
      await change(device, { level: 20 }, phone.execute({ type: 'audio', device, action: 'set', level: 20 }));
      await change(device, { muted: true }, phone.execute({ type: 'audio', device, action: 'mute' }));
    }
    assert.deepEqual(await really(), ['1', '1', '20', '20']);
    // On its way to a level it passes others, but nothing is told twice.
    assert.ok(told().every((one, index, all) => !isDeepStrictEqual(one, all[index - 1])));
  });

  it('stays as it is from call to call, and mute does not outlive MicroSIP', async () => {
    await phone.execute({ type: 'audio', device: 'microphone', action: 'mute' });
    await byHand('speaker', 'level', 60);
    const [microphone, speaker] = [
      { muted: true, level: 100 },
      { muted: false, level: 60 },
    ];
    await stands(microphone, speaker);
    const events = told().length;
    for (const number of ['1002', '1003']) {
      const nth = log.named('ended').length + 1;
      await phone.execute({ type: 'dial', number });
      await standIn.act('remote-answer');
      await log.until('answered', nth);
      await stands(microphone, speaker);
      await phone.execute({ type: 'hangup', scope: 'all' });
      await log.until('ended', nth);
    }
    assert.deepEqual([told().length, await really()], [events, ['1', '0', '100', '60']]);
    await standIn.crash();
    await log.until('phone_offline');
    assert.equal(phone.snapshot().audio, undefined);
    await standIn.run();
    await log.until('phone_online', 2);
    await eventually(() => phone.snapshot().audio?.microphone.muted === false || undefined);
    // How it is found is no event.
    assert.equal(told().length, events);
  });

  it('is the same for a second phone, and after a pause', async () => {
    const other = createPhone({ name: 'Other', program: standIn.program, timeout: PATIENCE });
    try {
      await other.open();
      await byHand('microphone', 'mute', 1);
      await stands({ muted: true, level: 100 }, { muted: false, level: 100 });
      await eventually(() => other.snapshot().audio?.microphone.muted || undefined);
      await phone.close();
      await byHand('microphone', 'mute', 0);
      await phone.open();
      await eventually(() => phone.snapshot().audio?.microphone.muted === false || undefined);
    } finally {
      await other.close();
    }
  });
});
