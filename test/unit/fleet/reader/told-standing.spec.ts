import assert from 'node:assert/strict';
import { ToldPhone } from '../../../../src/fleet/reader/told-phone';
import type { ToldSnapshot } from '../../../../src/messages/snapshot-json';
import type { PhoneEvent, StandingSubject } from '../../../../src/phone/phone-event';

const IDLE: ToldSnapshot = { time: 1000, state: 'idle', calls: [] };
const AROUND = { time: 2000, state: 'idle', previousState: 'idle', source: 'window', confidence: 'exact' } as const;
const about = (subject: StandingSubject): PhoneEvent => ({ ...AROUND, ...subject });
const on = (dnd: boolean): StandingSubject => ({ event: 'features', features: { dnd } });

describe('what is told of a phone besides its calls', () => {
  let told: ToldPhone;
  const names = (events: PhoneEvent[]): string[] => events.map(({ event }) => event);

  beforeEach(() => {
    told = new ToldPhone();
  });

  it('is each change, once; how MicroSIP is found is none', () => {
    assert.deepEqual(names(told.resync({ ...IDLE, features: { dnd: false } })), ['phone_online']);
    assert.deepEqual(names(told.event(about(on(true)))), ['features']);
    assert.deepEqual(names(told.event(about(on(true)))), []);
    assert.deepEqual(told.present.features, { dnd: true });
  });

  it('is what has changed meanwhile, as concluded', () => {
    const audio = (muted: boolean) => ({ microphone: { muted }, speaker: { muted: false, level: 50 } });
    const voicemail = { waiting: false };
    told.resync({ ...IDLE, features: { dnd: false }, audio: audio(false), voicemail });
    const now = { ...IDLE, features: { dnd: true }, audio: audio(true), voicemail: { waiting: true, new: 1 } };
    const events = told.resync(now);
    assert.deepEqual(names(events), ['features', 'audio', 'voicemail']);
    assert.deepEqual([events[0]?.source, events[0]?.confidence], ['watchdog', 'inferred']);
    assert.deepEqual(told.resync(now), []);
  });

  it('is nothing of a MicroSIP that is gone, but what keeps it from being there', () => {
    told.resync({ ...IDLE, features: { dnd: true } });
    told.event({ ...AROUND, event: 'phone_offline', state: 'offline' });
    assert.equal(told.present.features, undefined);
    assert.deepEqual(told.event(about(on(false))), []);
    const [problem] = told.event(about({ event: 'problem', problem: 'expired' }));
    assert.deepEqual([problem?.event, problem?.state], ['problem', 'offline']);
    assert.deepEqual(names(told.resync({ ...IDLE, state: 'offline', problem: 'expired' })), []);
    assert.deepEqual(names(told.resync({ ...IDLE, features: { dnd: false } })), ['phone_online', 'problem']);
  });

  it('is a problem that began or ended meanwhile, but not that MicroSIP does not run', () => {
    told.resync(IDLE);
    const blocked = { ...IDLE, problem: 'blocked', problemText: 'Error' } as const;
    const [begun] = told.resync(blocked);
    assert.ok(begun?.event === 'problem');
    assert.deepEqual([begun.problem, begun.problemText], ['blocked', 'Error']);
    assert.deepEqual(names(told.resync(blocked)), []);
    assert.deepEqual(names(told.resync({ ...IDLE, state: 'offline', problem: 'not_running' })), [
      ...['phone_offline', 'problem'],
    ]);
    assert.deepEqual(names(told.resync(IDLE)), ['phone_online']);
  });
});
