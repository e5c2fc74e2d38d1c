import assert from 'node:assert/strict';
import fc from 'fast-check';
import { discoveryDocument } from '../../../../src/agent/home-assistant/discovery';
import * as templates from '../../../../src/agent/home-assistant/templates';
import { fleetCallJson } from '../../../../src/fleet/protocol/fleet-call';
import { fleetEventJson } from '../../../../src/fleet/protocol/fleet-event';
import { fleetStateJson } from '../../../../src/fleet/protocol/fleet-state';
import { callJson } from '../../../../src/messages/call-json';
import { FEATURES } from '../../../../src/phone/commands/command';
import { DISPOSITIONS, PHONE_STATES, type Call } from '../../../../src/phone/calls/call';
import { noJinja, render } from '../../../support/home-assistant/render';
import { skipBecause } from '../../../support/skip';
import { CALL_EVENTS } from '../../../../src/phone/phone-event';
import { events, finishedCalls, snapshots } from '../../messages/values';

const TIME = Date.parse('2026-11-22T20:08:01.120Z');
const CALL: Call = {
  ...{ callId: 'c', direction: 'inbound', callState: 'connected', startTime: TIME, number: '+4930123456', name: 'Ada' },
};
const PLACE = { phone: 'Desk', seq: 1, session: 's' };
type Snapshot = Parameters<typeof fleetStateJson>[0]['snapshot'];

const state = (more: Partial<Snapshot> = {}): string =>
  JSON.stringify(
    fleetStateJson({ ...PLACE, missedToday: 0, snapshot: { time: TIME, state: 'idle', calls: [], ...more } }),
  );
const one = (template: string, message: string): string => {
  const [{ text, error } = {}] = render([[template, message]]);
  return text ?? assert.fail(error);
};

/** What no agent sends, but a broker may deliver. */
const OTHER = ['', 'online', '{', 'null', '[]', '[1]', '5', '"text"', 'true', '{}', '{"a":{}}', 'NaN'];

