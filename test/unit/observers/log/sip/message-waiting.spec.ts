import assert from 'node:assert/strict';
import type { Voicemail } from '../../../../../src/phone/voicemail';
import { request, response, ScriptedLog, type MessageParts } from '../scripted-log';

const MWI = ['Event: message-summary', 'Content-Type: application/simple-message-summary'];
const BODY = 'Messages-Waiting: yes\r\nMessage-Account: sip:1001@pbx.example.test\r\nVoice-Message: 2/5 (1/0)\r\n';
const FULL: Voicemail = {
  waiting: true,
  new: 2,
  old: 5,
  urgentNew: 1,
  urgentOld: 0,
  account: 'sip:1001@pbx.example.test',
};

interface Notify extends MessageParts {
  /** What pjsip says of it. */
  said?: string | undefined;
  /** Our answer; none: 0. */
  status?: number;
}

let count = 0;
/** A NOTIFY, what pjsip says of it, and our answer, as a genuine log has them. */
function notify(log: ScriptedLog, parts: Notify = {}): ScriptedLog {
  const { said = 'Got unsolicited NOTIFY from 192.0.2.9:5060..', status = 200, ...message } = parts;
  const whole = { headers: MWI, body: BODY, callId: `mwi-${(count += 1)}`, ...message };
  log.rx(request('NOTIFY', whole));
  if (said !== '') log.line('pjsua_pres.c', `.${said}`);
  const { callId, cseq } = whole as MessageParts;
  if (status > 0) log.tx(response(status, 'OK', 'NOTIFY', { ...(callId && { callId }), ...(cseq && { cseq }) }));
  return log;
}

const toldBy = (log: ScriptedLog): Voicemail[] =>
  log.happenings.flatMap((happening) => (happening.type === 'voicemail' ? [happening.voicemail] : []));
const ofOne = (parts: Notify = {}): Voicemail[] => toldBy(notify(new ScriptedLog(), parts));
const withType = (type: string): string[] => ['Event: message-summary', `Content-Type: ${type}`];

