import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callJson } from '../../src/messages/call-json';
import { callLogMessage, eventMessage, snapshotMessage } from '../../src/node-red/messages/event-message';
import { MESSAGE_NAMES } from '../../src/node-red/messages/message-names';
import { DISPOSITIONS, type Call } from '../../src/phone/calls/call';
import type { CallQuality } from '../../src/phone/calls/call-quality';
import { hangupCause } from '../../src/phone/calls/call-outcome';
import { ERROR_CODES } from '../../src/phone/errors/phone-error';
import { CALL_EVENTS, PHONE_EVENTS, type PhoneEvent } from '../../src/phone/phone-event';
import type { PhoneSnapshot } from '../../src/phone/phone';
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
const REGISTRATION = { state: 'registered', sipStatus: 200, text: 'Online' } as const;
const QUALITY: Required<CallQuality> = {
  ...{ codec: 'PCMU', clockRate: 8000, rttMs: 20, mos: 4.3 },
  received: { packets: 100, lossPercent: 0, discardedPercent: 0, jitterMs: 1 },
  sent: { packets: 100, lossPercent: 0, jitterMs: 1 },
};
const FEATURES = { dnd: true, autoAnswer: true, autoConference: true, forwarding: true, recording: true };
const AUDIO = { microphone: { muted: true, level: 80 }, speaker: { muted: false, level: 100 } };
const VOICEMAIL = { waiting: true, new: 2, old: 5, urgentNew: 0, urgentOld: 0, account: 'sip:1001@example.org' };
/** Objects that only hold others together: their fields have a row, they have none. */
const STRUCTURE = ['received', 'sent', 'microphone', 'speaker'];

describe('docs/events.md', () => {
  it('has every event, and no other', () => {
    assert.deepEqual(firstColumn('Events'), [...CALL_EVENTS, ...PHONE_EVENTS].sort());
  });

  it('has every field of a call with its type, and no other', () => {
    assert.deepEqual(typesOnPage('Fields of the call'), typesIn(callJson({ ...CALL, quality: {} })));
    assert.deepEqual(typesOnPage('Call quality'), typesIn(QUALITY));
  });

  it('has what the editor offers as the property of a call', () => {
    const offered = Object.keys(MESSAGE_NAMES).flatMap((name) => /^(?:payload|call)\.(.*)$/.exec(name)?.[1] ?? []);
    assert.deepEqual(
      offered.filter((name) => !firstColumn('Fields of the call').includes(name)),
      [],
    );
    assert.ok(offered.includes('numberE164'));
  });

  it('has every field of every event with its type, and no other', () => {
    const found = Object.assign({}, ...[...messages().values()].map((payload) => typesIn(payload))) as Record<
      string,
      string
    >;
    const ofCall = Object.keys(callJson(CALL));
    const own = Object.entries(found).filter(([field]) => !ofCall.includes(field.split('.')[0] ?? ''));
    assert.deepEqual(typesOnPage('Fields of the event'), Object.fromEntries(own));
  });

  it('says with which events each field comes', () => {
    const ofCall = Object.keys(callJson(CALL));
    const stated = rows('Fields of the event')
      .map(([field = '', , kinds = '']) => [plain(field), kinds] as const)
      .filter(([field]) => !field.includes('.'));
    for (const [kind, payload] of messages()) {
      const expected = stated.filter(([, kinds]) => isSentWith(kinds, kind)).map(([field]) => field);
      const fields = Object.keys(payload).filter((field) => !ofCall.includes(field));
      assert.deepEqual(fields.sort(), expected.sort(), kind);
    }
  });

  for (const language of readdirSync(join(ROOT, 'locales')))
    it(`has no field that the help of call status in ${language} leaves out`, () => {
      const help = readFileSync(join(ROOT, 'locales', language, 'microsip-status.html'), 'utf8');
      const named = new Set(
        [...help.matchAll(/<(dt|code)[^>]*>([^<]*)/g)].flatMap(([, , names = '']) => names.trim().split(/[\s,]+/)),
      );
      const ofEvents = rows('Fields of the event').filter(([, , kinds = '']) => kinds !== '**call log**');
      const fields = [...ofEvents, ...rows('Fields of the call')].map(([field = '']) => plain(field).split('.').at(-1));
      assert.deepEqual(
        [...new Set(fields)].filter((field = '') => field !== 'event' && !named.has(field)),
        [],
      );
      assert.match(help, /docs\/events\.md/);
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

/** A message of each kind, with all that can be in it. */
function messages(): Map<string, object> {
  const circumstances = {
    ...{ time: 2, state: 'idle', previousState: 'connected', registration: REGISTRATION },
    ...{ source: 'log', confidence: 'exact' },
  } as const;
  const about: Record<string, object> = { features: { features: FEATURES }, audio: { audio: AUDIO } };
  about['voicemail'] = { voicemail: VOICEMAIL };
  about['problem'] = { problem: 'config', problemText: 'x' };
  const ofCall = (event: string): object => ((CALL_EVENTS as readonly string[]).includes(event) ? { call: CALL } : {});
  const events = [...CALL_EVENTS, ...PHONE_EVENTS].filter((event) => event !== 'snapshot');
  const snapshot: PhoneSnapshot = {
    ...{ presence: 'closed', time: 3, problem: 'config', problemText: 'x', state: 'idle', calls: [CALL] },
    ...{ registration: REGISTRATION, features: FEATURES, audio: AUDIO, voicemail: VOICEMAIL },
  };
  const log = { call: CALL, rang: false, info: 'x', replayed: true, source: 'history', confidence: 'exact' } as const;
  return new Map<string, object>([
    ...events.map((event): [string, object] => {
      const happened = { ...circumstances, ...ofCall(event), ...about[event], event } as PhoneEvent;
      return [event, eventMessage('Desk', happened).payload];
    }),
    ['snapshot', snapshotMessage('Desk', snapshot).payload],
    ['call log', callLogMessage('Desk', log).payload],
  ]);
}

/** @param kinds such as ``every event but `snapshot`, **call log** `` */
function isSentWith(kinds: string, kind: string): boolean {
  if (kind === 'call log') return kinds.includes('**call log**');
  const [, but] = /every event(?: but `(\w+)`)?/.exec(kinds) ?? [];
  return kinds.includes('every event') ? but !== kind : kinds.includes(`\`${kind}\``);
}

/** The types of all fields, those inside of objects by their paths. */
function typesIn(payload: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).flatMap(([field, value]: [string, unknown]): [string, string][] => {
      const name = path + field;
      if (typeof value !== 'object' || value === null) return [[name, typeof value]];
      if (Array.isArray(value)) return [[name, 'list']];
      const inner = Object.entries(typesIn(value, `${name}.`));
      return STRUCTURE.includes(field) ? inner : [[name, 'object'], ...inner];
    }),
  );
}

function typesOnPage(heading: string): Record<string, string> {
  const types: Record<string, string> = { text: 'string', time: 'string', 'true or false': 'boolean' };
  return Object.fromEntries(
    rows(heading).map(([field = '', words = '']) => {
      const [type = ''] = words.split(', ');
      return [plain(field), types[type] ?? type.split(' ')[0] ?? ''];
    }),
  );
}

function plain(cell: string): string {
  return cell.replaceAll('`', '');
}