describe('what Home Assistant shows of a phone', function () {
  this.timeout(60_000);
  before(function () {
    const why = noJinja();
    if (why !== undefined) skipBecause(this, why);
  });

  const shown: [what: string, template: string, message: string, expected: string][] = [
    ['its state', templates.CALL_STATE, state({ state: 'held' }), 'held'],
    ['a state of some later version', templates.CALL_STATE, '{"state":"parked"}', 'None'],
    ['the caller', templates.CALLER, state({ calls: [CALL] }), 'Ada (+4930123456)'],
    ['a caller without a name', templates.CALLER, '{"number":"1001"}', '1001'],
    ['a caller whose name is the number', templates.CALLER, '{"name":"1001","number":"1001"}', '1001'],
    ['a caller without a number', templates.CALLER, '{"name":"Ada"}', 'Ada'],
    ['no caller', templates.CALLER, state(), 'None'],
    ['a caller with a long name', templates.CALLER, `{"name":"${'x'.repeat(300)}"}`, 'x'.repeat(255)],
    ['none missed', templates.MISSED_TODAY, state(), '0'],
    ['that it rings', templates.RINGING, state({ state: 'ringing' }), 'ON'],
    ['that it does not ring', templates.RINGING, state(), 'OFF'],
    ['that it is in a call', templates.IN_CALL, state({ state: 'connected', calls: [CALL] }), 'ON'],
    ['a call on hold', templates.IN_CALL, state({ state: 'held', calls: [{ ...CALL, callState: 'held' }] }), 'ON'],
    [
      ...(['a call beside one that rings', templates.IN_CALL] as const),
      state({ state: 'ringing', calls: [{ ...CALL, callState: 'ringing' }, CALL] }),
      'ON',
    ],
    ['a call that is only dialled', templates.IN_CALL, state({ calls: [{ ...CALL, callState: 'dialing' }] }), 'OFF'],
    ['that it is in none', templates.IN_CALL, state(), 'OFF'],
    ['its account', templates.REGISTERED, state({ registration: { state: 'registered' } }), 'ON'],
    [
      'an account that failed',
      templates.REGISTERED,
      state({ registration: { state: 'failed', sipStatus: 403 } }),
      'OFF',
    ],
    ['an account that nobody knows of', templates.REGISTERED, state(), 'None'],
    ['that MicroSIP runs', templates.RUNNING, state(), 'ON'],
    ['that it does not', templates.RUNNING, state({ state: 'offline' }), 'OFF'],
    ['what MicroSIP can do', templates.MICROSIP_AVAILABLE, state(), 'online'],
    ['that it can do nothing', templates.MICROSIP_AVAILABLE, state({ state: 'offline' }), 'offline'],
    [
      'its microphone',
      templates.MUTED,
      state({ audio: { microphone: { muted: true }, speaker: { muted: false } } }),
      'ON',
    ],
    [
      ...(['its open microphone', templates.MUTED] as const),
      state({ audio: { microphone: { muted: false }, speaker: { muted: true } } }),
      'OFF',
    ],
    ['a microphone that nobody sees', templates.MUTED, state(), 'None'],
    ['that it takes no calls', templates.DO_NOT_DISTURB, state({ features: { dnd: true, recording: false } }), 'ON'],
    ['that it takes calls', templates.DO_NOT_DISTURB, state({ features: { dnd: false, recording: true } }), 'OFF'],
    ['a switch that is not offered', templates.DO_NOT_DISTURB, state({ features: { recording: true } }), 'None'],
    ['switches that nobody sees', templates.DO_NOT_DISTURB, state(), 'None'],
    ['that somebody has left a message', templates.VOICEMAIL, state({ voicemail: { waiting: true } }), 'ON'],
    ['that nobody has', templates.VOICEMAIL, state({ voicemail: { waiting: false, new: 0, old: 3 } }), 'OFF'],
    ['a voicemail that nobody tells of', templates.VOICEMAIL, state(), 'None'],
    ['how many messages are new', templates.NEW_VOICEMAILS, state({ voicemail: { waiting: true, new: 2 } }), '2'],
    ['that no message is new', templates.NEW_VOICEMAILS, state({ voicemail: { waiting: false, new: 0 } }), '0'],
    ['messages that nobody has counted', templates.NEW_VOICEMAILS, state({ voicemail: { waiting: true } }), 'None'],
    ['that a message box waits', templates.PROBLEM, state({ problem: 'blocked', problemText: 'Error' }), 'ON'],
    ['that all is well', templates.PROBLEM, state(), 'OFF'],
    [
      ...(['what is wrong', templates.PROBLEM_DETAILS] as const),
      state({ problem: 'blocked', problemText: 'Error "x"' }),
      '{"code": "blocked", "text": "Error \\"x\\""}',
    ],
    ['that nothing is wrong', templates.PROBLEM_DETAILS, state(), '{"code": null, "text": null}'],
    ['how well the last call could be heard', templates.LAST_QUALITY, '{"quality":{"codec":"PCMU","mos":4.3}}', '4.3'],
    ['a last call without an estimate', templates.LAST_QUALITY, '{"quality":{"codec":"PCMU"}}', 'None'],
    ['a last call without any figure', templates.LAST_QUALITY, '{"duration":0}', 'None'],
  ];
  describe('is', () => {
    let texts: (string | undefined)[] = [];
    before(() => {
      texts = render(shown.map(([, template, message]) => [template, message] as const)).map(
        ({ text, error }) => text ?? error,
      );
    });
    for (const [at, [what, , , expected]] of shown.entries())
      it(what, () => {
        assert.equal(texts[at], expected);
      });
  });

  it('is the last call', () => {
    const ended: Call = { ...CALL, callState: 'ended', endTime: TIME + 5000, disposition: 'missed' };
    const finished = { call: ended, replayed: false, source: 'log', confidence: 'exact' } as const;
    const message = JSON.stringify(fleetCallJson({ phone: 'Desk', finished }));
    assert.deepEqual(
      [templates.LAST_CALL, templates.LAST_DURATION, templates.LAST_DISPOSITION].map((template) =>
        one(template, message),
      ),
      ['2026-11-22T20:08:01.120Z', '0', 'missed'],
    );
    assert.equal(one(templates.LAST_DURATION, JSON.stringify({ ...callJson(ended), duration: 61.5 })), '61.5');
  });

  it('is an event of a call, with what is known of it', () => {
    const around = { time: TIME, state: 'ringing', previousState: 'idle', source: 'log', confidence: 'exact' } as const;
    const event = { ...around, event: 'incoming', call: CALL } as const;
    const message = JSON.stringify(fleetEventJson({ ...PLACE, event }));
    assert.deepEqual(JSON.parse(one(templates.EVENT, message)), {
      ...{ event_type: 'incoming', callId: 'c', direction: 'inbound', number: '+4930123456', name: 'Ada' },
    });
  });

  it('is no other event', () => {
    const names = ['registration', 'phone_online', 'snapshot', 'constructor', '', 5, null, ['incoming'], {}];
    const cases = names.map((event) => [templates.EVENT, JSON.stringify({ event, number: '1' })] as const);
    assert.deepEqual(
      render(cases),
      names.map(() => ({ text: '' })),
    );
  });

  it('is never an error, whatever the message is', () => {
    const messages = [...OTHER, ...fc.sample(fc.jsonValue(), 100).map((json) => JSON.stringify(json)), ...halves()];
    const all = Object.values(templates);
    const cases = messages.flatMap((message) => all.map((template) => [template, message] as const));
    assert.ok(all.length >= 12 && cases.length > 1000);
    for (const [at, { text, error }] of render(cases).entries())
      assert.equal(typeof text, 'string', `${error ?? ''} ${cases[at]?.join(' ') ?? ''}`);
  });

  it('is always a word or a value that Home Assistant takes', () => {
    const samples = 60;
    const states = fc
      .sample(snapshots, samples)
      .map((snapshot) => JSON.stringify(fleetStateJson({ ...PLACE, snapshot, missedToday: 3 })));
    const told = fc.sample(events, samples).map((event) => JSON.stringify(fleetEventJson({ ...PLACE, event })));
    const calls = fc
      .sample(finishedCalls, samples)
      .map((finished) => JSON.stringify(fleetCallJson({ phone: 'Desk', finished })));
    const isAmong = (words: readonly string[]) => (text: string) => text === 'None' || words.includes(text);
    const isSwitch = isAmong(['ON', 'OFF']);
    const typeOf = (text: string) => (JSON.parse(text) as { event_type: string }).event_type;
    const rules: [template: string, messages: string[], isRight: (text: string) => boolean][] = [
      [templates.CALL_STATE, states, (text) => (PHONE_STATES as readonly string[]).includes(text)],
      [templates.CALLER, states, (text) => text.length > 0 && Array.from(text).length <= 255],
      [templates.MISSED_TODAY, states, (text) => text === '3'],
      ...[
        ...[templates.RINGING, templates.IN_CALL, templates.RUNNING, templates.REGISTERED, templates.MUTED],
        ...[templates.DO_NOT_DISTURB, templates.VOICEMAIL, templates.PROBLEM],
      ].map((template): (typeof rules)[number] => [template, states, isSwitch]),
      [templates.NEW_VOICEMAILS, states, (text) => text === 'None' || /^\d+$/.test(text)],
      [templates.PROBLEM_DETAILS, states, (text) => Object.keys(JSON.parse(text) as object).join() === 'code,text'],
      [templates.LAST_QUALITY, calls, (text) => text === 'None' || (Number(text) >= 1 && Number(text) <= 5)],
      [templates.LAST_CALL, calls, (text) => !Number.isNaN(Date.parse(text))],
      [templates.LAST_DURATION, calls, (text) => text === 'None' || Number(text) >= 0],
      [templates.LAST_DISPOSITION, calls, isAmong(DISPOSITIONS)],
      [templates.EVENT, told, (text) => text === '' || (CALL_EVENTS as readonly string[]).includes(typeOf(text))],
    ];
    const cases = rules.flatMap(([template, messages, isRight]) =>
      messages.map((message) => ({ template, message, isRight })),
    );
    const all = render(cases.map(({ template, message }) => [template, message] as const));
    for (const [at, { text, error = '' }] of all.entries())
      assert.ok(
        text !== undefined && cases[at]?.isRight(text),
        `${error}${text ?? ''} of ${JSON.stringify(cases[at])}`,
      );
  });

  it('would be an error where a template uses what is not there', () => {
    for (const { error } of render([
      ['{{ value_json.none }}', '{}'],
      ['{{ value_json.a.b }}', '{}'],
      ['{{ 1 +', ''],
    ]))
      assert.ok(error);
  });

  it('comes by templates that are all in the device', () => {
    const phone = { ...{ base: 'b', id: 'd', name: 'D', agent: '1', keepsLastCall: true }, features: FEATURES };
    const json = JSON.stringify(discoveryDocument(phone));
    for (const template of Object.values(templates)) assert.ok(json.includes(JSON.stringify(template)));
  });
});

/** Messages in which a field has nothing in it, or something else. */
function halves(): string[] {
  const whole = [
    { ...callJson(CALL), calls: [callJson(CALL)], state: 'connected', event: 'answered', missedToday: 1, duration: 1 },
    { registration: { state: 'registered' }, audio: { microphone: { muted: true } }, features: { dnd: true } },
    { voicemail: { waiting: true, new: 1 }, quality: { mos: 4 }, problem: 'blocked', problemText: 'x' },
  ];
  const others = [null, 0, '', [], {}, 'x', true];
  const parts = [
    ...[['features', 'dnd'] as const, ['voicemail', 'waiting'] as const, ['voicemail', 'new'] as const],
    ['quality', 'mos'] as const,
  ];
  return [
    ...whole.flatMap((json) =>
      Object.keys(json).flatMap((name) => others.map((value) => JSON.stringify({ ...json, [name]: value }))),
    ),
    ...parts.flatMap(([name, inner]) => others.map((value) => JSON.stringify({ [name]: { [inner]: value } }))),
  ];
}
