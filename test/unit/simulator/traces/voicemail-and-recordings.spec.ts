import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPhone } from '../../../../src/create-phone';
import type { FinishedCall, PhoneEvent } from '../../../../src/phone/phone-event';
import type { Phone } from '../../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { eventually } from '../../../support/eventually';

describe('voicemail and recordings of a simulated MicroSIP', () => {
  let home: string;
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  let events: PhoneEvent[];
  let finished: FinishedCall[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'microsip-home-'));
    writeFileSync(join(home, 'microsip.ini'), Buffer.from('\ufeff[Settings]\r\nautoRecording=1\r\n', 'utf16le'));
    const traces = { log: join(home, 'microsip_log.txt'), recordings: join(home, 'Recordings') };
    microsip = new SimulatedMicrosip({ autoRecording: true, traces });
    events = [];
    finished = [];
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
    rmSync(home, { recursive: true, maxRetries: 5 });
  });

  for (const connection of ['simulator', 'observe'] as const) {
    describe(connection === 'observe' ? 'by its log alone' : 'by itself', () => {
      beforeEach(async () => {
        const logFile = connection === 'observe' ? { logFile: join(home, 'microsip_log.txt') } : {};
        phone = createPhone({ connection, ...logFile }, { simulated: microsip, directory: home });
        phone.on('event', (event) => events.push(event));
        phone.on('finished', (one) => finished.push(one));
        await phone.open();
      });

      it('a recorded call has the path of its file, which is closed', async () => {
        const id = microsip.far.incoming({ number: '+4930123456' });
        await eventually(() => microsip.calls.find(id));
        microsip.user.answer(id);
        await eventually(() => events.find(({ event }) => event === 'answered'));
        await eventually(() => phone.snapshot().calls[0]?.recording);
        microsip.far.hangup(id);
        const { call } = await eventually(() => finished[0]);
        assert.equal(dirname(call.recording ?? ''), join(home, 'Recordings'));
        assert.match(call.recording ?? '', /-\+4930123456-incoming-1001\.wav$/);
        assert.ok(existsSync(call.recording ?? ''));
      });

      it('voicemail is told of when it changes', async () => {
        const told = (): unknown[] => events.flatMap((one) => (one.event === 'voicemail' ? [one.voicemail] : []));
        const full = { waiting: true, new: 2, old: 5, urgentNew: 1, urgentOld: 0, account: 'sip:1001@example.org' };
        microsip.notifyVoicemail(full);
        await eventually(() => told().length === 1 || undefined);
        microsip.notifyVoicemail(full);
        microsip.notifyVoicemail({ waiting: false, new: 0, old: 7, urgentNew: 0, urgentOld: 0 });
        await eventually(() => told().length === 2 || undefined);
        assert.deepEqual(told(), [full, { waiting: false, new: 0, old: 7, urgentNew: 0, urgentOld: 0 }]);
        assert.deepEqual(phone.snapshot().voicemail, told()[1]);
        microsip.crash();
        await eventually(() => events.find(({ event }) => event === 'phone_offline' || connection === 'observe'));
      });
    });
  }
});