describe('mailbox in a log', () => {
  it('is what a NOTIFY says of it, in a subscription or without one', () => {
    assert.deepEqual(ofOne(), [FULL]);
    const inDialog = { to: '<sip:1001@pbx.example.test>;tag=ours', said: 'MWI got NOTIFY..' };
    assert.deepEqual(ofOne(inDialog), [FULL]);
    assert.deepEqual(ofOne({ said: '' }), [FULL], 'our answer tells that it was taken');
  });

  it('is told of when it changes', () => {
    const log = new ScriptedLog();
    for (const body of [BODY, BODY, 'Messages-Waiting: no\r\nVoice-Message: 0/7\r\n', BODY]) notify(log, { body });
    assert.deepEqual(toldBy(log), [FULL, { waiting: false, new: 0, old: 7 }, FULL]);
  });

  it('does not change by what pjsip refuses, or what is repeated late', () => {
    assert.deepEqual(ofOne({ said: '', status: 481, to: '<sip:1001@x>;tag=old' }), []);
    assert.deepEqual(ofOne({ said: '', status: 489 }), []);
    const log = notify(new ScriptedLog(), { callId: 'a', cseq: 1 });
    notify(log, { callId: 'a', cseq: 2, branch: 'z9hG4bK2', body: 'Messages-Waiting: no\r\n' });
    notify(log, { callId: 'a', cseq: 1, said: '' });
    assert.deepEqual(toldBy(log), [FULL, { waiting: false }]);
  });

  it('is believed after a while when the log says nothing of what became of it', () => {
    const silent = (parts: Notify = {}): ScriptedLog =>
      notify(new ScriptedLog(), { said: '', status: 0, ...parts })
        .wait(2_500)
        .line('pjsua_core.c', 'anything');
    assert.deepEqual(toldBy(silent()), [FULL]);
    assert.deepEqual(toldBy(silent({ to: '<sip:1001@x>;tag=somebody' })), []);
  });

  it('is no news from a NOTIFY of something else', () => {
    const type = 'Content-Type: application/simple-message-summary';
    for (const event of ['Event: refer', 'Event: presence', 'Event: dialog', 'Event: message-summary-x', ''])
      assert.deepEqual(ofOne({ headers: [event, type].filter(Boolean), said: '' }), [], event);
    assert.deepEqual(ofOne({ headers: ['Event: MESSAGE-Summary;id=4', type] }), [FULL]);
  });

  it('is read by the content type as MicroSIP compares it', () => {
    for (const type of ['text/plain', 'application/simple-message-summary+xml', 'Application/Simple-Message-Summary'])
      assert.deepEqual(ofOne({ headers: withType(type) }), [], type);
    for (const type of ['application/simple-message-summary;charset=utf-8', 'application / simple-message-summary'])
      assert.deepEqual(ofOne({ headers: withType(type) }), [FULL], type);
    assert.deepEqual(ofOne({ headers: ['Event: message-summary'] }), [FULL]);
    assert.deepEqual(ofOne({ headers: ['o: message-summary', 'c: application/simple-message-summary'] }), [FULL]);
    assert.deepEqual(ofOne({ headers: withType('\r\n application/simple-message-summary') }), [FULL]);
  });

  it('is not changed by an empty body, and empty by one that does not say', () => {
    assert.deepEqual(ofOne({ body: '' }), []);
    assert.deepEqual(ofOne({ body: 'hello' }), [{ waiting: false }]);
  });

  const readings: [name: string, body: string, voicemail: Voicemail][] = [
    ['any case', 'MESSAGES-WAITING:YES\r\nvoice-message:1/2\r\n', { waiting: true, new: 1, old: 2 }],
    ['the first of several', 'Messages-Waiting: no\r\nMessages-Waiting: yes\r\n', { waiting: false }],
    ['bare line ends', 'Messages-Waiting: yes\nVoice-Message: 1/0\n', { waiting: true, new: 1, old: 0 }],
    ['folded counts', 'Messages-Waiting: yes\r\nVoice-Message:\r\n 3/4\r\n', { waiting: true, new: 3, old: 4 }],
    ['a folded yes, which MicroSIP does not see', 'Messages-Waiting:\r\n yes\r\n', { waiting: false }],
    ['another word', 'Messages-Waiting: yes please\r\n', { waiting: false }],
    ['only fax', 'Messages-Waiting: yes\r\nFax-Message: 9/9\r\n', { waiting: true }],
    [
      'blanks',
      'Messages-Waiting : yes \r\nVoice-Message : 1 / 2 ( 0 / 1 ) \r\n',
      {
        waiting: true,
        new: 1,
        old: 2,
        urgentNew: 0,
        urgentOld: 1,
      },
    ],
    [
      'figures too large',
      'Messages-Waiting: yes\r\nVoice-Message: 99999999999999999999/4294967295\r\n',
      {
        waiting: true,
        old: 4_294_967_295,
      },
    ],
    ['figures that are none', 'Messages-Waiting: yes\r\nVoice-Message: -1/two\r\n', { waiting: true }],
    ['a line without a colon in front', 'garbage\r\nMessages-Waiting: yes\r\n', { waiting: false }],
  ];
  for (const [name, body, voicemail] of readings)
    it(`is read as MicroSIP and RFC 3842 do: ${name}`, () => {
      assert.deepEqual(ofOne({ body }), [voicemail]);
    });

  it('is forgotten when pjsip ends, is started anew, or the account is put out of use', () => {
    const gone = [FULL, { waiting: false }];
    const log = (): ScriptedLog => notify(new ScriptedLog());
    assert.deepEqual(toldBy(log().line('pjsua_core.c', '.PJSUA destroyed...')), gone);
    assert.deepEqual(toldBy(log().line('pjsua_acc.c', '.Account id 0 deleted')), gone);
    assert.deepEqual(toldBy(log().line('sip_endpoint.c', '.Module "mod-pjsua-log" registered')), gone);
  });

  it('does not change by what somebody writes into another message', () => {
    const body = `\r\n--end msg--\r\n12:00:00.000   pjsua_pres.c  MWI got NOTIFY..\r\n${request('NOTIFY', { headers: MWI, body: BODY })}`;
    assert.deepEqual(toldBy(new ScriptedLog().rx(request('MESSAGE', { body }))), []);
    assert.deepEqual(toldBy(new ScriptedLog().line('pjsua_pres.c', '.MWI got NOTIFY..')), []);
  });
});
