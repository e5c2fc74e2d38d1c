import assert from 'node:assert/strict';
import type { Observation } from '../../../src/phone/ports/observation';
import { Provenance } from '../../../src/phone/provenance';
import type { Call } from '../../../src/phone/calls/call';
import type { PhoneEvent } from '../../../src/phone/phone-event';

const call: Call = { callId: 'call-1', callState: 'connected', direction: 'outbound', startTime: 1 };
const seen: Observation = { type: 'call', key: 'k', source: 'window', state: 'connected', time: 2, facts: {} };
const event = (confidence: 'exact' | 'inferred', name: 'answered' | 'held' | 'ended' = 'answered'): PhoneEvent => ({
  ...{ event: name, call, time: 2, state: 'connected', previousState: 'dialing' },
  ...{ source: 'window', confidence },
});
const grounds = { reason: 'others_silent', source: 'window', others: ['log'], ms: 1500 } as const;

describe('where a phone has what it knows from', () => {
  it('are the sources that have shown something, not those that only find nothing', () => {
    const provenance = new Provenance();
    provenance.note({ type: 'presence', presence: 'absent', source: 'log', time: 1 }, [], []);
    provenance.note({ type: 'trouble', cause: 'box', problem: 'blocked', source: 'status', time: 1 }, [], []);
    provenance.note({ type: 'time_passed', time: 2 }, [], []);
    assert.deepEqual([...provenance.heard], []);
    provenance.note({ type: 'presence', presence: 'ready', source: 'window', time: 3 }, [], []);
    provenance.note({ type: 'source_live', source: 'log', time: 3 }, [], []);
    assert.deepEqual([...provenance.heard], ['window', 'log']);
    provenance.note({ type: 'presence', presence: 'absent', source: 'window', time: 4 }, [], []);
    assert.deepEqual([...provenance.heard], ['log']);
  });

  it('is kept for the state of a call that was inferred, until a source shows it or the call is over', () => {
    const provenance = new Provenance();
    const conclusion = { ...grounds, event: 'answered', callId: call.callId } as const;
    provenance.note(seen, [{ event: event('inferred') }], [conclusion]);
    assert.deepEqual(provenance.inferenceOf(call.callId), conclusion);
    assert.equal(provenance.inferenceOf('another'), undefined);
    provenance.note(seen, [{ event: event('exact', 'held') }], [{ reason: 'seen', source: 'log' }]);
    assert.equal(provenance.inferenceOf(call.callId), undefined);
    provenance.note(seen, [{ event: event('inferred') }], [conclusion]);
    provenance.note(seen, [{ event: event('inferred', 'ended') }], [{ ...conclusion, event: 'ended' }]);
    assert.equal(provenance.inferenceOf(call.callId), undefined);
  });

  it('is forgotten when the phone is opened again', () => {
    const provenance = new Provenance();
    const conclusion = { ...grounds, event: 'answered', callId: call.callId } as const;
    provenance.note(seen, [{ event: event('inferred') }], [conclusion]);
    provenance.forget();
    assert.deepEqual([[...provenance.heard], provenance.inferenceOf(call.callId)], [[], undefined]);
  });
});
