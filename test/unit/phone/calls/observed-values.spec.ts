import assert from 'node:assert/strict';
import fc from 'fast-check';
import { admitted } from '../../../../src/phone/calls/observed-texts';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { Features } from '../../../../src/phone/commands/command';

const seen = { time: 1, source: 'log' } as const;
const NASTY = 'a\u0000\u202e\nb'.padEnd(20_000, 'x');

describe('what is observed besides calls', () => {
  it('passes as it is where it can be so', () => {
    const right: Observation[] = [
      { ...seen, type: 'features', features: { dnd: true, recording: false } },
      { ...seen, type: 'audio', audio: { microphone: { muted: true, level: 0 }, speaker: { muted: false } } },
      { ...seen, type: 'voicemail', voicemail: { waiting: true, new: 2, old: 0, account: 'sip:1001@example.org' } },
      { ...seen, type: 'trouble', cause: 'box', problem: 'blocked', problemText: 'MicroSIP' },
      { ...seen, type: 'call_media', key: 'a', recording: 'C:\\Users\\ada\\Aufnahmen\\1.mp3', more: true },
      {
        ...{ ...seen, type: 'call_media', key: 'a' },
        quality: {
          codec: 'PCMU',
          clockRate: 8000,
          received: { packets: 100, lossPercent: 0.5 },
          rttMs: 23.1,
          mos: 4.3,
        },
      },
    ];
    for (const one of right) assert.deepEqual(admitted(one), one);
  });

  it('is not known where it cannot be so', () => {
    fc.assert(
      fc.property(fc.constantFrom(NaN, -1, Infinity, -Infinity, 1e300), (wrong) => {
        const quality = {
          ...{ clockRate: wrong, rttMs: wrong > 0 ? NaN : wrong, mos: wrong },
          received: { packets: wrong, lossPercent: wrong },
        };
        assert.deepEqual(admitted({ ...seen, type: 'call_media', key: 'a', quality }), {
          ...{ ...seen, type: 'call_media', key: 'a' },
        });
        const voicemail = { waiting: false, new: wrong, old: 1.5, urgentNew: wrong };
        assert.deepEqual(admitted({ ...seen, type: 'voicemail', voicemail }), {
          ...{ ...seen, type: 'voicemail', voicemail: { waiting: false } },
        });
        const device = { muted: true, level: wrong };
        assert.deepEqual(admitted({ ...seen, type: 'audio', audio: { microphone: device, speaker: device } }), {
          ...{ ...seen, type: 'audio', audio: { microphone: { muted: true }, speaker: { muted: true } } },
        });
      }),
    );
    const features = JSON.parse('{"dnd": "yes", "__proto__": true, "other": true, "autoAnswer": true}') as Features;
    assert.deepEqual(admitted({ ...seen, type: 'features', features }), {
      ...{ ...seen, type: 'features', features: { autoAnswer: true } },
    });
  });

  it('shows nothing hidden, and no path that names another file', () => {
    const box = admitted({ ...seen, type: 'trouble', cause: 'box', problem: 'blocked', problemText: NASTY });
    assert.ok(box.type === 'trouble' && box.problemText?.startsWith('a b') && box.problemText.length <= 255);
    const accounts = { '1001@pbx': '1001@pbx', 'sip:1001@pbx': 'sip:1001@pbx', [`sip:${'x'.repeat(3000)}`]: undefined };
    for (const [account, told] of Object.entries({ ...accounts, [NASTY]: undefined })) {
      const mail = admitted({ ...seen, type: 'voicemail', voicemail: { waiting: true, account } });
      assert.ok(mail.type === 'voicemail' && mail.voicemail.account === told, account.slice(0, 20));
    }
    for (const recording of [NASTY, 'C:\\a\u202e.mp3', 'C:\\a\n.mp3', `C:\\${'a'.repeat(2000)}`, '']) {
      const media = admitted({ ...seen, type: 'call_media', key: 'a', recording });
      assert.ok(media.type === 'call_media' && media.recording === undefined, JSON.stringify(recording.slice(0, 20)));
    }
  });
});
