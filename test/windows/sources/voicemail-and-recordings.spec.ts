import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { FinishedCall, PhoneEvent } from '../../../src/phone/phone-event';
import type { Phone } from '../../../src/phone/phone';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { PATIENCE } from '../support/window-world';

const MAIL = 'Messages-Waiting: yes\r\nVoice-Message: 2/5 (1/0)\r\n';

describe('voicemail and recordings of a MicroSIP', () => {
  let standIn: StandIn;
  let phone: Phone;
  let events: PhoneEvent[];
  let finished: FinishedCall[];

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await phone.close();
    await standIn.end();
  });

  const start = async (enableLog: 0 | 1): Promise<void> => {
    standIn = await StandIn.start({
      settings: { enableLog, autoRecording: 1, recordingFormat: 'wav' },
      iniLines: ['voicemailNumber=*97'],
    });
    phone = createPhone({ name: 'Desk', program: standIn.program, timeout: PATIENCE });
    events = [];
    finished = [];
    phone.on('event', (event) => events.push(event));
    phone.on('finished', (one) => finished.push(one));
    await phone.open();
  };

  for (const enableLog of [1, 0] as const) {
    it(`has the file of a recorded call, ${enableLog ? 'by the log' : 'by its folder'}`, async () => {
      await start(enableLog);
      await standIn.act('incoming', '+4930123456');
      await eventually(() => events.find(({ event }) => event === 'incoming'));
      await standIn.act('user-answer');
      await eventually(() => events.find(({ event }) => event === 'answered'));
      await standIn.act('remote-hangup');
      const { call } = await eventually(() => finished[0]);
      const recording = call.recording ?? '';
      assert.match(recording, /\\Recordings\\\d{8}-\d{6}-\+4930123456-incoming-[^\\]+\.wav$/);
      assert.equal(dirname(dirname(recording)).toLowerCase(), dirname(standIn.program).toLowerCase());
      const bytes = readFileSync(recording);
      assert.equal(bytes.readUInt32LE(40), bytes.length - 44);
    });

    it(`tells of voicemail, ${enableLog ? 'with the counts of the log' : 'by the button that is shown'}`, async () => {
      await start(enableLog);
      await standIn.act('voicemail', MAIL);
      const wanted = enableLog ? { waiting: true, new: 2, old: 5, urgentNew: 1, urgentOld: 0 } : { waiting: true };
      await eventually(() => JSON.stringify(phone.snapshot().voicemail) === JSON.stringify(wanted) || undefined);
      await standIn.act('voicemail', 'Messages-Waiting: no\r\n', 'text/plain');
      await standIn.act('voicemail', '');
      await standIn.act('voicemail', 'Messages-Waiting: no\r\n');
      await eventually(() => phone.snapshot().voicemail?.waiting === false || undefined);
      const told = events.flatMap((one) => (one.event === 'voicemail' ? [one.voicemail.waiting] : []));
      assert.deepEqual([...new Set(told)], [true, false]);
    });
  }
});
