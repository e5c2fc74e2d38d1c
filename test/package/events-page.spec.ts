import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callJson } from '../../src/messages/call-json';
import { callLogMessage, eventMessage, snapshotMessage } from '../../src/node-red/messages/event-message';
import { MESSAGE_NAMES } from '../../src/node-red/messages/message-names';
import { DISPOSITIONS, type Call } from '../../src/phone/calls/call';
import { hangupCause } from '../../src/phone/calls/call-outcome';
import { ERROR_CODES } from '../../src/phone/errors/phone-error';
import { CALL_EVENTS, PHONE_EVENTS } from '../../src/phone/phone-event';
import { settingValues } from '../../src/settings/setting-values';
import { CONNECTIONS } from '../../src/settings/settings-table';
import { ROOT } from '../support/checkout';

const page = readFileSync(join(ROOT, 'docs/events.md'), 'utf8');

/** The rows of the table below a heading, without its head. */
function rows(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? assert.fail(heading);
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const firstColumn = (heading: string): string[] =>
  rows(heading)
    .map(([cell = '']) => cell.replaceAll('`', ''))
    .sort();

/** A call with everything that can be known of one. */
const CALL: Required<Call> = {
  ...{ callId: '1', sipCallId: 'a', direction: 'inbound', callState: 'ended', startTime: 0, answerTime: 1, endTime: 2 },
  ...{ number: '1', numberE164: '+1', name: 'n', uri: 'sip:1@b', account: '2', diversion: '3', heldBy: 'local' },
  ...{ transferredTo: '4', endedBy: 'local', disposition: 'answered', sipStatus: 200, sipReason: 'OK' },
  ...{ hangupCause: 'NORMAL_CLEARING', hangupCauseCode: 16 },
  ...{ nameSource: 'contacts', quality: { mos: 4.3 }, recording: 'C:\\a.mp3' },
};
const REGISTRATION = { state: 'registered' } as const;

describe('docs/events.md', () => {
  it('has every event, and no other', () => {
    assert.deepEqual(firstColumn('Events'), [...CALL_EVENTS, ...PHONE_EVENTS].sort());
  });

  it('has every field of a call, and no other', () => {
    assert.deepEqual(firstColumn('Fields of the call'), Object.keys(callJson(CALL)).sort());
  });

  it('has what the editor offers as the property of a call', () => {
    const offered = Object.keys(MESSAGE_NAMES).flatMap((name) => /^(?:payload|call)\.(.*)$/.exec(name)?.[1] ?? []);
    assert.deepEqual(
      offered.filter((name) => !firstColumn('Fields of the call').includes(name)),
      [],
    );
    assert.ok(offered.includes('numberE164'));
  });

  it('has every field of an event, and no other', () => {
    const event = eventMessage('Desk', {
      ...{ event: 'ended', time: 2, state: 'idle', previousState: 'connected' },
      ...{ call: CALL, registration: REGISTRATION, source: 'log', confidence: 'exact' },
    });
    const snapshot = snapshotMessage('Desk', {
      ...{ presence: 'closed', time: 3, problem: 'config', state: 'idle', calls: [], registration: REGISTRATION },
      audio: { microphone: { muted: true, level: 80 }, speaker: { muted: false, level: 100 } },
      ...{ problemText: 'x', features: { dnd: true }, voicemail: { waiting: true } },
    });
    const log = callLogMessage('Desk', {
      ...{ call: CALL, rang: false, info: 'x', replayed: true, source: 'history', confidence: 'exact' },
    });
    const fields = [event, snapshot, log].flatMap(({ payload }) => Object.keys(payload));
    const ofCall = Object.keys(callJson(CALL));
    assert.deepEqual(
      firstColumn('Fields of the event'),
      [...new Set(fields)].filter((field) => !ofCall.includes(field)).sort(),
    );
  });

  it('has every disposition, and no other', () => {
    assert.deepEqual(firstColumn('Dispositions'), [...DISPOSITIONS].sort());
  });

  it('has the hangup causes that calls get', () => {
    const stated = rows('Hangup causes').flatMap(([statuses = '', name = '', code = '']) =>
      statuses.split(', ').map((status) => [Number(status), name.replaceAll('`', ''), Number(code)] as const),
    );
    assert.ok(stated.length > 10);
    for (const [status, name, code] of stated) assert.deepEqual(hangupCause(status), { name, code }, String(status));
  });

  it('has every error code, and no other', () => {
    assert.deepEqual(firstColumn('Errors'), [...ERROR_CODES].sort());
  });

  it('has every setting of a phone with its default', () => {
    const settings = Object.entries(settingValues({})).filter(([field]) => field !== 'name');
    const preset = (value: unknown): string => {
      if (Array.isArray(value)) return 'none';
      return value === '' || typeof value === 'object' ? 'empty' : JSON.stringify(value).replaceAll('"', '');
    };
    assert.deepEqual(
      Object.fromEntries(rows('Settings of a phone').map(([field = '', value = '']) => [field, value].map(plain))),
      Object.fromEntries(settings.map(([field, value]) => [field, preset(value)])),
    );
    const connections = rows('Settings of a phone').find(([field]) => field === '`connection`')?.[2] ?? '';
    assert.deepEqual(connections.split(', ').map(plain).sort(), [...CONNECTIONS].sort());
  });
});

function plain(cell: string): string {
  return cell.replaceAll('`', '');
}
